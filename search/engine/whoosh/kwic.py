"""Keyword in context: every place where something stands, in the order of what is around it."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engine.protocol import PARTS, ContextSort, Occurrence
from search.engine.whoosh.segments import Segment

Numbers = NDArray[np.int64]

_WIDTH = 8  # characters around a place that decide its order
_PACKED = 3  # of them that fit into one number
_BITS = 21  # of a code point


def concordance(
    rows_of: Iterable[tuple[Segment, Numbers]],
    needles: Sequence[str],
    sort: ContextSort,
    start: int,
    stop: int,
) -> tuple[int, list[Occurrence]]:
    """What Matches.context() answers, of rows of segments."""
    places = [_Places(segment, rows, needles) for segment, rows in rows_of]
    leading = _joined(one.leading(sort) for one in places)
    start, stop = min(start, len(leading)), min(stop, len(leading))
    if start >= stop:
        return len(leading), []
    # Half a million places are put in order by one number each; only those that could be on the
    # page are looked at more closely.
    ends = np.partition(leading, (start, stop - 1))[[start, stop - 1]]
    near = np.flatnonzero((leading >= ends[0]) & (leading <= ends[1]))
    before = int((leading < ends[0]).sum())
    keys = _gathered(places, near, sort)
    order = np.lexsort(keys[::-1])[start - before : stop - before]
    rows, offsets = keys[-2][order].tolist(), keys[-1][order].tolist()
    lengths = _joined(one.lengths for one in places)[near[order]].tolist()
    return len(leading), [
        Occurrence(PARTS[row & 1], row >> 1, offset, length)
        for row, offset, length in zip(rows, offsets, lengths, strict=True)
    ]


class _Places:
    """The places of one segment, and what is around them."""

    def __init__(self, segment: Segment, rows: Numbers, needles: Sequence[str]) -> None:
        wanted = np.zeros(segment.size, bool)
        wanted[rows] = True
        found = [(*segment.exact.places(needle), len(needle)) for needle in dict.fromkeys(needles)]
        at = _joined(places for places, _rows, _length in found)
        documents = _joined(rows for _places, rows, _length in found)
        lengths = _joined(np.full(len(places), length) for places, _rows, length in found)
        kept = wanted[documents]
        self.segment = segment
        self.at, self.lengths, self.documents = at[kept], lengths[kept], documents[kept]

    def leading(self, sort: ContextSort) -> Numbers:
        """One number for each place that decides its order first."""
        if sort == "date":
            return self._day
        first = self._context(self.at, self.lengths, range(_PACKED), after=sort == "after")
        packed = np.zeros(len(self.at), np.int64)
        for column in first:
            packed = packed << _BITS | column
        return packed

    @cached_property
    def _day(self) -> Numbers:
        return self.segment.fact("day")[self.documents].astype(np.int64)

    def keys(self, which: Numbers, sort: ContextSort) -> list[Numbers]:
        """All that decides the order of the places `which`; row and offset come last."""
        at, lengths, documents = self.at[which], self.lengths[which], self.documents[which]

        def fact(name: str) -> Numbers:
            return self.segment.fact(name)[documents].astype(np.int64)

        context: list[Numbers] = [np.zeros(len(which), np.int64)] * _WIDTH
        if sort != "date":
            context = self._context(at, lengths, range(_WIDTH), after=sort == "after")
        # Primary keys of questions and answers overlap: the part is the last bit of the row.
        row = fact("row") << 1 | fact("part")
        offset = at - self.segment.exact.starts[documents]
        return [*context, fact("day"), fact("conference"), fact("place"), row, offset]

    def _context(
        self, at: Numbers, lengths: Numbers, steps: Iterable[int], *, after: bool
    ) -> list[Numbers]:
        """The code points next to each place, nearest first; 0 from the end of the text on."""
        exact = self.segment.exact
        columns: list[Numbers] = []
        going = np.ones(len(at), bool)
        for step in steps:
            places = at + lengths + step if after else at - 1 - step
            codes = exact.codes[np.clip(places, 0, len(exact.codes) - 1)]
            going &= (places >= 0) & (places < len(exact.codes)) & (codes != 0)
            columns.append(np.where(going, exact.alphabet[codes], 0).astype(np.int64))
        return columns


def _gathered(places: Sequence[_Places], near: Numbers, sort: ContextSort) -> list[Numbers]:
    """The keys of the places numbered `near` across all segments."""
    tables, start = [], 0
    for one in places:
        stop = start + len(one.at)
        tables.append(one.keys(near[(near >= start) & (near < stop)] - start, sort))
        start = stop
    return [_joined(columns) for columns in zip(*tables, strict=True)]


def _joined(pieces: Iterable[Numbers]) -> Numbers:
    several = list(pieces)
    return np.concatenate(several) if several else np.empty(0, np.int64)
