"""Dates as people write them, in the languages that transcripts come in. Pure, and no clock.

All patterns read folded text (archive.text.folding): simplified characters, half width, lower case.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.text.folding import fold

# Which number of 8/3/2016 is the month; "unknown" where the file does not tell.
Order = Literal["month_first", "day_first", "unknown"]

_DIGITS = "〇一二三四五六七八九"
NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
# Every pattern of a date has the groups `month` and `day`, and of a full one `year`.
_MONTH_AND_DAY = rf"(?P<month>{NUMBER})\s{{0,2}}月\s{{0,2}}(?P<day>{NUMBER})\s{{0,2}}[日号]"
_ASIDE = r"(?:\s?\([^()]{1,12}\))?"  # 2020年（令和2年）5月24日
_HAN_YEAR = re.compile(
    rf"(?<![0-9])(?P<year>[0-9]{{4}}|[〇零○{_DIGITS}]{{4}})\s{{0,2}}年{_ASIDE}"
    rf"\s{{0,2}}{_MONTH_AND_DAY}"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民国": 1911}
_ERA_YEAR = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})\s{{0,2}}(?P<year>[0-9]{{1,3}}|[元〇零○{_DIGITS}十百]{{1,5}})"
    rf"\s{{0,2}}年{_ASIDE}\s{{0,2}}{_MONTH_AND_DAY}"
)
_KOREAN_DAY = r"(?P<month>[0-9]{1,2})\s{0,2}월\s{0,2}(?P<day>[0-9]{1,2})\s{0,2}일"
_KOREAN = re.compile(rf"(?<![0-9])(?P<year>[0-9]{{4}})\s{{0,2}}년\s{{0,2}}{_KOREAN_DAY}")
_YEAR_FIRST = re.compile(
    r"(?<![0-9./-])(?P<year>[0-9]{4})\s?(?P<sign>[-./])\s{0,2}(?P<month>[0-9]{1,2})\s?(?P=sign)"
    r"\s{0,2}(?P<day>[0-9]{1,2})(?![0-9-])"
)
_YEAR_LAST = re.compile(
    r"(?<![0-9./-])([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9]|[-./][0-9])"
)

# One row per month: English, Spanish, French, German, Portuguese, Italian, Russian.
_MONTH_NAMES = (
    "january jan enero janvier januar jänner janeiro gennaio января",
    "february feb febrero février fevrier februar fevereiro febbraio февраля",
    "march mar marzo mars märz março marco марта",
    "april apr abril avril aprile апреля",
    "may mayo mai maio maggio мая",
    "june jun junio juin juni junho giugno июня",
    "july jul julio juillet juli julho luglio июля",
    "august aug agosto août aout августа",
    "september sept sep septiembre setiembre septembre setembro settembre сентября",
    "october oct octubre octobre oktober outubro ottobre октября",
    "november nov noviembre novembre novembro ноября",
    "december dec diciembre décembre decembre dezember dezembro dicembre декабря",
)
_MONTHS = {
    fold(name): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|[oa.°])?"
_OF = r"(?:of |de |del |do )?"
_DAY_MONTH = rf"(?<![\w.,]){_DAY}[\s-]{{1,3}}{_OF}(?P<month>{_MONTH})\b\.?"
_MONTH_DAY = rf"(?<![\w-])(?P<month>{_MONTH})\b\.?\s{{0,3}}{_DAY}"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"

_FULL_DATES: tuple[re.Pattern[str], ...] = (
    *(_HAN_YEAR, _ERA_YEAR, _KOREAN, _YEAR_FIRST),
    re.compile(rf"{_DAY_MONTH}(?:,\s?|[\s-]{{1,3}}){_OF}{_YEAR}"),
    re.compile(rf"{_MONTH_DAY}(?:\s?,\s{{0,3}}|\s{{1,3}}){_YEAR}"),
)
_DAYS_OF_YEAR: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?<![0-9]){_MONTH_AND_DAY}"),
    re.compile(rf"(?<![0-9]){_KOREAN_DAY}"),
    re.compile(rf"{_MONTH_DAY}(?![0-9:])"),
    re.compile(rf"{_DAY_MONTH}(?![\w])"),
)

# What may stand beside a date that stands alone: weekday, hour, "on", "le", "den".
_BESIDE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves "
    "viernes sábado domingo montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "a p m am pm est edt et cst cdt ct mst mdt mt pst pdt pt cet cest gmt utc z t at on le el the "
    "den vom am um uhr h dated date dia día года г".split()
)
_BESIDE_HAN = re.compile(
    r"[星期礼拜周週一二三四五六日天月火水木金土曜上下中午前后晚时分点秒至年오전후요일화수목금토]*"
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_DATE_LINE = 80
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
# 6/1/68 is 2068 to POSIX, as it is here.
_CENTURY_TURNS = 69


@dataclass(frozen=True, slots=True)
class Written:
    """A full date in a text, from `start` to `end`."""

    date: dt.date
    start: int
    end: int
    # The other reading of 3/4/2020, where the file does not tell which number is the month.
    other: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A month and a day without a year."""

    month: int
    day: int
    start: int
    end: int

    def in_year(self, year: int) -> dt.date | None:
        return make_date(year, self.month, self.day)


