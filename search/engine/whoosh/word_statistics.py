"""Counts of words in an open index: how often, in how many parts, and whose."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engine.protocol import PARTS, WordCount, WordUse
from search.engine.whoosh.segments import OpenIndex, Segment

Mask = NDArray[np.bool_]


def passages_of(index: OpenIndex, fact: str) -> dict[int, int]:
    """How many living rows each value of a fact has."""
    counts: dict[int, int] = {}
    for segment in index.segments:
        values = segment.fact(fact)
        values = values if segment.alive is None else values[segment.alive]
        for value, count in zip(*np.unique(values, return_counts=True), strict=True):
            counts[int(value)] = counts.get(int(value), 0) + int(count)
    return counts


def words_beginning_with(
    index: OpenIndex, prefix: str, limit: int, besides: frozenset[str]
) -> list[WordCount]:
    """The most frequent of each segment, counted in all."""
    found = set(_frequent(index, prefix, limit)) - besides
    return [counted for word in sorted(found) if (counted := _count(index, word))]


def _frequent(index: OpenIndex, prefix: str, limit: int) -> Iterator[str]:
    for segment in index.segments:
        numbers = np.asarray(segment.words.beginning_with(prefix), np.int64)
        rows = segment.words.spread(numbers)
        for at in np.argsort(-rows, kind="stable")[:limit]:
            word = segment.words.word(int(numbers[at]))
            if len(word) > 1:
                yield word


def _count(index: OpenIndex, word: str) -> WordCount | None:
    """In how many living rows `word` is, and the last of them; None where it is in none."""
    parts, part, row = 0, 0, 0
    for segment in index.segments:
        having, _frequencies = segment.words.find(word)
        if segment.alive is not None:
            having = having[segment.alive[having]]
        if len(having):
            parts += len(having)
            part, row = (int(segment.fact(name)[having[-1]]) for name in ("part", "row"))
    return WordCount(word, parts, part, row) if parts else None


@dataclass(frozen=True)
class _Side:
    """One segment of the index, and which of its rows are somebody's own, which all others'."""

    segment: Segment
    own: Mask
    others: Mask


class WhooshSubcorpus:
    """The questions of an outlet or the answers of a speaker, beside those of all others."""

    def __init__(self, index: OpenIndex, fact: str, pk: int) -> None:
        part = PARTS.index("question" if fact == "outlet" else "answer")
        self._sides = []
        for segment in index.segments:
            among = segment.fact("part") == part
            if segment.alive is not None:
                among &= segment.alive
            own = among & (segment.fact(fact) == pk)
            self._sides.append(_Side(segment, own, among & ~own))

    def state(self) -> tuple[object, ...]:
        # Segments never change but that rows die, and what is corrected comes into another one.
        own = [(one.segment.name, int(np.count_nonzero(one.own))) for one in self._sides]
        others = sum(int(np.count_nonzero(one.others)) for one in self._sides)
        return *((name, count) for name, count in own if count), others.bit_length()

    def lengths(self) -> tuple[int, int]:
        return self._lengths

    @cached_property
    def _lengths(self) -> tuple[int, int]:
        own = sum(int(one.segment.words.lengths[one.own].sum()) for one in self._sides)
        others = sum(int(one.segment.words.lengths[one.others].sum()) for one in self._sides)
        return own, others

    def distinctive_words(self, *, sample: int, limit: int) -> dict[str, float]:
        """Of each segment the words with the highest estimate; every n-th row of theirs is read."""
        step = max(1, self._lengths[0] // sample)
        estimates: dict[str, float] = {}
        for one in self._sides:
            rows = np.flatnonzero(one.own)[::step]
            reader = one.segment.words
            numbers, counts = reader.tally(rows)
            share = len(rows) * step / max(1, len(one.own))
            scores = _estimate(counts * step, reader.spread(numbers), share)
            for at in np.argsort(-scores)[:limit]:
                if scores[at] > 0:
                    word = reader.word(int(numbers[at]))
                    estimates[word] = estimates.get(word, 0) + float(scores[at])
        return estimates

    def use_of(self, word: str) -> WordUse:
        count = elsewhere = parts = at = 0
        for one in self._sides:
            rows, frequencies = one.segment.words.find(word)
            own = one.own[rows]
            count += int(frequencies[own].sum(dtype=np.int64))
            elsewhere += int(frequencies[one.others[rows]].sum(dtype=np.int64))
            parts += int(own.sum())
            if not at and own.any():
                at = int(one.segment.fact("row")[rows[own][0]])
        return WordUse(count, elsewhere, parts, at)


def _estimate(
    counts: NDArray[np.int64], everywhere: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """Roughly the log-likelihood, from how many parts of all have a word."""
    expected = np.maximum(everywhere * share, 1e-9)
    scores: NDArray[np.float64] = counts * np.log(counts / expected) - (counts - expected)
    scores[counts < expected] = 0
    return scores
