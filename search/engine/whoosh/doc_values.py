"""Facts of the parts, in Whoosh: a column of numbers for each fact."""

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, ColumnWriter

from search.engine.protocol import PartFacts
from search.engine.whoosh import arrays

NOBODY = PartFacts(*[0] * len(PartFacts._fields))
_NARROW = np.iinfo(np.int32)


class FactsWriter(ColumnWriter):
    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile)
        self._rows = array("q")

    def add(self, docnum: int, value: PartFacts) -> None:
        self._rows.extend(NOBODY * (docnum - len(self._rows) // len(NOBODY)))
        self._rows.extend(value)

    def finish(self, doccount: int) -> None:
        self._rows.extend(NOBODY * (doccount - len(self._rows) // len(NOBODY)))
        table = np.frombuffer(self._rows, np.int64).reshape(doccount, len(NOBODY))
        columns = {name: _narrow(table[:, at]) for at, name in enumerate(PartFacts._fields)}
        arrays.save(self._dbfile, columns)


def _narrow(numbers: NDArray[np.int64]) -> NDArray[np.signedinteger]:
    """In half the room where they fit, as all but the keys of a very large archive do."""
    fits = not len(numbers) or (_NARROW.min <= numbers.min() and numbers.max() <= _NARROW.max)
    return numbers.astype(np.int32) if fits else numbers


class FactsReader(ColumnReader):
    """The facts as arrays by row: reader.fact("day")[row]."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self.stored = arrays.Stored(dbfile, basepos, length)
        self._held = {name: self.stored[name] for name in PartFacts._fields}

    def __getitem__(self, docnum: int) -> PartFacts:
        return PartFacts(*(int(self._held[name][docnum]) for name in PartFacts._fields))

    def fact(self, name: str) -> NDArray[np.signedinteger]:
        return self._held[name]


class FactsColumn(Column):
    """The facts of a segment's parts. Written, merged and deleted with it."""

    Writer, Reader = FactsWriter, FactsReader
    _default = NOBODY