def find_dates(folded: str, order: Order = "unknown") -> list[Written]:
    """The full dates in a folded text, in the order in which they stand there."""
    if not any(char.isdigit() or char in "年月" for char in folded):
        return []
    found = [
        Written(date, *match.span())
        for pattern in _FULL_DATES
        for match in pattern.finditer(folded)
        if (date := _date(match))
    ]
    found += _year_last(folded, order)
    return sorted(found, key=lambda written: written.start)


def find_days(folded: str) -> list[DayOfYear]:
    """The months and days in a folded text, whether a year stands beside them or not."""
    found = [
        DayOfYear(_month(match["month"]), number(match["day"]), *match.span())
        for pattern in _DAYS_OF_YEAR
        for match in pattern.finditer(folded)
    ]
    return sorted(found, key=lambda day: day.start)


def is_only_a_date(text: str) -> bool:
    """Whether a line is a date, perhaps with weekday and hour, and nothing more."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    folded = fold(text)
    spans = [(w.start, w.end) for w in find_dates(folded)]
    spans = spans or [(d.start, d.end) for d in find_days(folded)]
    if not spans:
        return False
    for start, end in reversed(spans):
        folded = f"{folded[:start]} {folded[end:]}"
    words = _WORD.findall(folded)
    return all(word in _BESIDE_WORDS or _BESIDE_HAN.fullmatch(word) for word in words)


def number(text: str) -> int:
    """`24`, `二十四`, `一百零九` or, for a year, `二〇二〇`; 0 for what is no number.

    >>> [number(text) for text in ("24", "二十四", "二〇二〇", "一百零九", "元", "十十")]
    [24, 24, 2020, 109, 1, 0]
    """
    text = text.translate({ord("零"): "〇", ord("○"): "〇", ord("元"): "一"})
    for sign, worth in (("百", 100), ("十", 10)):
        if sign in text:
            many, _, rest = text.partition(sign)
            if sign in rest:
                return 0
            return worth * (number(many) if many else 1) + (number(rest) if rest else 0)
    digits = [str(_DIGITS.index(char)) if char in _DIGITS else char for char in text]
    return int("".join(digits))


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """None for 2月30日, which is a slip of the pen, and for years that no transcript is from."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    return _MONTHS.get(text) or number(text)


def _date(match: re.Match[str]) -> dt.date | None:
    year = number(match["year"]) + _ERAS.get(match.groupdict().get("era", ""), 0)
    return make_date(year, _month(match["month"]), number(match["day"]))


def _year_last(folded: str, order: Order) -> Iterator[Written]:
    for match in _YEAR_LAST.finditer(folded):
        first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if len(match[4]) == 2:
            if sign == ".":  # 1.2.20 numbers a section
                continue
            year += 2000 if year < _CENTURY_TURNS else 1900
        by_day, by_month = make_date(year, second, first), make_date(year, first, second)
        if sign == "." or order == "day_first":
            by_month = None if by_day else by_month
        elif order == "month_first":
            by_day = None if by_month else by_day
        if date := by_day or by_month:
            other = by_month if by_day and by_month != by_day else None
            yield Written(date, *match.span(), other)
