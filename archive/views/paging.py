"""What list pages share."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50
LIST_SIZE = 120  # of names, which are short
QUERY_LENGTH = 200

Row = TypeVar("Row", bound=Model)
if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


def page_of(request: HttpRequest, rows: QuerySet[Row]) -> Page[Row]:
    """The page of `rows` that ?page= names: the first for nonsense, the last for too far.

    Two queries: the count and the rows.
    """
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)  # fetched here, so that the template asks nothing
    return page


def page_of_all(request: HttpRequest, rows: list[Any]) -> Page[Any]:
    """As page_of(), of rows that are all at hand. No query."""
    return Paginator(rows, LIST_SIZE).get_page(request.GET.get("page"))


class _Counted(AnyPaginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: QuerySet[Any], known: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self._known = known

    @property
    def count(self) -> int:
        return self._known


def page_of_many(request: HttpRequest, rows: QuerySet[Row], *, count: int) -> Page[Row]:
    """As page_of(), of `count` rows that are wide: only those of one page are read. Two queries.

    Sorting some ten thousand answers with their texts takes five times as long as without.
    """
    page: Page[Row] = _Counted(rows, count).get_page(request.GET.get("page"))
    start = (page.number - 1) * PAGE_SIZE
    keys = list(rows.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    found = rows.in_bulk(keys)
    page.object_list = [found[key] for key in keys if key in found]
    return page


def marked_words(request: HttpRequest) -> str:
    """The search whose words are marked on the page (?q=), cut to a length that stays cheap."""
    return request.GET.get("q", "")[:QUERY_LENGTH].strip()
