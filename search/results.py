"""Search results: the only door to the engine, and one page of what it finds."""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from archive.models import Outlet, Speaker
from archive.text.folding import fold
from search.analysis import whole_words
from search.engine import engine
from search.engine.protocol import PARTS, Counts, Match, Matches, Only, ResolvedNode, Sort
from search.highlight import anchor_of, snippet
from search.models import changed_since_indexed
from search.passages import Key, Passage, passages
from search.query.parser import Complaint, Query, parse
from search.query_resolution import between_days, drop_unresolved, loosen_words, resolve

HITS_PER_PAGE = 10


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
    page_size: int = HITS_PER_PAGE

    @property
    def filters(self) -> dict[str, Only]:
        """What stands beside the query, by the fact it is about."""
        chosen: dict[str, Only] = {}
        if self.part:
            chosen["part"] = Only("part", (PARTS.index(self.part),))
        if self.outlet:
            chosen["outlet"] = Only("outlet", (self.outlet.pk,))
        if self.speaker:
            chosen["speaker"] = Only("speaker", (self.speaker.pk,))
        if self.since or self.until:
            chosen["day"] = between_days(self.since, self.until)
        return chosen


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that matches."""

    passage: Passage
    score: float
    occurrences: int
    query: Query
    url: str  # the first of the words in its place, marked

    @property
    def snippet(self) -> SafeString:
        """The passage around the first match, marked."""
        return snippet(self.passage.text, self.query)


@dataclass(frozen=True)
class SearchPage:
    """One page of hits, and what is known of all of them."""

    query: Query
    complaints: tuple[Complaint, ...]
    matches: Matches
    partial: bool  # no part has all the words; these have some
    hits: list[Hit]
    ends: list[Hit]  # the first and the last of all, if asked for
    page: Page[Any]
    lagging: int  # conferences that changed and were not indexed since
    took_ms: float
    params: SearchParams = field(repr=False)

    @property
    def counts(self) -> Counts:
        return self.matches.counts


class _Listing:
    """The matches in their order, as a Paginator wants them: only one page is ever sorted out."""

    def __init__(self, matches: Matches, sort: Sort) -> None:
        self._matches, self._sort = matches, sort

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, wanted: slice) -> list[Match]:
        return self._matches.page(self._sort, wanted.start, min(wanted.stop, len(self)))


def run_search(params: SearchParams, *, with_ends: bool = False) -> SearchPage:
    """Search, count, and fetch one page; the first and the last match too, if asked for. Raises
    IndexUnavailable.

    Two queries to the database, and one or two for each outlet or speaker named in the query.
    """
    started = time.perf_counter()
    query = parse(params.q)
    node, complaints = resolve(query.tree) if query.tree else (None, ())
    if query.tree and complaints:
        query = replace(query, tree=drop_unresolved(query.tree, complaints))
    changed, hidden = changed_since_indexed()
    matches, partial = _find(node, params.filters, literal_terms(query), hidden)
    listing = _Listing(matches, params.sort)
    pages: Paginator[Match] = Paginator(listing, params.page_size)  # type: ignore[arg-type]
    page = pages.get_page(params.page)
    ends = matches.first_and_last() if with_ends else []
    read = passages((match.part, match.pk) for match in [*page.object_list, *ends])
    return SearchPage(
        query=query,
        complaints=(*query.complaints, *complaints),
        matches=matches,
        partial=partial,
        hits=_hits(page.object_list, read, query, params.q),
        ends=_hits(ends, read, query, params.q),
        page=page,
        lagging=len(changed),
        took_ms=(time.perf_counter() - started) * 1000,
        params=params,
    )


def _find(
    node: ResolvedNode | None, filters: dict[str, Only], together: list[str], hidden: list[int]
) -> tuple[Matches, bool]:
    """What matches; where no part has all the words, what has some of them."""
    nothing = Only("row", (-1,))
    matches = engine().find(node or nothing, filters, together, hidden)
    loose = loosen_words(node) if node and not len(matches) else None
    if loose is not None:
        some = engine().find(loose, filters, together, hidden)
        if len(some):
            return some, True
    return matches, False


def literal_terms(query: Query) -> list[str]:
    """The folded characters that are looked for: phrases, and whole words as they were typed."""
    typed = [fold(words) for words in query.words]
    return [fold(phrase) for phrase in query.phrases] + [
        text[word.start : word.end] for text in typed for word in whole_words(text)
    ]


def _hits(
    matches: Iterable[Match], read: dict[Key, Passage], query: Query, typed: str
) -> list[Hit]:
    return [
        Hit(
            passage=passage,
            score=match.score,
            occurrences=match.occurrences,
            query=query,
            url=address_of(passage, query, typed),
        )
        for match in matches
        if (passage := read.get((match.part, match.pk)))
    ]


def address_of(passage: Passage, query: Query, typed: str) -> str:
    """A passage in its conference, at the first of the words searched for, marked there."""
    anchor = f"q{passage.ref}"
    if query.phrases or query.words:
        anchor = anchor_of(passage.ref, passage.place)
    parameters = {"q": typed} | ({"at": str(passage.ref)} if passage.is_far else {})
    return f"{passage.conference_url}?{urlencode(parameters)}#{anchor}"
