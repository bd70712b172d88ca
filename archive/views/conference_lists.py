"""Browsing conferences by date: all years, one year, a month or a day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS

from archive.links import link
from archive.models import Conference
from archive.models.exchanges import question_count
from archive.periods import Period, PeriodCount, PeriodKind
from archive.views.calendars import Day, Month, Range, calendar_month, level_of, levels
from archive.views.counts import MonthCount, month_counts
from archive.views.pagination import page_of

Neighbour = tuple[Period, dt.date]  # a period, and its day that is nearest

_NAMED = 6  # speakers whose names a list gives; templates/archive/_conferences.html says as many


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with its months' conferences, None for none; or years without any."""

    first: Period
    last: Period
    count: int
    months: list[PeriodCount | None]


def conference_rows() -> QuerySet[Conference]:
    """Published conferences as lists show them, newest first: two queries."""
    return (
        Conference.objects.published()
        .annotate(question_count=question_count())
        .with_first_speakers(_NAMED + 1)
        .newest_first()
    )


def conference_list(request: HttpRequest) -> HttpResponse:
    """All years at a glance, and all conferences, newest first. Three queries."""
    months = month_counts()
    count = sum(month.conferences for month in months)
    context = {
        "years": _years(months),
        "month_names": list(MONTHS.values()),
        "page_obj": page_of(request, conference_rows(), count=count),
    }
    return render(request, "archive/conference_list.html", context)


def _years(counted: Iterable[MonthCount]) -> list[YearRow]:
    """From the newest year to the oldest, those without any as one row."""
    months: dict[int, Counter[int]] = {}
    for one in counted:
        months.setdefault(one.year, Counter())[one.month] = one.conferences
    ranges = levels(count for counts in months.values() for count in counts.values())
    rows: list[YearRow] = []
    later = None
    for year, counts in months.items():
        if later is not None and later - year > 1:
            rows.append(YearRow(_year(year + 1), _year(later - 1), 0, []))
        rows.append(_row(year, counts, ranges))
        later = year
    return rows


def _year(number: int) -> Period:
    return Period.around(dt.date(number, 1, 1), "year")


def _month(year: int, month: int) -> Period:
    return Period.around(dt.date(year, month, 1), "month")


def _row(year: int, counts: dict[int, int], ranges: list[Range]) -> YearRow:
    months = [
        PeriodCount(_month(year, month), counts[month], level_of(counts[month], ranges))
        if month in counts
        else None
        for month in range(1, 13)
    ]
    return YearRow(_year(year), _year(year), sum(counts.values()), months)


def _days(period: Period) -> tuple[dict[dt.date, Day], list[Range]]:
    """The days of `period` with conferences, and what their levels mean. One query."""
    # Counted by conference, which an index answers, and summed here.
    held = Conference.objects.published().filter(date__range=(period.first, period.last))
    counted = held.annotate(questions=question_count()).order_by("date", "slug")
    rows = counted.values_list("date", "slug", "questions")
    days = [_day(date, list(found)) for date, found in groupby(rows, key=itemgetter(0))]
    ranges = levels(day.questions for day in days)
    found = {day.date: replace(day, level=level_of(day.questions, ranges)) for day in days}
    return found, ranges


def _day(date: dt.date, found: Sequence[tuple[dt.date, str, int]]) -> Day:
    """A day that leads to its conference, or to itself when it has several of them."""
    _date, slug, _questions = found[0]
    alone = link("archive:conference", slug) if len(found) == 1 else ""
    address = alone or Period.around(date, "day").get_absolute_url()
    return Day(date, len(found), sum(questions for *_rest, questions in found), address)


def _neighbours(period: Period) -> tuple[Neighbour | None, Neighbour | None]:
    """The nearest periods of the same kind that have conferences. Two queries."""
    before, after = Conference.objects.published().dates_around(period.first, period.last)
    return (
        (Period.around(before, period.kind), before) if before else None,
        (Period.around(after, period.kind), after) if after else None,
    )


def _page(
    request: HttpRequest, period: Period, months: list[Month], ranges: list[Range]
) -> HttpResponse:
    earlier, later = _neighbours(period)
    conferences = conference_rows().filter(date__range=(period.first, period.last))
    context = {
        "period": period,
        "months": [month for month in months if month.conferences],
        "without": [month.period.first for month in months if not month.conferences],
        "ranges": ranges,
        "questions": sum(month.questions for month in months),
        "page_obj": page_of(request, conferences),
        "earlier": earlier[0] if earlier else None,
        "later": later[0] if later else None,
        "nearest": [Period.around(one[1], "day") for one in (earlier, later) if one],
    }
    return render(request, "archive/period.html", context)


def _around_or_404(year: int, month: int, day: int, kind: PeriodKind) -> Period:
    try:
        return Period.around(dt.date(year, month, day), kind)
    except ValueError as error:
        raise Http404("The calendar has no such date.") from error


def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year: its calendar, and its conferences. Seven queries."""
    period = _around_or_404(year, 1, 1, "year")
    days, ranges = _days(period)
    months = (
        [calendar_month(dt.date(year, number, 1), days) for number in range(1, 13)] if days else []
    )
    return _page(request, period, months, ranges)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One month: its calendar, and its conferences. Seven queries."""
    period = _around_or_404(year, month, 1, "month")
    days, ranges = _days(period)
    return _page(request, period, [calendar_month(period.first, days)] if days else [], ranges)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The conferences of one day. Six queries."""
    return _page(request, _around_or_404(year, month, day, "day"), [], [])
