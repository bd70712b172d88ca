"""Text as tokens for engines that know only words: exact, whatever the characters are."""

from itertools import pairwise

from archive.text.folding import fold

# Private characters that stand for the ASCII ones which a tokenizer would split at or change.
_PRIVATE = 0x10FF00
_HIDDEN = {code: _PRIVATE + code for code in range(128) if not chr(code).isalnum()}


def tokens(text: str) -> str:
    """The folded text's pairs of neighbours with a space between two; its last character alone.

    Every character begins one token. Raises ValueError where two characters would become one.
    """
    hidden = _hidden(text)
    pairs = map("".join, pairwise(hidden))
    return " ".join((*pairs, hidden[-1:]))


def phrase(text: str) -> list[str]:
    """The tokens of a phrase: its pairs; of one character that character, to be a prefix."""
    hidden = _hidden(text)
    return [hidden[at : at + 2] for at in range(max(1, len(hidden) - 1))]


def wordlike(text: str) -> list[str]:
    """The different pairs of letters, digits and Han characters: a query without punctuation."""
    folded = fold(text)
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    return list(dict.fromkeys(pair for pair in pairs if pair.isalnum()))


def _hidden(text: str) -> str:
    folded = fold(text)
    if max(folded, default="") >= chr(_PRIVATE):
        raise ValueError(f"U+10FF00 and above are taken by the benchmark: {text[:40]!r}")
    return folded.translate(_HIDDEN)
