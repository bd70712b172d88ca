"""The only door to the engine: a search, and one page of what it finds."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from haystack import connections

from archive.models import Answer, Conference, Exchange, Outlet, Speaker
from search.engine.generations import IndexUnavailable
from search.engine.matching import Filters, Match
from search.highlight import snippet
from search.query import Complaint, Query, parse

__all__ = ["Counts", "Hit", "IndexUnavailable", "SearchPage", "SearchParams", "run_search"]

PAGE_SIZE = 10

Sort = Literal["relevance", "newest", "oldest"]
_ORDERS: dict[Sort, Callable[[Match], tuple[float, ...]]] = {
    "relevance": lambda match: (-match.score, -match.day, match.conference, match.place),
    "newest": lambda match: (-match.day, match.conference, match.place),
    "oldest": lambda match: (match.day, match.conference, match.place),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParams:
    """What is asked. None, or "", means any."""

    q: str
    part: str = ""  # "question" or "answer"
    outlet: Outlet | None = None
    speaker: Speaker | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    sort: Sort = "relevance"
    page: int | str = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Counts:
    """How often, in how many of each. Exact, whatever the page shows."""

    occurrences: int
    parts: int
    exchanges: int
    conferences: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One part that matches, as it stands in the database now."""

    conference: Conference
    exchange: Exchange
    part: str  # "question" or "answer"
    speaker: Speaker | None
    text: str
    score: float
    occurrences: int
    snippet: SafeString
    url: str  # the exchange in its place, with the words marked


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, and what is known of all of them."""

    query: Query
    counts: Counts
    hits: list[Hit]
    page: Page[Match]
    took_ms: float

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        return self.query.complaints


def run_search(params: SearchParams) -> SearchPage:
    """Search, count, and fetch one page. Raises IndexUnavailable. Two queries to the database."""
    started = time.perf_counter()
    query = parse(params.q)
    filters = Filters(
        part=params.part,
        outlet=params.outlet.pk if params.outlet else None,
        speaker=params.speaker.pk if params.speaker else None,
        since=params.since,
        until=params.until,
    )
    backend = connections["default"].get_backend()
    matches: list[Match] = backend.find(query.tree, filters) if query.tree else []
    matches.sort(key=_ORDERS[params.sort])
    page = Paginator(matches, params.page_size).get_page(params.page)
    return SearchPage(
        query=query,
        counts=_count(matches),
        hits=_hits(page.object_list, query, params.q),
        page=page,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _count(matches: list[Match]) -> Counts:
    return Counts(
        occurrences=sum(match.occurrences for match in matches),
        parts=len(matches),
        exchanges=len({match.exchange for match in matches}),
        conferences=len({match.conference for match in matches}),
    )


def _hits(matches: Iterable[Match], query: Query, typed: str) -> list[Hit]:
    """The hits of one page, read afresh: what is no longer published is not shown."""
    matches = list(matches)
    rows: dict[tuple[str, int], Any] = {}
    of_part = {"question": Exchange.objects.published(), "answer": Answer.objects.published()}
    related = {
        "question": ("conference", "outlet"),
        "answer": ("exchange__conference", "exchange__outlet", "speaker"),
    }
    for part, published in of_part.items():
        pks = [match.pk for match in matches if match.part == part]
        if pks:
            found = published.select_related(*related[part]).filter(pk__in=pks)
            rows |= {(part, row.pk): row for row in found}
    return [
        _hit(match, rows[match.part, match.pk], query, typed)
        for match in matches
        if (match.part, match.pk) in rows
    ]


def _hit(match: Match, row: Exchange | Answer, query: Query, typed: str) -> Hit:
    exchange = row if isinstance(row, Exchange) else row.exchange
    text = row.question if isinstance(row, Exchange) else row.text
    return Hit(
        conference=exchange.conference,
        exchange=exchange,
        part=match.part,
        speaker=None if isinstance(row, Exchange) else row.speaker,
        text=text,
        score=match.score,
        occurrences=match.occurrences,
        snippet=snippet(text, query),
        url=_url(exchange, typed),
    )


def _url(exchange: Exchange, typed: str) -> str:
    """The exchange in its conference, with the words that were searched for marked there."""
    return f"{exchange.conference.get_absolute_url()}?{urlencode({'q': typed})}#q{exchange.ref}"
