"""fold(): the one definition of "the same characters". Pure; shared by the archive's outlet
aliases and by the search."""

import unicodedata
from collections.abc import Iterator
from functools import cache

import opencc

# One form for each kind of mark. NFKC has already made full-width and half-width forms plain.
_DOUBLE_QUOTES = "“”„‟«»「」〝〞〟❝❞"
_SINGLE_QUOTES = "‘’‚‛‹›『』❛❜"
_DASHES = "‐‑‒–—―−─━⸺⸻﹘"
_MARKS = (
    dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"')
    | dict.fromkeys(map(ord, _SINGLE_QUOTES), "'")
    | dict.fromkeys(map(ord, _DASHES), "-")
)


@cache
def converter(configuration: str) -> opencc.OpenCC:
    """OpenCC's converter of that name ("t2s"). Its dictionaries are read once, which takes up to a
    tenth of a second."""
    return opencc.OpenCC(configuration)


def _one(char: str, mapped: str) -> str:
    """`mapped` where it is one character, else `char`: offsets must stay true."""
    return mapped if len(mapped) == 1 else char


def _step(char: str) -> str:
    char = _one(char, unicodedata.normalize("NFKC", char))
    char = _one(char, char.casefold())
    char = _one(char, converter("t2s").convert(char))
    char = _MARKS.get(ord(char), char)
    return " " if char.isspace() else char


class _Folds(dict[int, int]):
    """Code point to folded code point, worked out when a character is first met."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        if not 0xD800 <= code <= 0xDFFF:
            # One step can open the way for another (a compatibility form of a traditional
            # character), and fold(fold(text)) must be fold(text).
            while (after := _step(char)) != char:
                char = after
        self[code] = ord(char)
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` with every character replaced by the one that stands for all of its kind.

    The answer has the length of `text`, so an offset in one is an offset in the other: NFKC and
    case folding where they yield one character, traditional to simplified by OpenCC's character
    table, one form for each kind of quotation mark and dash, a space for every white space.
    """
    return text.translate(_FOLDS)


def squeeze(text: str) -> str:
    """The folded characters of `text` that are not white space: what two printings share."""
    return fold(text).replace(" ", "")


def find_all(folded_text: str, folded_phrase: str) -> Iterator[int]:
    """Every offset in `folded_text` at which `folded_phrase` begins, overlapping ones too.

    Both must be folded already. An empty phrase is found nowhere.
    """
    at = folded_text.find(folded_phrase) if folded_phrase else -1
    while at >= 0:
        yield at
        at = folded_text.find(folded_phrase, at + 1)
