"""Word's automatic numbers, which stand nowhere in the text: `1.`, `(二)`, `Q3.`, `①`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archive.parsing.formats.docx.attributes import to_int, value
from archive.parsing.formats.xml_tree import Element

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HAN_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")
# A list of more levels than Word has, or a number no list reaches, is not written out.
_LEVELS, _HIGHEST = 9, 9_999


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text


def _letters(number: int) -> str:
    """Word goes a, b … z, aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _han(number: int) -> str:
    """
    >>> [_han(number) for number in (3, 10, 12, 20, 21, 105, 1010)]
    ['三', '十', '十二', '二十', '二十一', '一百〇五', '一千〇一十']
    """
    text = ""
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, worth)
        if digit:
            text += _HAN_DIGITS[digit] + unit
        elif text and number and not text.endswith("〇"):
            text += "〇"
    return text.removeprefix("一") if text.startswith("一十") else text


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("bullet", "none"), lambda _number: ""),
    **dict.fromkeys(("decimal", "decimalHalfWidth"), str),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "ideographDigital"), _han),
    **dict.fromkeys(("japaneseCounting", "japaneseDigitalTenThousand"), _han),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _han),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `%1.` in `decimal`, from 1."""

    number_format: str
    text: str
    start: int
    joined: bool  # nothing between number and text


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as paragraphs go by."""

    levels: Mapping[str, Mapping[int, Level]]  # by numId
    lists: Mapping[str, str]  # numId to the list it counts in
    unknown: int = 0  # paragraphs whose number could not be written
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """What Word prints before the next paragraph of this list; "" for a bullet."""
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.number_format in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(self.lists[list_id], [])
        while len(counts) <= depth:
            above = levels.get(len(counts))
            counts.append((above.start if above else 1) - (len(counts) == depth))
        counts[depth] += 1
        del counts[depth + 1 :]
        printed = self._printed(levels, level.text, counts)
        if printed is None:
            self.unknown += 1
            return ""
        return printed + ("" if level.joined or not printed else " ")

    def _printed(self, levels: Mapping[int, Level], text: str, counts: list[int]) -> str | None:
        pieces = []
        for at, piece in enumerate(_PLACE.split(text)):
            if at % 2 == 0:
                pieces.append(piece)
                continue
            depth = int(piece) - 1
            level = levels.get(depth)
            write = _FORMATS.get(level.number_format) if level else None
            if write is None or depth >= len(counts) or not 0 < counts[depth] <= _HIGHEST:
                return None
            pieces.append(write(counts[depth]))
        return "".join(pieces)


def read_numbering(root: Element | None) -> Numbering:
    """The lists of `numbering.xml`; no lists where there is no such part."""
    if root is None:
        return Numbering({}, {})
    abstract = {
        value(one, "abstractNumId"): _levels(one) for one in root.iterfind("{*}abstractNum")
    }
    levels: dict[str, Mapping[int, Level]] = {}
    lists: dict[str, str] = {}
    for one in root.iterfind("{*}num"):
        number = value(one, "numId")
        base = value(one.find("{*}abstractNumId"))
        own = {
            depth: level
            for override in one.iterfind("{*}lvlOverride")
            for depth, level in _levels(override).items()
        }
        levels[number] = {**abstract.get(base, {}), **own}
        restarts = one.find("{*}lvlOverride/{*}startOverride") is not None
        lists[number] = f"num {number}" if restarts else f"list {base}"
    return Numbering(levels, lists)


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for level in parent.iterfind("{*}lvl"):
        depth = to_int(value(level, "ilvl"))
        if depth < _LEVELS:
            found[depth] = Level(
                number_format=value(level.find("{*}numFmt")) or "decimal",
                text=value(level.find("{*}lvlText")),
                start=to_int(value(level.find("{*}start")), 1),
                joined=value(level.find("{*}suff")) == "nothing",
            )
    return found
