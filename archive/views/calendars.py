"""A year as a calendar: months of weeks, each day with how much was asked. Queries nothing."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy

from archive.periods import Period

_LEVELS = 4
_WEEKDAYS = [
    pgettext_lazy("weekday in a calendar", "Mo"),
    pgettext_lazy("weekday in a calendar", "Tu"),
    pgettext_lazy("weekday in a calendar", "We"),
    pgettext_lazy("weekday in a calendar", "Th"),
    pgettext_lazy("weekday in a calendar", "Fr"),
    pgettext_lazy("weekday in a calendar", "Sa"),
    pgettext_lazy("weekday in a calendar", "Su"),
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day with conferences."""

    date: dt.date
    conferences: int
    questions: int
    url: str
    level: int = 1  # of 1 to 4: how dark it is

    @property
    def label(self) -> str:
        """What its number means, for who cannot see where it stands."""
        return _label(self.date.replace(year=_LEAP), self.questions, get_language())


_LEAP = 2000  # a year that has every day: the labels name none


@lru_cache(maxsize=4096)
def _label(day: dt.date, questions: int, _language: str | None) -> str:
    counted = ngettext(
        "%(date)s: %(counter)s question", "%(date)s: %(counter)s questions", questions
    )
    return counted % {"date": date_format(day, "MONTH_DAY_FORMAT"), "counter": questions}


@dataclass(frozen=True, slots=True)
class Weekday:
    """A row of a month: its weeks' cells, None where the month has no such day."""

    short: Promise | str
    name: Promise | str
    cells: list["Cell | None"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month; `day` is None when nothing was held."""

    number: int
    day: Day | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month. Its columns are weeks, each headed by its first day in this month."""

    period: Period
    conferences: int
    questions: int
    heads: list[int]
    weekdays: list[Weekday]


@dataclass(frozen=True, slots=True)
class Range:
    """What a level stands for: from `low` to `high` questions a day."""

    level: int
    low: int
    high: int


def calendar_month(first: dt.date, days: Mapping[dt.date, Day]) -> Month:
    """The month that begins on `first`, with those of `days` that are in it."""
    length = calendar.monthrange(first.year, first.month)[1]
    weeks = (first.weekday() + length + 6) // 7
    held = [day for date, day in days.items() if (date.year, date.month) == first.timetuple()[:2]]

    def cell(weekday: int, week: int) -> Cell | None:
        number = week * 7 + weekday - first.weekday() + 1
        if not 1 <= number <= length:
            return None
        return Cell(number, days.get(first.replace(day=number)))

    return Month(
        period=Period.around(first, "month"),
        conferences=sum(day.conferences for day in held),
        questions=sum(day.questions for day in held),
        heads=[max(1, week * 7 - first.weekday() + 1) for week in range(weeks)],
        weekdays=[
            Weekday(short, WEEKDAYS[at], [cell(at, week) for week in range(weeks)])
            for at, short in enumerate(_WEEKDAYS)
        ],
    )


def levels(amounts: Iterable[int]) -> list[Range]:
    """`amounts` cut into four ranges or fewer, of about as many days each."""
    ordered = sorted(amounts)
    if not ordered:
        return []
    cuts = [ordered[(len(ordered) - 1) * n // _LEVELS] for n in range(1, _LEVELS + 1)]
    ranges: list[Range] = []
    low = ordered[0]
    for high in dict.fromkeys(cuts):
        ranges.append(Range(len(ranges) + 1, low, high))
        low = high + 1
    return ranges


def level_of(amount: int, ranges: list[Range]) -> int:
    """The level of the range that has `amount`."""
    return next((one.level for one in ranges if amount <= one.high), _LEVELS)
