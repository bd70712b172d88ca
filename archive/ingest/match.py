"""Which exchange of a corrected transcript is which of the one before, so that links stay. Pure."""

from collections.abc import Sequence

from archive.text import squeeze

# Two texts that share this part of their character pairs are one text with corrections.
_ALIKE = 0.5


def match_texts(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Index in `new` -> index in `old` of the same text, equal ones first, then the most alike.

    No text of either side is used twice. Order does not matter: an exchange may have moved.
    """
    pairs: dict[int, int] = {}
    left = {index: squeeze(text) for index, text in enumerate(old)}
    for index, text in enumerate(map(squeeze, new)):
        equal = next((other for other, same in left.items() if same == text), None)
        if equal is not None:
            pairs[index] = equal
            del left[equal]
    old_grams = {index: _grams(text) for index, text in left.items()}
    new_grams = {i: _grams(squeeze(text)) for i, text in enumerate(new) if i not in pairs}
    scored = [
        (_likeness(grams, others), index, other)
        for index, grams in new_grams.items()
        for other, others in old_grams.items()
    ]
    for likeness, index, other in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if likeness >= _ALIKE and index not in pairs and other not in pairs.values():
            pairs[index] = other
    return pairs


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: 1 for equal sets, 0 for sets that share nothing."""
    return 2 * len(one & other) / (len(one) + len(other))
