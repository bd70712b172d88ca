"""What is known of everything a search finds: facets, first and last, the line through time."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archive.models import Outlet, Speaker
from search.engine.matching import Bar, Step, date_of
from search.results import Hit, SearchPage

_SHOWN = 12  # values of a facet
_MONTHS_UP_TO = 36  # a timeline of as many months is drawn by month, a longer one by year
_MONTHS_AT_MOST = 600  # by month, even when that is asked for


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many parts have it, and how it stands in an address."""

    label: str
    count: int
    parameters: dict[str, str]  # name to value; an empty value takes the filter away
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind of filter, most frequent first. Its own filter hides none of them."""

    name: str  # "year", "outlet" or "speaker"
    values: list[Value]
    more: int  # values that are not shown


@dataclass(frozen=True, slots=True)
class Silence:
    """The longest time in which nobody said it."""

    after: dt.date
    before: dt.date

    @property
    def days(self) -> int:
        return (self.before - self.after).days


@dataclass(frozen=True, slots=True)
class Span:
    """First and last said, by how many, and the longest silence between."""

    first: Hit
    last: Hit
    speakers: int
    silence: Silence | None  # None when it was said on one day only


@dataclass(frozen=True, slots=True)
class Overview:
    facets: list[Facet]
    span: Span | None  # None when nothing is found
    step: Step
    timeline: list[Bar]


def overview(page: SearchPage, step: Step | None = None) -> Overview:
    """What is known of everything on and behind `page`, searched with_ends. Two queries."""
    days = [date_of(int(day)) for day in page.matches.days()]
    limit = {None: _MONTHS_UP_TO, "month": _MONTHS_AT_MOST, "year": 0}[step]
    step = "month" if days and _months(days[0], days[-1]) <= limit else "year"
    facets = [_years(page), _of_rows(page, "outlet", Outlet), _of_rows(page, "speaker", Speaker)]
    return Overview(
        facets=[facet for facet in facets if facet.values],
        span=_span(page, days),
        step=step,
        timeline=page.matches.timeline(step),
    )


def _months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _span(page: SearchPage, days: list[dt.date]) -> Span | None:
    matches = page.matches
    hits = page.ends
    if not hits:
        return None
    gaps = [Silence(*pair) for pair in pairwise(days)]
    silence = max(gaps, key=lambda gap: gap.days, default=None)
    return Span(hits[0], hits[-1], matches.speakers(), silence)


def _years(page: SearchPage) -> Facet:
    """Years in their own order: a reader looks for one, not for the fullest."""
    params = page.params
    values = []
    for year, count in sorted(page.matches.facet("year").items(), reverse=True):
        whole = dt.date(year, 1, 1), dt.date(year, 12, 31)
        chosen = (params.since, params.until) == whole
        ends = ("", "") if chosen else map(str, whole)
        parameters = dict(zip(("from", "to"), ends, strict=True))
        values.append(Value(str(year), count, parameters, chosen))
    return Facet("year", values, 0)


def _of_rows(page: SearchPage, name: str, model: type[Any]) -> Facet:
    counts = page.matches.facet(name)
    chosen = getattr(page.params, name)
    shown = list(counts)[:_SHOWN]
    if chosen and chosen.pk in counts and chosen.pk not in shown:
        shown.append(chosen.pk)
    rows = model.objects.filter(pk__in=shown).order_by().values_list("pk", "name", "slug")
    known = {pk: (label, slug) for pk, label, slug in rows}
    values = []
    for pk in shown:
        if pk in known:
            label, slug = known[pk]
            is_chosen = bool(chosen) and chosen.pk == pk
            parameters = {name: "" if is_chosen else slug}
            values.append(Value(label, counts[pk], parameters, is_chosen))
    return Facet(name, values, len(counts) - len(shown))
