"""The home page: what is new, what was said on this day, and what the archive holds."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from archive.models import Conference
from archive.views.browse import listed, years_with_conferences
from archive.views.periods import Tally
from archive.views.tallies import Tallies, tallies

LATEST = 8
ON_THIS_DAY = 6
FREQUENT_OUTLETS = 12


@dataclass(frozen=True, slots=True)
class Holdings:
    """What can be read here, counted."""

    conferences: int
    questions: int
    outlets: int
    speakers: int
    since: int  # the first year that has conferences, and the last
    until: int


def _holdings(years: list[Tally], known: Tallies) -> Holdings | None:
    """None when empty."""
    if not years:
        return None
    return Holdings(
        conferences=sum(year.count for year in years),
        questions=known.questions,
        outlets=len(known.outlets),
        speakers=len(known.speakers),
        since=years[-1].period.first.year,
        until=years[0].period.first.year,
    )


def _on_this_day(today: dt.date, years: list[Tally]) -> list[Conference]:
    """Conferences of the same day of other `years`, newest first. One query."""
    others = {year.period.first.year for year in years} - {today.year}
    # Asked day by day, which an index answers; a month and a day in any year none does.
    same = [
        dt.date(year, today.month, today.day)
        for year in others
        if (today.month, today.day) != (2, 29) or calendar.isleap(year)
    ]
    return list(Conference.objects.published().filter(date__in=same).newest_first()[:ON_THIS_DAY])


def home(request: HttpRequest) -> HttpResponse:
    """Every way in. Six queries, and six more when the archive has changed."""
    today = timezone.localdate()
    years = years_with_conferences()
    known = tallies()
    context = {
        "today": today,
        "latest": list(listed()[:LATEST]),
        "on_this_day": _on_this_day(today, years),
        "years": years,
        "outlets": known.outlets[:FREQUENT_OUTLETS],
        "holdings": _holdings(years, known),
    }
    return render(request, "archive/home.html", context)
