"""Proximity of words in a text. Pure."""

from collections.abc import Sequence
from heapq import heapify, heapreplace

from archive.text.folding import find_all


def closeness(folded: str, words: Sequence[str]) -> float:
    """1 where all of `words` stand side by side in `folded`, towards 0 as they drift apart.

    The letters of the words, divided by the length of the shortest stretch that has them all; 0
    where one is missing, and for fewer than two words.
    """
    if len(words) < 2:
        return 0.0
    places = [list(find_all(folded, word)) for word in words]
    if not all(places):
        return 0.0
    return min(1.0, sum(map(len, words)) / _shortest(places, [len(word) for word in words]))


def _shortest(places: Sequence[Sequence[int]], lengths: Sequence[int]) -> int:
    """The length of the shortest stretch with one of each: the first is moved on in turn."""
    heap = [(at[0], number, 0) for number, at in enumerate(places)]
    heapify(heap)
    furthest = max(at[0] + length for at, length in zip(places, lengths, strict=True))
    shortest = furthest - heap[0][0]
    while True:
        start, number, index = heap[0]
        shortest = min(shortest, furthest - start)
        if index + 1 == len(places[number]):
            return shortest
        following = places[number][index + 1]
        furthest = max(furthest, following + lengths[number])
        heapreplace(heap, (following, number, index + 1))
