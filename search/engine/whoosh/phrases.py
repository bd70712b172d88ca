"""Exact phrases in Whoosh: a column that knows where every pair of characters stands.

A segment's folded texts are one array of character numbers, a 0 after each. The positions of each
pair of neighbours are kept together, so a phrase is looked up by its rarest pair, and the few
places where that stands are compared with the text. jieba has no say here.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import COLUMN

from archive.text.folding import fold
from search.engine.whoosh import arrays

_END = "\0"  # after every text; a text's own become the replacement character
_CHUNK = 1 << 20  # characters that are numbered at a time, to keep memory low
_LAST = 0xFFFF  # characters are numbered in 16 bits; a segment has some 5,000 different ones

Positions = NDArray[np.int64]


class PhraseWriter(ColumnWriter):
    """Gathers texts; sorts and writes when the segment is finished."""

    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile)
        self._texts: list[str] = []

    def add(self, docnum: int, value: str) -> None:
        self._texts += [""] * (docnum - len(self._texts))
        self._texts.append(value)

    def finish(self, doccount: int) -> None:
        self._texts += [""] * (doccount - len(self._texts))
        lengths = np.fromiter(map(len, self._texts), np.int64, doccount) + 1
        starts = np.zeros(doccount + 1, np.uint32)
        np.cumsum(lengths, out=starts[1:])
        text = _END.join((*self._texts, ""))
        self._texts = []
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        del text
        alphabet, codes = _numbered(points)
        del points
        held: arrays.Arrays = {"alphabet": alphabet, "codes": codes, "starts": starts}
        arrays.save(self._dbfile, held | _sorted_pairs(codes))


def _numbered(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The code points that occur, in order, and the text written in their numbers."""
    present = np.zeros(0x110000, bool)
    present[0] = True
    for at in range(0, len(points), _CHUNK):
        present[points[at : at + _CHUNK]] = True
    alphabet = np.flatnonzero(present).astype(np.uint32)
    if len(alphabet) > _LAST:
        raise ValueError(f"A segment has over {_LAST} different characters. Index fewer at once.")
    numbers = np.zeros(0x110000, np.uint16)
    numbers[alphabet] = np.arange(len(alphabet), dtype=np.uint16)
    codes = np.empty(len(points), np.uint16)
    for at in range(0, len(points), _CHUNK):
        codes[at : at + _CHUNK] = numbers[points[at : at + _CHUNK]]
    return alphabet, codes


def _sorted_pairs(codes: NDArray[np.uint16]) -> arrays.Arrays:
    """The pairs that occur, where the positions of each begin, and those positions in order.

    The last text's end has no neighbour; a position that is an end begins no phrase.
    """
    keys = np.zeros(len(codes), np.uint64)
    keys[:] = codes
    keys <<= np.uint64(16)
    keys[:-1] |= codes[1:]
    keys <<= np.uint64(32)
    keys |= np.arange(len(codes), dtype=np.uint64)
    keys = keys[codes != 0]
    keys.sort()
    positions = keys.astype(np.uint32)
    keys >>= np.uint64(32)
    pairs = keys.astype(np.uint32)
    del keys
    at = arrays.first_places(pairs)
    firsts = np.append(at, len(pairs)).astype(np.uint32)
    return {"pairs": pairs[at], "firsts": firsts, "positions": positions}


class PhraseReader(ColumnReader):
    """Answers where a phrase stands."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        stored = arrays.Stored(dbfile, basepos, length)
        self.alphabet, self.codes = stored["alphabet"], stored["codes"]
        self.starts = stored["starts"]
        self._pairs, self._firsts = stored["pairs"], stored["firsts"]
        self.stored = stored
        nothing = np.empty(0, np.int64)
        self._last = "", (nothing, nothing)

    def __getitem__(self, docnum: int) -> str:
        return self.text(int(self.starts[docnum]), int(self.starts[docnum + 1]) - 1)

    def text(self, start: int, end: int) -> str:
        """The characters from `start` to before `end` of the segment."""
        points: NDArray[np.uint32] = self.alphabet[self.codes[start:end]]
        return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def find(self, folded: str) -> Positions:
        """Where `folded` begins in the segment, in order. Ends of texts stop it."""
        points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.searchsorted(self.alphabet, points)
        known = codes < len(self.alphabet)
        if not len(points) or not known.all() or (self.alphabet[codes] != points).any():
            return np.empty(0, np.int64)
        if not codes.all():
            return np.empty(0, np.int64)  # the end of a text is in no phrase
        return self._of_one(int(codes[0])) if len(codes) == 1 else self._of_many(codes)

    def _of_one(self, code: int) -> Positions:
        low, high = np.searchsorted(self._pairs, [code << 16, (code + 1) << 16])
        found = self.stored.read("positions", int(self._firsts[low]), int(self._firsts[high]))
        return np.sort(found).astype(np.int64)

    def _of_many(self, codes: Positions) -> Positions:
        wanted = (codes[:-1] << 16 | codes[1:]).astype(np.uint32)
        at = np.searchsorted(self._pairs, wanted)
        if at.max() >= len(self._pairs) or (self._pairs[at] != wanted).any():
            return np.empty(0, np.int64)
        counts = self._firsts[at + 1].astype(np.int64) - self._firsts[at]
        rarest = int(counts.argsort()[0])
        first = int(self._firsts[at[rarest]])
        places = self.stored.read("positions", first, first + int(counts[rarest]))
        found = places.astype(np.int64) - rarest
        found = found[(found >= 0) & (found <= len(self.codes) - len(codes))]
        # The other characters, rarest pairs first: they leave the fewest places to look at.
        offsets = dict.fromkeys(int(at) for pair in counts.argsort() for at in (pair, pair + 1))
        for offset in list(offsets)[2:]:  # the first two are the rarest pair itself
            found = found[self.codes[found + offset] == codes[offset]]
        return found

    def places(self, folded: str) -> tuple[Positions, NDArray[np.int64]]:
        """find(), and the row of each. What was asked for last is remembered: who searches for it
        also asks for its lines in context."""
        asked, found = self._last
        if asked != folded:
            positions = self.find(folded)
            found = positions, self.documents(positions)
            self._last = folded, found
        return found

    def documents(self, positions: Positions) -> NDArray[np.int64]:
        """The row each position stands in. `positions` are in order."""
        if len(positions) < 2 * len(self.starts):
            return np.searchsorted(self.starts, positions, side="right") - 1
        # Of a frequent character it is quicker to look up where each text begins among them.
        begins = np.searchsorted(positions, self.starts)
        return np.repeat(np.arange(len(begins) - 1), np.diff(begins))


class PhraseColumn(Column):
    """The folded texts of a segment. Written, merged and deleted with it."""

    Writer, Reader = PhraseWriter, PhraseReader
    _default = ""


class PhraseField(COLUMN):
    """A field that is a PhraseColumn and nothing else."""

    def __init__(self) -> None:
        super().__init__(PhraseColumn())

    def to_column_value(self, value: str) -> str:
        return fold(value).replace(_END, "\N{REPLACEMENT CHARACTER}")
