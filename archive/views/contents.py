"""The contents of a conference, and the pages that a very long one is cut into."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.http import urlencode

from archive.http_cache.decorators import tell_shown
from archive.models import Answer, Conference, Exchange
from archive.models.base import FIRST_PAGE
from archive.text.truncation import truncate_line
from archive.views.list_options import chosen

_ORPHANS = 20  # exchanges: for so few no page is begun
_LOOKED_AT = 90  # characters of a text; blanks may take up half of them
_SHOWN = 42  # characters
_NOTHING = ("", "")


class PlaceForm(forms.Form):
    """?page=2 of a long conference, or ?at=130: the page that has this exchange."""

    page = forms.IntegerField(min_value=1, required=False)
    at = forms.IntegerField(min_value=1, required=False)


@dataclass(slots=True)
class ContentsLine:
    """One exchange in the contents: there may be thousands, too many for instances of models."""

    pk: int
    ref: int
    topic: str
    who: str  # asked, or makes a statement: the name, or the label as printed
    words: str  # its first
    is_question: bool
    is_follow_up: bool
    is_here: bool = False  # on the page that is shown


def contents_lines(conference: Conference) -> list[ContentsLine]:
    """Every exchange of `conference`, in order. Two queries, for the first words only."""
    said = Answer.objects.filter(
        exchange__conference=conference, exchange__kind=Exchange.Kind.STATEMENT
    )
    # The first answer comes last, and stays.
    rows = said.order_by("-position").values_list(
        "exchange", Left("text", _LOOKED_AT), "speaker__name", "label"
    )
    stated = {pk: (words, name or label) for pk, words, name, label in rows}
    exchanges = conference.exchanges.order_by("position").values_list(
        "pk",
        "ref",
        "topic",
        "outlet__name",
        "asked_by",
        Left("question", _LOOKED_AT),
        "follows",
    )
    return [
        ContentsLine(
            pk=pk,
            ref=ref,
            topic=topic,
            who=(outlet or asked_by) if question else stated.get(pk, _NOTHING)[1],
            words=truncate_line(question or stated.get(pk, _NOTHING)[0], _SHOWN),
            is_question=bool(question),
            is_follow_up=follows is not None,
        )
        for pk, ref, topic, outlet, asked_by, question, follows in exchanges
    ]


def contents_page(request: HttpRequest, lines: list[ContentsLine]) -> Page[ContentsLine]:
    """The page that ?page= names or that has the exchange ?at=; its lines know that they are here.

    Nonsense is the first page, and too far the last.
    """
    pages = Paginator(lines, FIRST_PAGE, orphans=_ORPHANS)
    given = chosen(PlaceForm(request.GET))
    place = next((place for place, line in enumerate(lines) if line.ref == given.get("at")), None)
    page = pages.get_page(given.get("page") if place is None else place // FIRST_PAGE + 1)
    tell_shown(request, page=page.number)
    for line in page.object_list:
        line.is_here = True
    return page


def kept_query(request: HttpRequest) -> str:
    """What links to another page take along: the words that are marked, and the script."""
    given = {name: request.GET.get(name, "") for name in ("q", "script")}
    return urlencode({name: value for name, value in given.items() if value})
