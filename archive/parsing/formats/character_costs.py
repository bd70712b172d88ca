"""How likely a character is in running text of one writing: what guesses are weighed with.

A cost is the negative natural logarithm of a likelihood: 6.5 is one character in 700.
"""

import unicodedata
from functools import cache

from archive.parsing.formats import frequent_characters

LOST = 15.0  # for each character that could not be decoded
_ASCII, _CONTROL, _UNUSED, _HAN, _LETTER, _SYMBOL = 3.5, 20.0, 22.0, 13.5, 13.0, 13.0

_SPACES = "\t\n\r\f"
_PUNCTUATION = "、。《》〈〉“”‘’：，！？（）【】「」『』；…—·　〔〕～％"
_LATIN = "’“”–—…éèàùçêâîôûëïüöäñíóáúßœÉÈÀÇÖÜÄÑ£€°§«»¿¡ãõåæøŒ·\u00a0"
_LATIN_LETTERS = "".join(map(chr, range(0xC0, 0x100)))
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))


def cost(char: str, writing: str) -> float:
    """The cost of `char` in "zh", "ja", "ko", "latin", or "any" of them."""
    return _table(writing).get(char) or _cost_of_others(char)


@cache
def _table(writing: str) -> dict[str, float]:
    """Characters of the writing; later classes win over earlier ones."""
    if writing == "any":
        tables = [_table(name) for name in _classes()]
        # A little dearer than the writing itself, so that who knows more wins.
        return {char: min(t.get(char, 99.0) for t in tables) + 0.5 for t in tables for char in t}
    return {char: value for chars, value in _classes()[writing] for char in chars}


def _rows(encoding: str, first: int, last: int) -> str:
    """The characters of some rows of a double-byte character set."""
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
    # Of an empty cell nothing is left but a second byte that is ASCII, if it is.
    return "".join(char for cell in cells if (char := cell.decode(encoding, "ignore")) > "\x7f")


@cache
def _classes() -> dict[str, tuple[tuple[str, float], ...]]:
    """Characters by writing, and what each costs. Decoding them takes time, so not at the start."""
    # The first rows of each national set hold the common characters, the later ones the rest.
    return {
        "zh": (
            (_KANA, 12.5),
            (_rows("big5", 0xC9, 0xF9), 12.5),
            (_rows("gb2312", 0xD8, 0xF7), 12.0),
            (_rows("big5", 0xA4, 0xC6), 9.5),
            (_rows("gb2312", 0xB0, 0xD7), 9.0),
            (_LATIN, 11.0),
            (_FULL_WIDTH + "①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽〇‧", 9.0),
            (frequent_characters.HAN + frequent_characters.HAN_TRADITIONAL, 6.5),
            (_PUNCTUATION, 5.0),
        ),
        "ja": (
            (_rows("euc_jp", 0xD0, 0xF4), 12.5),
            (_rows("euc_jp", 0xB0, 0xCF), 9.0),
            (frequent_characters.HAN + frequent_characters.HAN_TRADITIONAL, 8.0),
            (_FULL_WIDTH, 9.0),
            (_KANA, 5.5),
            (_PUNCTUATION, 5.0),
        ),
        "ko": (
            (_rows("euc_kr", 0xCA, 0xFD), 12.5),
            (_rows("euc_kr", 0xB0, 0xC8), 9.0),
            (frequent_characters.HANGUL, 5.5),
            (_PUNCTUATION, 7.0),
        ),
        "latin": ((_LATIN_LETTERS, 9.5), (_LATIN, 6.5)),
    }


def _cost_of_others(char: str) -> float:
    if char in _SPACES:
        return _ASCII
    category = unicodedata.category(char)
    if category == "Cc":
        return _CONTROL
    if category in {"Co", "Cn", "Cs"}:
        return _UNUSED
    if char.isascii():
        return _ASCII
    if char == "\ufffd":
        return LOST
    return _HAN if category == "Lo" else _LETTER
