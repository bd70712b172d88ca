"""Similarity of exchanges: which one of a corrected transcript is which of the one before, so that
links stay. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.text.folding import squeeze

# Two texts that share this part of their character pairs are one text with corrections.
ALIKE = 0.5
# Two sets of which one is more than three times the other cannot share that much.
_LENGTHS = 3
_BUCKETS = 4096  # into which pairs of characters fall
_AT_ONCE = 500  # texts: a megabyte of each thousand buckets and characters


def known_by(question: str, answers: Iterable[str]) -> str:
    """The words by which an exchange is known again: the paragraphs of all that is said in it."""
    return "\n".join([question, *answers])


def match_equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Index in `new` -> index in `old` of the same text, white space aside; none is used twice."""
    places: dict[str, list[int]] = {}
    for index, text in enumerate(old):
        places.setdefault(squeeze(text), []).append(index)
    for same in places.values():
        same.reverse()
    left = ((index, places.get(squeeze(text))) for index, text in enumerate(new))
    return {index: same.pop() for index, same in left if same}


def match_texts(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Index in `new` -> index in `old` of the same text, equal ones first, then the most alike.

    No text of either side is used twice. Order does not matter: an exchange may have moved.
    """
    pairs = match_equal(old, new)
    taken = set(pairs.values())
    old_grams = {i: _grams(squeeze(text)) for i, text in enumerate(old) if i not in taken}
    new_grams = {i: _grams(squeeze(text)) for i, text in enumerate(new) if i not in pairs}
    scored = [
        (_likeness(grams, others), index, other)
        for index, grams in new_grams.items()
        for other, others in old_grams.items()
        if len(grams) <= _LENGTHS * len(others) and len(others) <= _LENGTHS * len(grams)
    ]
    for likeness, index, other in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if likeness >= ALIKE and index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)
    return pairs


class SoughtTexts:
    """Squeezed texts that are looked for among those of many conferences."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _chunks(self) -> list[tuple[list[frozenset[str]], NDArray[np.float32]]]:
        return [
            ([_grams(text) for text in some], _buckets(some).astype(np.float32))
            for some in _chunks(self._texts)
        ]

    def any_alike(self, old: Sequence[str]) -> bool:
        """Whether match_texts() would find any of them among `old`, squeezed texts as well.

        Pairs of characters are counted in buckets first: one in whose bucket the other text has
        none is no pair of both. Two texts that share too little even so are not compared.
        """
        for others in _chunks(old):
            theirs = _buckets(others)
            missing, most = (~theirs).astype(np.float32).T, theirs.sum(axis=1, dtype=np.float32)
            for grams, ours in self._chunks:
                sizes = np.array([len(one) for one in grams], np.float32)[:, None]
                enough = 4 * (sizes - ours @ missing) >= sizes + most
                for one, other in np.argwhere(enough):
                    if _likeness(grams[one], _grams(others[other])) >= ALIKE:
                        return True
        return False


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))


def _buckets(texts: Sequence[str]) -> NDArray[np.bool_]:
    """For each text the buckets into which its pairs fall; of a text without pairs none."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    found = np.zeros((len(texts), _BUCKETS), np.bool_)
    if len(codes) > 1:
        mixed = codes[:-1] * np.uint32(0x9E3779B1) + codes[1:] * np.uint32(0x85EBCA6B)
        lengths = [len(text) for text in texts]
        rows = np.repeat(np.arange(len(texts)), lengths)
        inside = rows[:-1] == rows[1:]  # no pair of two texts
        found[rows[:-1][inside], (mixed >> np.uint32(20))[inside]] = True
    return found


def likeness(one: str, other: str) -> float:
    """How much of two squeezed texts is the same, from 0 to 1 for equal sets of pairs."""
    return _likeness(_grams(one), _grams(other))


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: 1 for equal sets, 0 for sets that share nothing."""
    return 2 * len(one & other) / (len(one) + len(other))
