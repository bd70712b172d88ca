"""Execution of a query tree on the open index, a segment at a time, in whole arrays."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from archive.text.folding import fold
from search.engine.protocol import AnyWords, Only, ResolvedNode
from search.engine.whoosh.ranking import Found, all_words, any_words, near, phrase
from search.engine.whoosh.segments import OpenIndex, Segment
from search.query import parser

_ALL = slice(None)


def evaluate(index: OpenIndex, node: ResolvedNode) -> list[Found]:
    """What matches `node`, for each segment. Deleted rows are left out.

    Raises TypeError for a node that has to be resolved before: a name that was typed.
    """
    match node:
        case parser.Phrase(text):
            found = phrase(index, fold(text))
        case parser.Words(text):
            found = all_words(index, text)
        case AnyWords(text):
            found = any_words(index, text)
        case parser.Near(left, right, distance):
            found = near(index, fold(left.text), fold(right.text), distance)
        case parser.And(children):
            found = _conjunction(index, children)
        case parser.Or(children):
            parts = [evaluate(index, child) for child in children]
            found = [reduce(_union, of_segment) for of_segment in zip(*parts, strict=True)]
        case parser.Not():
            found = _conjunction(index, (node,))
        case Only() | parser.Everything():
            found = [_select(segment, node) for segment in index.segments]
        case _:
            raise TypeError(f"{node!r} must be resolved before it is run")
    return found


def _select(segment: Segment, node: Only | parser.Everything) -> Found:
    chosen = np.ones(segment.size, bool) if segment.alive is None else segment.alive
    if isinstance(node, Only):
        chosen = chosen & chooses(segment, node)
    rows = np.flatnonzero(chosen)
    return Found(rows, np.zeros(len(rows), np.float32), np.zeros(len(rows), np.int64))


def chooses(
    segment: Segment, only: Only, rows: NDArray[np.int64] | slice = _ALL
) -> NDArray[np.bool_]:
    """Which of `rows` are what `only` asks for."""
    values = segment.fact(only.fact)[rows]
    if only.between:
        low, high = only.between
        return np.asarray((values >= low) & (values <= high))
    if len(only.values) == 1:
        return np.asarray(values == only.values[0])
    return np.isin(values, only.values)


def _conjunction(index: OpenIndex, children: Sequence[ResolvedNode]) -> list[Found]:
    wanted = [child for child in children if not isinstance(child, parser.Not)]
    unwanted = [child.child for child in children if isinstance(child, parser.Not)]
    parts = [evaluate(index, child) for child in wanted or [parser.Everything()]]
    found = [reduce(_intersection, of_segment) for of_segment in zip(*parts, strict=True)]
    for child in unwanted:
        pairs = zip(found, evaluate(index, child), strict=True)
        found = [one.at(np.isin(one.rows, other.rows, invert=True)) for one, other in pairs]
    return found


def _intersection(one: Found, other: Found) -> Found:
    small, large = (one, other) if len(one.rows) <= len(other.rows) else (other, one)
    if not len(large.rows):
        return small
    at = np.minimum(np.searchsorted(large.rows, small.rows), len(large.rows) - 1)
    both = large.rows[at] == small.rows
    at = at[both]
    return Found(
        small.rows[both],
        small.scores[both] + large.scores[at],
        small.occurrences[both] + large.occurrences[at],
    )


def _union(one: Found, other: Found) -> Found:
    rows = np.union1d(one.rows, other.rows)
    scores = np.zeros(len(rows), np.float32)
    occurrences = np.zeros(len(rows), np.int64)
    for found in (one, other):
        at = np.searchsorted(rows, found.rows)
        scores[at] += found.scores
        occurrences[at] += found.occurrences
    return Found(rows, scores, occurrences)
