"""Pagination of lists."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from archive.http_cache.decorators import tell_shown

ROWS_PER_PAGE = 50
NAMES_PER_PAGE = 120  # of names, which are short
QUERY_LENGTH = 200

RowT = TypeVar("RowT", bound=Model)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | list[Any],
    per_page: int = ROWS_PER_PAGE,
    *,
    count: int | None = None,
) -> Page[Any]:
    """The page of `rows` that ?page= names: the first for nonsense, the last for too far.

    Two queries, the count, where it is not known, and the rows; none of a list.
    """
    pages = Paginator(rows, per_page)
    if count is not None:
        pages.count = count  # else it would be asked for
    page = _shown(request, pages)
    if isinstance(rows, QuerySet):
        # What is worked out for each row is worked out for those shown, not for those skipped.
        start = (page.number - 1) * per_page
        rows = rows.filter(pk__in=rows.values("pk")[start : start + per_page])
        page.object_list = list(rows)  # fetched here, so that the template asks nothing
    return page


def _shown(request: HttpRequest, pages: "Paginator[Any]") -> Page[Any]:
    page = pages.get_page(request.GET.get("page"))
    tell_shown(request, page=page.number)
    return page


@dataclass(frozen=True, slots=True)
class ConferenceCount:
    """A published conference, and how many of somebody's questions or answers it has."""

    pk: int
    date: dt.date
    slug: str
    count: int


def page_of_counted(
    request: HttpRequest,
    conferences: Sequence[ConferenceCount],
    rows_of: Callable[[list[int]], QuerySet[RowT]],
) -> Page[RowT]:
    """As page_of(), of rows that are counted: `rows_of` `conferences`. Two queries.

    Somebody may have ten thousand answers: only those at the conferences of this page are sorted,
    and only those that it shows are read with their texts.
    """
    pages = Paginator(rows_of([]), ROWS_PER_PAGE)
    pages.count = sum(one.count for one in conferences)  # else it would be asked for
    page: Page[RowT] = _shown(request, pages)
    start = (page.number - 1) * ROWS_PER_PAGE
    wanted, before, skipped = [], 0, 0
    for one in conferences:
        if before + one.count <= start:
            skipped += one.count
        elif before < start + ROWS_PER_PAGE:
            wanted.append(one.pk)
        before += one.count
    rows = rows_of(wanted)
    first = start - skipped
    keys = list(rows.values_list("pk", flat=True)[first : first + ROWS_PER_PAGE])
    found = rows.in_bulk(keys)
    page.object_list = [found[key] for key in keys if key in found]
    return page


def marked_words(request: HttpRequest) -> str:
    """The search whose words are marked on the page (?q=), cut to a length that stays cheap."""
    return request.GET.get("q", "")[:QUERY_LENGTH].strip()
