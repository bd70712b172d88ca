"""What list pages share."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50
QUERY_LENGTH = 200

Row = TypeVar("Row", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[Row]) -> Page[Row]:
    """The page of `rows` that ?page= names: the first for nonsense, the last for too far.

    Two queries: the count and the rows.
    """
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)  # fetched here, so that the template asks nothing
    return page


def marked_words(request: HttpRequest) -> str:
    """The search whose words are marked on the page (?q=), cut to a length that stays cheap."""
    return request.GET.get("q", "")[:QUERY_LENGTH].strip()
