"""Ranking of phrases and words by BM25, in whole arrays, a segment at a time."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.text.folding import fold
from search.analysis import whole_among
from search.engine.whoosh.arrays import first_places
from search.engine.whoosh.phrases import Positions
from search.engine.whoosh.postings import Rows
from search.engine.whoosh.segments import K1, OpenIndex, Segment

# What an exact run of all the words adds to a score: more than any BM25 score is, so that parts
# with the run come first and are ranked among themselves.
EXACT_RUN = 1000.0
# What pairs of characters weigh beside words where any word is enough: docs/search.md.
_PAIRS = 0.5
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one segment that match, in order."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    occurrences: NDArray[np.int64]

    def at(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> "Found":
        return Found(self.rows[which], self.scores[which], self.occurrences[which])


def phrase(index: OpenIndex, folded: str, *, bonus: float = 0.0) -> list[Found]:
    """Where a folded phrase stands, scored by BM25 as if it were one word."""
    return _scored(index, [segment.exact.places(folded)[1] for segment in index.segments], bonus)


def _scored(
    index: OpenIndex, documents: Sequence[NDArray[np.int64]], bonus: float = 0.0
) -> list[Found]:
    """`documents` are the rows of the places in each segment, in order."""
    counted = [
        _living_counts(segment, rows)
        for segment, rows in zip(index.segments, documents, strict=True)
    ]
    idf = _idf(index, sum(len(rows) for rows, _counts in counted))
    return [
        Found(rows, _bm25(idf, counts, segment.weights[rows]) + np.float32(bonus), counts)
        for segment, (rows, counts) in zip(index.segments, counted, strict=True)
    ]


def _living_counts(
    segment: Segment, documents: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows among sorted `documents` that are alive, and how often each is there."""
    at = first_places(documents)
    rows, counts = documents[at], np.diff(np.append(at, len(documents)))
    if segment.alive is not None:
        living = segment.alive[rows]
        rows, counts = rows[living], counts[living]
    return rows, counts


def _idf(index: OpenIndex, frequency: int) -> float:
    return math.log(1 + (index.size - frequency + 0.5) / (frequency + 0.5))


def _bm25(
    idf: float, counts: NDArray[np.integer], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    frequencies = counts.astype(np.float32)
    scores: NDArray[np.float32] = idf * (K1 + 1) * frequencies / (frequencies + weights)
    return scores.astype(np.float32)


def all_words(index: OpenIndex, text: str) -> list[Found]:
    """Rows with every word of `text`; those with the whole of it as one run before all others."""
    found = weigh_words(index, text, required=True)
    runs = phrase(index, fold(text), bonus=EXACT_RUN)
    return [_add_scores(words_, run) for words_, run in zip(found, runs, strict=True)]


def any_words(index: OpenIndex, text: str) -> list[Found]:
    """Rows with any word of `text`, by words and by pairs of characters.

    Pairs find what jieba cut in another way here and there.
    """
    found = weigh_words(index, text, required=False)
    if not any(len(one.rows) for one in found):
        return found
    for pair in _pairs(fold(text)):
        more = [
            Found(one.rows, one.scores * np.float32(_PAIRS), one.occurrences)
            for one in phrase(index, pair)
        ]
        found = [_add_scores(one, other) for one, other in zip(found, more, strict=True)]
    return found


def _pairs(folded: str) -> set[str]:
    # Of letters, pairs say nothing: "er" is everywhere.
    runs = (run for run in _LETTERS.findall(folded) if not run.isascii())
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def weigh_words(index: OpenIndex, text: str, *, required: bool) -> list[Found]:
    """Rows with every word of `text`, or with any, scored by BM25."""
    # jieba gives 国家, 安全 and 国家安全 for one 国家安全; it is counted once.
    found_words = index.words_of(text)
    counted = {word.text for word in whole_among(found_words)}
    terms = list(dict.fromkeys(word.text for word in found_words))
    postings = {term: [segment.words.find(term) for segment in index.segments] for term in terms}
    idfs = {
        term: _idf(index, sum(len(rows) for rows, _frequencies in found))
        for term, found in postings.items()
    }
    return [
        _weigh(
            segment,
            [(idfs[term], term in counted, *postings[term][at]) for term in terms],
            required=required,
        )
        for at, segment in enumerate(index.segments)
    ]


def _weigh(
    segment: Segment,
    terms: Iterable[tuple[float, bool, Rows, NDArray[np.uint16]]],
    *,
    required: bool,
) -> Found:
    scores = np.zeros(segment.size, np.float32)
    occurrences = np.zeros(segment.size, np.int64)
    held = np.zeros(segment.size, np.uint16)
    number = 0
    for idf, counts, rows, frequencies in terms:
        number += 1
        scores[rows] += _bm25(idf, frequencies, segment.weights[rows])
        held[rows] += 1
        if counts:
            occurrences[rows] += frequencies
    # No words at all are in no part, though every part has all of none.
    chosen = (held == number if required else held > 0) & (held > 0)
    if segment.alive is not None:
        chosen &= segment.alive
    rows_ = np.flatnonzero(chosen)
    return Found(rows_, scores[rows_], occurrences[rows_])


def near(index: OpenIndex, left: str, right: str, distance: int) -> list[Found]:
    """Where two folded phrases stand in one part, at most `distance` characters between them."""
    found = []
    for segment in index.segments:
        one, other = segment.exact.find(left), segment.exact.find(right)
        close = [
            _followed(segment, one, len(left), other, distance),
            _followed(segment, other, len(right), one, distance),
        ]
        found.append(segment.exact.documents(np.unique(np.concatenate(close))))
    return _scored(index, found)


def _followed(
    segment: Segment, first: Positions, length: int, second: Positions, distance: int
) -> Positions:
    """Those of `first` after whose end one of `second` begins soon enough, in the same row."""
    if not len(first) or not len(second):
        return first[:0]
    ends = first + length
    at = np.searchsorted(second, ends)
    inside = at < len(second)
    first, ends, following = first[inside], ends[inside], second[at[inside]]
    close = following - ends <= distance
    first, following = first[close], following[close]
    documents = segment.exact.documents
    close_in_one: Positions = first[documents(first) == documents(following)]
    return close_in_one


def _add_scores(found: Found, more: Found) -> Found:
    """`found`, with the scores that `more` gives to the same rows added."""
    if not len(found.rows) or not len(more.rows):
        return found
    at = np.minimum(np.searchsorted(found.rows, more.rows), len(found.rows) - 1)
    same = found.rows[at] == more.rows
    scores = found.scores.copy()
    scores[at[same]] += more.scores[same]
    return Found(found.rows, scores, found.occurrences)
