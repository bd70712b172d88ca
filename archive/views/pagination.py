"""Pagination of lists."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from archive.http_cache.decorators import tell_shown

ROWS_PER_PAGE = 50
NAMES_PER_PAGE = 120  # of names, which are short
QUERY_LENGTH = 200

RowT = TypeVar("RowT", bound=Model)
if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


class _CountedPaginator(AnyPaginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: QuerySet[Any], known: int) -> None:
        super().__init__(rows, ROWS_PER_PAGE)
        self._known = known

    @property
    def count(self) -> int:
        return self._known


def page_of(request: HttpRequest, rows: QuerySet[RowT], *, count: int | None = None) -> Page[RowT]:
    """The page of `rows` that ?page= names: the first for nonsense, the last for too far.

    Two queries: the count, where it is not known, and the rows.
    """
    pages = Paginator(rows, ROWS_PER_PAGE) if count is None else _CountedPaginator(rows, count)
    page: Page[RowT] = _shown(request, pages)
    page.object_list = list(page.object_list)  # fetched here, so that the template asks nothing
    return page


def page_of_all(request: HttpRequest, rows: list[Any]) -> Page[Any]:
    """As page_of(), of rows that are all at hand. No query."""
    return _shown(request, Paginator(rows, NAMES_PER_PAGE))


def _shown(request: HttpRequest, pages: AnyPaginator) -> Page[Any]:
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
    count = sum(one.count for one in conferences)
    page: Page[RowT] = _shown(request, _CountedPaginator(rows_of([]), count))
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
