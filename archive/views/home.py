"""The home page: what is new, what was said on this day, and what the archive holds."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from archive.models import Conference
from archive.periods import Period, PeriodCount
from archive.views.conference_lists import conference_rows
from archive.views.counts import ArchiveCounts, archive_counts

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


def _totals(counts: ArchiveCounts) -> ArchiveTotals | None:
    """None when empty."""
    if not counts.dates:
        return None
    return ArchiveTotals(
        conferences=len(counts.dates),
        questions=counts.questions,
        outlets=len(counts.asked),
        speakers=len(counts.answered),
        since=counts.dates[-1].year,
        until=counts.dates[0].year,
    )


def _latest(dates: Sequence[dt.date]) -> list[Conference]:
    """The newest conferences, given the dates of all, newest first. Two queries, none without."""
    # Since a day that an index finds: the questions of all others would be counted, too.
    return list(conference_rows().filter(date__gte=dates[:LATEST][-1])[:LATEST]) if dates else []


def _years(dates: Iterable[dt.date]) -> list[PeriodCount]:
    """The years of `dates`, in their order."""
    counts = Counter(date.year for date in dates)
    return [
        PeriodCount(Period.around(dt.date(year, 1, 1), "year"), counts[year]) for year in counts
    ]


def _on_this_day(today: dt.date, dates: Iterable[dt.date]) -> list[Conference]:
    """Conferences of the same day of other years among `dates`, newest first. One query."""
    # Asked day by day, which an index answers; a month and a day in any year none does.
    same = {date for date in dates if (date.month, date.day) == (today.month, today.day)}
    others = same - {today}
    return list(Conference.objects.published().filter(date__in=others).newest_first()[:ON_THIS_DAY])


def home(request: HttpRequest) -> HttpResponse:
    """Every way in. Four queries, and four more when the archive has changed."""
    today = timezone.localdate()
    counts = archive_counts()
    context = {
        "today": today,
        "latest": _latest(counts.dates),
        "on_this_day": _on_this_day(today, counts.dates),
        "years": _years(counts.dates),
        "outlets": counts.outlets[:FREQUENT_OUTLETS],
        "holdings": _totals(counts),
    }
    return render(request, "archive/home.html", context)
