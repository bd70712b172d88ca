"""Everything that matches a query: counted, sorted, grouped by what it belongs to."""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import protocol
from search.engine.protocol import PARTS, Counts, Match, Only
from search.engine.whoosh.executor import chooses, evaluate
from search.engine.whoosh.kwic import concordance
from search.engine.whoosh.proximity import closeness
from search.engine.whoosh.ranking import Found
from search.engine.whoosh.segments import OpenIndex

_Numbers = NDArray[np.signedinteger]

# Of the best matches, this many are ranked again by how close together their words stand, and
# a score may grow by this part of itself. docs/search.md.
_RANKED_AGAIN, _CLOSE = 20, 0.3
_DIVISORS: dict[protocol.Step, int] = {"year": 10_000, "month": 100}  # of a day written 20200524


class MatchSet(protocol.Matches):
    """The parts that match a query and its filters, as Engine.find() is asked for them."""

    def __init__(
        self,
        index: OpenIndex,
        node: protocol.ResolvedNode,
        filters: Mapping[str, Only],
        together: Sequence[str] = (),
        *,
        hidden: Sequence[int] = (),
    ) -> None:
        self.index = index
        self._together = together
        self._filters = dict(filters)
        self._found: list[Found] = evaluate(index, node)
        if hidden:
            self._found = [
                found.at(~np.isin(segment.fact("conference")[found.rows], hidden))
                for segment, found in zip(index.segments, self._found, strict=True)
            ]
        self._facts: dict[str, _Numbers] = {}
        self._masks = {
            name: self._joined([
                chooses(segment, only, found.rows)
                for segment, found in zip(index.segments, self._found, strict=True)
            ], bool)
            for name, only in self._filters.items()
        }  # fmt: skip

    def _joined(self, pieces: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        if len(pieces) == 1:
            return pieces[0]
        return np.concatenate(pieces) if pieces else np.empty(0, dtype)

    def _fact(self, name: str) -> _Numbers:
        """A fact of everything found, filters aside."""
        if name not in self._facts:
            pairs = zip(self.index.segments, self._found, strict=True)
            pieces = [segment.fact(name)[found.rows] for segment, found in pairs]
            self._facts[name] = self._joined(pieces, np.int32)
        return self._facts[name]

    def _kept(self, without: str = "") -> NDArray[np.bool_] | None:
        """What the filters leave, all but one of them; None when there are none."""
        masks = [mask for name, mask in self._masks.items() if name != without]
        return reduce(np.bitwise_and, masks) if masks else None

    @cached_property
    def _chosen(self) -> NDArray[np.int64] | slice:
        kept = self._kept()
        return slice(None) if kept is None else np.flatnonzero(kept)

    def _of_chosen(self, name: str) -> _Numbers:
        return self._fact(name)[self._chosen]

    @cached_property
    def _scores(self) -> NDArray[np.float32]:
        scores = self._joined([found.scores for found in self._found], np.float32)
        return scores[self._chosen]

    @cached_property
    def _occurrences(self) -> NDArray[np.int64]:
        return self._joined([found.occurrences for found in self._found], np.int64)[self._chosen]

    def __len__(self) -> int:
        return len(self._scores)

    def rows(self) -> list[NDArray[np.int64]]:
        """The rows that match, for each segment."""
        found, kept = [one.rows for one in self._found], self._kept()
        if kept is None:
            return found
        ends = np.cumsum([len(rows) for rows in found])
        return [rows[which] for rows, which in zip(found, np.split(kept, ends), strict=False)]

    @cached_property
    def counts(self) -> Counts:
        return Counts(
            occurrences=int(self._occurrences.sum()),
            parts=len(self),
            exchanges=_distinct(self._of_chosen("exchange")),
            conferences=_distinct(self._of_chosen("conference")),
        )

    def facet(self, name: str) -> dict[int, int]:
        fact, own = ("day", "day") if name == "year" else (name, name)
        values = self._fact(fact)
        kept = self._kept(without=own)
        if kept is not None:
            values = values[kept]
        if name == "year":
            values = values // _DIVISORS["year"]
        numbers, parts = _tally(values)
        order = np.argsort(-parts, kind="stable")
        values_in_order = zip(numbers[order].tolist(), parts[order].tolist(), strict=True)
        return {value: count for value, count in values_in_order if value}

    def page(self, sort: protocol.Sort, start: int, stop: int) -> list[Match]:
        order = self._order(sort, max(stop, _RANKED_AGAIN))
        if sort == "relevance" and len(self._together) > 1:
            first = order[:_RANKED_AGAIN]
            order = np.concatenate([first[self._by_closeness(first)], order[_RANKED_AGAIN:]])
        return [self._match(at) for at in order[start:stop]]

    def _match(self, at: int) -> Match:
        part, row = self._of_chosen("part")[at], self._of_chosen("row")[at]
        return Match(PARTS[part], int(row), float(self._scores[at]), int(self._occurrences[at]))

    def first_and_last(self) -> list[Match]:
        day = self._of_chosen("day")
        if not len(day):
            return []
        ends = []
        for which, end in ((day.min(), 0), (day.max(), -1)):
            of_day = np.flatnonzero(day == which)
            said = (self._of_chosen(name)[of_day] for name in ("place", "conference"))
            ends.append(self._match(of_day[np.lexsort(tuple(said))[end]]))
        return ends

    def _order(self, sort: protocol.Sort, stop: int) -> NDArray[np.int64]:
        """At least the first `stop` matches in order."""
        leading = -self._scores if sort == "relevance" else self._of_chosen("day").astype(np.int64)
        if sort == "newest":
            leading = -leading
        candidates = np.arange(len(leading))
        if stop < len(leading):
            # Sorting a hundred thousand to show ten is most of the work of a frequent phrase.
            limit = np.partition(leading, stop - 1)[stop - 1]
            candidates = np.flatnonzero(leading <= limit)
        keys = (
            self._of_chosen("place")[candidates],
            self._of_chosen("conference")[candidates],
            -self._of_chosen("day")[candidates].astype(np.int64),
            leading[candidates],
        )
        return candidates[np.lexsort(keys)]

    def _by_closeness(self, first: NDArray[np.int64]) -> NDArray[np.int64]:
        """The order of the best matches when words that stand together count for more."""
        texts = [self._text(int(at)) for at in first]
        close = np.array([closeness(text, self._together) for text in texts], np.float32)
        return np.argsort(-self._scores[first] * (1 + _CLOSE * close), kind="stable")

    def _text(self, match: int) -> str:
        """The folded text of a match."""
        at = match if isinstance(self._chosen, slice) else int(self._chosen[match])
        for segment, found in zip(self.index.segments, self._found, strict=True):
            if at < len(found.rows):
                return segment.exact[int(found.rows[at])]
            at -= len(found.rows)
        raise IndexError(match)

    def days(self) -> list[int]:
        days: list[int] = np.unique(self._of_chosen("day")).tolist()
        return days

    def speakers(self) -> int:
        return _distinct(self._of_chosen("speaker"), besides=0)

    def context(
        self, needles: Sequence[str], sort: protocol.ContextSort, start: int, stop: int
    ) -> tuple[int, list[protocol.Occurrence]]:
        rows_of = zip(self.index.segments, self.rows(), strict=True)
        return concordance(rows_of, needles, sort, start, stop)

    def timeline(self, step: protocol.Step) -> list[protocol.Bar]:
        divisor = _DIVISORS[step]
        periods = self._of_chosen("day") // divisor
        numbers = np.unique(periods)
        said = self._sums(periods, self._of_chosen("part"), self._occurrences, numbers)
        spoken = self._spoken(divisor, numbers)
        return [
            protocol.Bar(int(period), int(said[0, at]), int(said[1, at]), *map(int, spoken[:, at]))
            for at, period in enumerate(numbers)
        ]

    def _spoken(self, divisor: int, numbers: _Numbers) -> NDArray[np.int64]:
        """All characters that the filters leave, for each kind of part and each period."""
        if not self._filters:
            month, kind, characters = self.index.spoken
            return self._sums(month // (divisor // 100), kind, characters, numbers)
        spoken = np.zeros((len(PARTS), len(numbers)), np.int64)
        for segment in self.index.segments:
            kept = np.ones(segment.size, bool) if segment.alive is None else segment.alive
            for only in self._filters.values():
                kept = kept & chooses(segment, only)
            rows = slice(None) if kept.all() else np.flatnonzero(kept)
            day, part, length = (segment.fact(name)[rows] for name in ("day", "part", "length"))
            spoken += self._sums(day // divisor, part, length, numbers)
        return spoken

    def _sums(
        self, periods: _Numbers, part: _Numbers, amounts: NDArray[Any], numbers: _Numbers
    ) -> NDArray[np.int64]:
        """The sum of `amounts` for each kind of part and each of the sorted `numbers`."""
        if not len(numbers):
            return np.zeros((len(PARTS), 0), np.int64)
        low, span = int(numbers[0]), int(numbers[-1] - numbers[0]) + 1
        inside = (periods >= low) & (periods < low + span)
        cells = part[inside] * span + (periods[inside] - low)
        # Sums of floats, and exact: all numbers here are far below 2 to the 53rd.
        sums = np.bincount(cells, amounts[inside], len(PARTS) * span).reshape(len(PARTS), span)
        return sums[:, numbers - low].astype(np.int64)


def _tally(values: _Numbers) -> tuple[_Numbers, NDArray[np.int64]]:
    """The different values, and how often each is there."""
    if not len(values):
        return values, np.empty(0, np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low < 4 * len(values) + 1024:
        # Counting is quicker than sorting while the numbers are not far apart.
        counts = np.bincount(values - low)
        numbers = np.flatnonzero(counts)
        return (numbers + low).astype(values.dtype), counts[numbers]
    return np.unique(values, return_counts=True)


def _distinct(values: _Numbers, *, besides: int | None = None) -> int:
    numbers, _counts = _tally(values)
    return len(numbers) - int(besides is not None and besides in numbers)
