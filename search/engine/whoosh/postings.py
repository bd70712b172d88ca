"""Words in Whoosh: a column that holds, for every word, the rows it stands in and how often."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import Analyzer
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import COLUMN

from search.engine.whoosh import arrays

Rows = NDArray[np.uint32]


class WordsWriter(ColumnWriter):
    """Numbers words as they come; sorts and writes when the segment is finished."""

    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile)
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._said = array("I")  # the number of every word of every row
        self._lengths = array("I")  # words in each row

    def add(self, docnum: int, value: list[str]) -> None:
        self._lengths.extend([0] * (docnum - len(self._lengths)))
        self._lengths.append(len(value))
        self._said.extend(map(self._numbers.__getitem__, value))

    def finish(self, doccount: int) -> None:
        self._lengths.extend([0] * (doccount - len(self._lengths)))
        lengths = np.frombuffer(self._lengths, np.uint32)
        vocabulary = sorted(
            (word.encode("utf-8", "surrogatepass"), number)
            for word, number in self._numbers.items()
        )
        rank = np.zeros(len(vocabulary), np.uint32)
        rank[[number for _word, number in vocabulary]] = np.arange(len(vocabulary))
        said = rank[np.frombuffer(self._said, np.uint32)]
        ends = np.cumsum([len(word) for word, _number in vocabulary], dtype=np.int64)
        letters = np.frombuffer(b"".join(word for word, _number in vocabulary), np.uint8)
        held = {"letters": letters, "ends": np.append(0, ends), "lengths": lengths, "said": said}
        arrays.save(self._dbfile, held | _postings(said, lengths, len(vocabulary)))


def _postings(
    said: NDArray[np.uint32], lengths: NDArray[np.uint32], vocabulary: int
) -> arrays.Arrays:
    """For each word: where its postings begin, its rows in order, its frequency in each."""
    keys = said.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    keys.sort()
    at = arrays.first_places(keys)
    frequencies = np.diff(np.append(at, len(keys)))
    keys = keys[at]
    firsts = np.searchsorted(keys, np.arange(vocabulary + 1, dtype=np.uint64) << np.uint64(32))
    return {
        "firsts": firsts.astype(np.uint32),
        "rows": keys.astype(np.uint32),
        "frequencies": np.minimum(frequencies, 0xFFFF).astype(np.uint16),
    }


class WordsReader(ColumnReader):
    """Answers which rows have a word."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        stored = arrays.Stored(dbfile, basepos, length)
        self._letters, self._ends = stored["letters"], stored["ends"]
        self._firsts, self._said = stored["firsts"], stored["said"]
        self.lengths: NDArray[np.uint32] = stored["lengths"]
        self.stored = stored
        self._begins: NDArray[np.int64] | None = None

    def __getitem__(self, docnum: int) -> list[str]:
        if self._begins is None:
            self._begins = np.append(0, np.cumsum(self.lengths, dtype=np.int64))
        said = self._said[self._begins[docnum] : self._begins[docnum + 1]]
        return [self.word(int(number)) for number in said]

    def word(self, number: int) -> str:
        """The word of a number. Numbers are in the order of the words' UTF-8."""
        return self._letters_of(number).decode("utf-8", "surrogatepass")

    def find(self, word: str) -> tuple[Rows, NDArray[np.uint16]]:
        """The rows that have `word`, in order, and how often each has it."""
        wanted = word.encode("utf-8", "surrogatepass")
        low = self._first_from(wanted)
        if low == len(self._ends) - 1 or self._letters_of(low) != wanted:
            return np.empty(0, np.uint32), np.empty(0, np.uint16)
        postings = int(self._firsts[low]), int(self._firsts[low + 1])
        return self.stored.read("rows", *postings), self.stored.read("frequencies", *postings)

    def beginning_with(self, prefix: str) -> range:
        """The numbers of the words that begin with `prefix`; of all words when it is ""."""
        letters = prefix.encode("utf-8", "surrogatepass")
        # No UTF-8 has the byte 0xff, so it stands behind all that begins so.
        return range(self._first_from(letters), self._first_from(letters + b"\xff"))

    def spread(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many rows each of the words with these numbers stands; deleted rows count."""
        rows: NDArray[np.int64] = self._firsts[numbers + 1].astype(np.int64) - self._firsts[numbers]
        return rows

    def tally(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the words that are said in `rows`, and how often each is."""
        lengths = self.lengths.astype(np.int64)
        begins = (np.cumsum(lengths) - lengths)[rows]
        lengths = lengths[rows]
        # For every word its place: where its row begins, and how far into the row it stands.
        into = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        said = self._said[np.repeat(begins, lengths) + into]
        numbers, counts = np.unique(said, return_counts=True)
        return numbers.astype(np.int64), counts.astype(np.int64)

    def _letters_of(self, number: int) -> bytes:
        return self._letters[self._ends[number] : self._ends[number + 1]].tobytes()

    def _first_from(self, letters: bytes) -> int:
        """The number of the first word not before `letters`; how many there are when none is."""
        return bisect_left(range(len(self._ends) - 1), letters, key=self._letters_of)


class WordsColumn(Column):
    """The words of a segment's texts. Written, merged and deleted with it."""

    Writer, Reader = WordsWriter, WordsReader
    _default: ClassVar[list[str]] = []


class WordsField(COLUMN):
    """A field that is a WordsColumn and nothing else. Its value is a text, or its words as the
    analyzer cut them."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__(WordsColumn())
        self.analyzer = analyzer

    def to_column_value(self, value: str | list[str]) -> list[str]:
        if isinstance(value, str):
            return [token.text for token in self.analyzer(value, mode="index")]
        return value
