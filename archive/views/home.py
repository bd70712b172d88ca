"""The home page: what is new, what was said on this day, and what the archive holds."""

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from archive.models import Conference
from archive.periods import Period, PeriodCount
from archive.views.conference_lists import conference_rows
from archive.views.counts import MonthCount, month_counts, most_frequent, name_totals

LATEST = 8
ON_THIS_DAY = 6
FREQUENT_OUTLETS = 12


@dataclass(frozen=True, slots=True)
class ArchiveTotals:
    """What can be read here, counted."""

    conferences: int
    questions: int
    outlets: int
    speakers: int
    since: int  # the first year that has conferences, and the last
    until: int


def _totals(months: Sequence[MonthCount]) -> ArchiveTotals | None:
    """None when empty. One query, none then."""
    if not months:
        return None
    names = name_totals()
    return ArchiveTotals(
        conferences=sum(month.conferences for month in months),
        questions=sum(month.questions for month in months),
        outlets=names.get("outlet", 0),
        speakers=names.get("speaker", 0),
        since=months[-1].year,
        until=months[0].year,
    )


def _years(months: Iterable[MonthCount]) -> list[PeriodCount]:
    """The years of `months`, in their order."""
    counts: Counter[int] = Counter()
    for month in months:
        counts[month.year] += month.conferences
    return [
        PeriodCount(Period.around(dt.date(year, 1, 1), "year"), counts[year]) for year in counts
    ]


def _on_this_day(today: dt.date, months: Iterable[MonthCount]) -> list[Conference]:
    """Conferences of the same day of other years, newest first. One query."""
    # Asked day by day, which an index answers; a month and a day in any year none does.
    years = {one.year for one in months if one.month == today.month} - {today.year}
    same = [
        dt.date(year, today.month, today.day)
        for year in years
        if today.day <= monthrange(year, today.month)[1]
    ]
    return list(Conference.objects.published().filter(date__in=same).newest_first()[:ON_THIS_DAY])


def home(request: HttpRequest) -> HttpResponse:
    """Every way in. Seven queries."""
    today = timezone.localdate()
    months = month_counts()
    context = {
        "today": today,
        "latest": list(conference_rows()[:LATEST]) if months else [],
        "on_this_day": _on_this_day(today, months),
        "years": _years(months),
        "outlets": most_frequent("outlet", FREQUENT_OUTLETS),
        "holdings": _totals(months),
    }
    return render(request, "archive/home.html", context)
