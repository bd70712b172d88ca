"""Browsing conferences by date: the home page, all years, one year, month or day."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Appearance, Conference, Outlet
from archive.views.paging import page_of
from archive.views.periods import Kind, Period, Tally

LATEST = 10
FREQUENT_OUTLETS = 12


def _listed() -> QuerySet[Conference]:
    """Published conferences as lists show them, newest first: two queries."""
    appearances = Appearance.objects.select_related("speaker")
    return (
        Conference.objects.published()
        .with_counts()
        .newest_first()
        .prefetch_related(Prefetch("appearances", queryset=appearances))
    )


def _years() -> list[Tally]:
    """The years that have conferences, newest first. One query."""
    counts: Iterable[tuple[int, int]] = (
        Conference.objects.published()
        .annotate(year=ExtractYear("date"))
        .order_by("-year")
        .values_list("year")
        .annotate(count=Count("pk"))
    )
    return [Tally(Period.around(dt.date(year, 1, 1), "year"), count) for year, count in counts]


def _months(year: int) -> list[Tally]:
    """The months of `year` that have conferences, in order. One query."""
    counts: Iterable[tuple[int, int]] = (
        Conference.objects.published()
        .in_year(year)
        .annotate(month=ExtractMonth("date"))
        .order_by("month")
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    return [
        Tally(Period.around(dt.date(year, month, 1), "month"), count) for month, count in counts
    ]


def _neighbours(period: Period) -> tuple[Period | None, Period | None]:
    """The nearest periods of the same kind that have conferences. Two queries."""
    dates = Conference.objects.published().values_list("date", flat=True)
    before = dates.filter(date__lt=period.first).order_by("-date").first()
    after = dates.filter(date__gt=period.last).order_by("date").first()
    return (
        Period.around(before, period.kind) if before else None,
        Period.around(after, period.kind) if after else None,
    )


def home(request: HttpRequest) -> HttpResponse:
    """What is new, and every way in."""
    context = {
        "latest": list(_listed()[:LATEST]),
        "years": _years(),
        "outlets": list(Outlet.objects.that_asked()[:FREQUENT_OUTLETS]),
    }
    return render(request, "archive/home.html", context)


def conference_list(request: HttpRequest) -> HttpResponse:
    """All conferences, newest first, and the years to jump to."""
    context = {"years": _years(), "page_obj": page_of(request, _listed())}
    return render(request, "archive/conference_list.html", context)


def _period(
    request: HttpRequest, period: Period, months: list[Tally] | None = None
) -> HttpResponse:
    earlier, later = _neighbours(period)
    conferences = _listed().filter(date__range=(period.first, period.last))
    context = {
        "period": period,
        "months": months or [],
        "page_obj": page_of(request, conferences),
        "earlier": earlier,
        "later": later,
    }
    return render(request, "archive/period.html", context)


def _around_or_404(year: int, month: int, day: int, kind: Kind) -> Period:
    try:
        return Period.around(dt.date(year, month, day), kind)
    except ValueError as error:
        raise Http404("The calendar has no such date.") from error


def year(request: HttpRequest, year: int) -> HttpResponse:
    """The conferences of one year."""
    return _period(request, _around_or_404(year, 1, 1, "year"), _months(year))


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The conferences of one month."""
    return _period(request, _around_or_404(year, month, 1, "month"))


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The conferences of one day."""
    return _period(request, _around_or_404(year, month, day, "day"))
