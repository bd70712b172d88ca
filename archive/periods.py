"""Years, months and days as places to browse. Queries nothing."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext

from archive.links import link

PeriodKind = Literal["year", "month", "day"]  # the largest first


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day of the calendar, from `first` to `last`, both included."""

    kind: PeriodKind
    first: dt.date
    last: dt.date

    @classmethod
    def around(cls, day: dt.date, kind: PeriodKind) -> "Period":
        """The year, month or day that `day` is in."""
        match kind:
            case "year":
                return cls(kind, day.replace(month=1, day=1), day.replace(month=12, day=31))
            case "month":
                length = calendar.monthrange(day.year, day.month)[1]
                return cls(kind, day.replace(day=1), day.replace(day=length))
            case "day":
                return cls(kind, day, day)

    def __str__(self) -> str:
        return _name(self, get_language())

    @property
    def iso(self) -> str:
        """What <time datetime> wants: 2020, 2020-05 or 2020-05-24."""
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.kind]]

    def get_absolute_url(self) -> str:
        return link(f"archive:{self.kind}", *(int(part) for part in self.iso.split("-")))

    @property
    def parents(self) -> list["Period"]:
        """The larger periods around this one, the largest first."""
        kinds: tuple[PeriodKind, ...] = get_args(PeriodKind)
        return [Period.around(self.first, kind) for kind in kinds[: kinds.index(self.kind)]]


@lru_cache(maxsize=4096)  # a page names hundreds of them
def _name(period: Period, _language: str | None) -> str:
    if period.kind == "year":
        return pgettext("a year as a heading", "%(year)s") % {"year": period.first.year}
    return date_format(
        period.first, "YEAR_MONTH_FORMAT" if period.kind == "month" else "DATE_FORMAT"
    )


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """How many conferences a period has."""

    period: Period
    count: int
    level: int = 0  # of 1 to 4 among others, where they are compared

    @property
    def label(self) -> str:
        """What its number means, for who cannot see where it stands."""
        counted = ngettext(
            "%(period)s: %(counter)s conference",
            "%(period)s: %(counter)s conferences",
            self.count,
        )
        return counted % {"period": self.period, "counter": self.count}
