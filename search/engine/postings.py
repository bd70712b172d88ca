"""Words in Whoosh: a column that holds, for every word, the rows it stands in and how often."""

from array import array
from collections import defaultdict
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import COLUMN

from search.analysis import words
from search.engine import arrays

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
        firsts, rows, frequencies = _postings(said, lengths, len(vocabulary))
        arrays.save(
            self._dbfile,
            {
                "letters": np.frombuffer(b"".join(word for word, _ in vocabulary), np.uint8),
                "ends": np.append(0, ends),
                "firsts": firsts,
                "rows": rows,
                "frequencies": frequencies,
                "lengths": lengths,
                "said": said,
            },
        )


def _postings(
    said: NDArray[np.uint32], lengths: NDArray[np.uint32], vocabulary: int
) -> tuple[NDArray[np.uint32], Rows, NDArray[np.uint16]]:
    """For each word: where its postings begin, its rows in order, its frequency in each."""
    keys = said.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    keys.sort()
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    at = np.flatnonzero(new)
    frequencies = np.diff(np.append(at, len(keys)))
    keys = keys[at]
    firsts = np.searchsorted(keys, np.arange(vocabulary + 1, dtype=np.uint64) << np.uint64(32))
    return (
        firsts.astype(np.uint32),
        keys.astype(np.uint32),
        np.minimum(frequencies, 0xFFFF).astype(np.uint16),
    )


class WordsReader(ColumnReader):
    """Answers which rows have a word."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        stored = arrays.Stored(dbfile, basepos, length)
        self._letters, self._ends = stored["letters"], stored["ends"]
        self._firsts, self._said = stored["firsts"], stored["said"]
        self.lengths: NDArray[np.uint32] = stored["lengths"]
        self._stored = stored
        self._begins: NDArray[np.int64] | None = None

    def __getitem__(self, docnum: int) -> list[str]:
        if self._begins is None:
            self._begins = np.append(0, np.cumsum(self.lengths, dtype=np.int64))
        said = self._said[self._begins[docnum] : self._begins[docnum + 1]]
        return [self._word(int(number)).decode("utf-8", "surrogatepass") for number in said]

    def _word(self, number: int) -> bytes:
        return self._letters[self._ends[number] : self._ends[number + 1]].tobytes()

    def find(self, word: str) -> tuple[Rows, NDArray[np.uint16]]:
        """The rows that have `word`, in order, and how often each has it."""
        wanted = word.encode("utf-8", "surrogatepass")
        low, high = 0, len(self._ends) - 1
        while low < high:
            middle = (low + high) // 2
            if self._word(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(self._ends) - 1 or self._word(low) != wanted:
            return np.empty(0, np.uint32), np.empty(0, np.uint16)
        postings = int(self._firsts[low]), int(self._firsts[low + 1])
        return self._stored.read("rows", *postings), self._stored.read("frequencies", *postings)


class WordsColumn(Column):
    """The words of a segment's texts. Written, merged and deleted with it."""

    Writer, Reader = WordsWriter, WordsReader
    _default: ClassVar[list[str]] = []


class WordsField(COLUMN):
    """A field that is a WordsColumn and nothing else. Its value is a text, or its words."""

    def __init__(self) -> None:
        super().__init__(WordsColumn())

    def to_column_value(self, value: str | list[str]) -> list[str]:
        return [word.text for word in words(value)] if isinstance(value, str) else value
