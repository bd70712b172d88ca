"""Similarity of exchanges: which one of a corrected transcript is which of the one before, so that
links stay. Pure."""

from collections.abc import Iterable, Sequence

from archive.text.folding import squeeze

# Two texts that share this part of their character pairs are one text with corrections.
ALIKE = 0.5
# Two sets of which one is more than three times the other cannot share that much.
_LENGTHS = 3


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


def likeness(one: str, other: str) -> float:
    """How much of two squeezed texts is the same, from 0 to 1 for equal sets of pairs."""
    return _likeness(_grams(one), _grams(other))


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: 1 for equal sets, 0 for sets that share nothing."""
    return 2 * len(one & other) / (len(one) + len(other))
