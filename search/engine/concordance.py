"""Keyword in context: every place where something stands, in the order of what is around it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine.facts import PARTS
from search.engine.matching import Matches
from search.engine.segments import Segment

ContextSort = Literal["date", "before", "after"]

_WIDTH = 8  # characters around a place that decide its order
_KEYS = ("part", "row", "day", "conference", "place")


class Line(NamedTuple):
    """One place. `offset` and `length` are in characters of the part's text."""

    part: str
    pk: int
    offset: int
    length: int


def concordance(
    matches: Matches, needles: Sequence[str], sort: ContextSort, start: int, stop: int
) -> tuple[int, list[Line]]:
    """How many places `needles` (folded) have in `matches`, and those from `start` to `stop`.

    By date, by the characters after the place, or by those before it, nearest first.
    """
    tables = [
        _places(segment, rows, needles, sort)
        for segment, rows in zip(matches.index.segments, matches.rows(), strict=True)
    ]
    if not tables:
        return 0, []
    table = np.concatenate(tables)
    # The last key of lexsort leads: what decides the order, then part, row and offset.
    order = np.lexsort((*table[:, 2::-1].T, *table[:, :3:-1].T))
    lines = [
        Line(PARTS[part], int(pk), int(offset), int(length))
        for part, pk, offset, length in table[order[start:stop], :4]
    ]
    return len(table), lines


def _places(
    segment: Segment, rows: NDArray[np.int64], needles: Sequence[str], sort: ContextSort
) -> NDArray[np.int64]:
    """A line for each place in `rows`: part, row, offset, length, then what decides its order."""
    wanted = np.zeros(segment.size, bool)
    wanted[rows] = True
    found = [(segment.exact.find(needle), len(needle)) for needle in dict.fromkeys(needles)]
    at = np.concatenate([places for places, _length in found] or [np.empty(0, np.int64)])
    lengths = np.concatenate(
        [np.full(len(places), length) for places, length in found] or [np.empty(0, np.int64)]
    )
    documents = segment.exact.documents(at)
    kept = wanted[documents]
    at, lengths, documents = at[kept], lengths[kept], documents[kept]
    facts = {name: segment.fact(name)[documents].astype(np.int64) for name in _KEYS}
    offsets = at - segment.exact.starts[documents]
    head = [facts["part"], facts["row"], offsets, lengths]
    if sort == "date":
        order = [facts["day"], facts["conference"], facts["place"]]
    else:
        order = _context(segment, at, lengths, after=sort == "after")
    return np.stack([*head, *order], axis=1).astype(np.int64)


def _context(
    segment: Segment, at: NDArray[np.int64], lengths: NDArray[np.int64], *, after: bool
) -> list[NDArray[np.int64]]:
    """The code points next to each place, nearest first; 0 from the end of the text on."""
    exact = segment.exact
    steps = (at + lengths + k if after else at - 1 - k for k in range(_WIDTH))
    columns: list[NDArray[np.int64]] = []
    going = np.ones(len(at), bool)
    for places in steps:
        inside = np.clip(places, 0, len(exact.codes) - 1)
        codes = exact.codes[inside]
        going &= (places >= 0) & (places < len(exact.codes)) & (codes != 0)
        columns.append(np.where(going, exact.alphabet[codes], 0).astype(np.int64))
    return columns
