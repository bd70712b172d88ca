"""Aggregations over everything a search finds: facets, first and last, the timeline."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from search.engine.protocol import Bar, Step, date_of
from search.passages import places_for
from search.results import Hit, SearchPage

_SHOWN = 12  # values of a facet
_MONTHS_UP_TO = 36  # a timeline of as many months is drawn by month, a longer one by year
_MONTHS_AT_MOST = 600  # by month, even when that is asked for

_NAMED = ("outlet", "speaker")
# Asked with every search, so written out: archive/http_cache/state.py says why.
_NAMES = """
    SELECT 'outlet', id, name, slug FROM archive_outlet WHERE id IN ({outlets})
    UNION ALL
    SELECT 'speaker', id, name, slug FROM archive_speaker WHERE id IN ({speakers})
"""


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
    """What is known of everything on and behind `page`, searched with_ends. One query."""
    days = [date_of(day) for day in page.matches.days()]
    limit = {None: _MONTHS_UP_TO, "month": _MONTHS_AT_MOST, "year": 0}[step]
    step = "month" if days and _months(days[0], days[-1]) <= limit else "year"
    facets = [_years(page), *_of_names(page)]
    return Overview(
        facets=[facet for facet in facets if facet.values],
        span=_span(page, days),
        step=step,
        timeline=page.matches.timeline(step),
    )


def _months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _span(page: SearchPage, days: list[dt.date]) -> Span | None:
    if not page.ends:
        return None
    gaps = [Silence(*pair) for pair in pairwise(days)]
    silence = max(gaps, key=lambda gap: gap.days, default=None)
    return Span(page.ends[0], page.ends[-1], page.matches.speakers(), silence)


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


def _of_names(page: SearchPage) -> list[Facet]:
    """Those of outlets and of speakers."""
    facets = [(name, page.matches.facet(name), _chosen(page, name)) for name in _NAMED]
    shown = {name: _shown(counts, chosen) for name, counts, chosen in facets}
    known = _names(shown["outlet"], shown["speaker"])
    return [
        Facet(
            name,
            [
                Value(label, counts[pk], {name: "" if pk == chosen else slug}, pk == chosen)
                for pk in shown[name]
                for label, slug in known.get((name, pk), ())
            ],
            len(counts) - len(shown[name]),
        )
        for name, counts, chosen in facets
    ]


def _chosen(page: SearchPage, name: str) -> int | None:
    row = getattr(page.params, name)
    return row.pk if row else None


def _shown(counts: dict[int, int], chosen: int | None) -> list[int]:
    """The most frequent, and what is chosen."""
    shown = list(counts)[:_SHOWN]
    return [*shown, chosen] if chosen in counts and chosen not in shown else shown


def _names(outlets: list[int], speakers: list[int]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """Name and slug, if it is still there, by "outlet" or "speaker" and the primary key."""
    asked = _NAMES.format(outlets=places_for(outlets), speakers=places_for(speakers))
    with connection.cursor() as cursor:
        cursor.execute(asked, [*outlets, *speakers])
        return {(kind, pk): [(name, slug)] for kind, pk, name, slug in cursor.fetchall()}
