"""Citing a conference or an exchange: what its page needs, and the files for programs."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import get_script_prefix, reverse
from django.utils.http import content_disposition_header

from archive.citations import FILES, Work
from archive.citing import citations, work_of_conference, work_of_exchange
from archive.head import head_of_conference, head_of_exchange
from archive.models import Appearance, Conference, Exchange, MovedAddress
from archive.views.moves import follow_moves


def lasting_url(request: HttpRequest, path: str) -> str:
    """`path`, an address of ours, with scheme and host and without a language: what is cited."""
    base = request.META.get("SCRIPT_NAME", "").rstrip("/")
    return request.build_absolute_uri(f"{base}/{path.removeprefix(get_script_prefix())}")


def conference_context(
    request: HttpRequest, conference: Conference, exchanges: list[Exchange]
) -> dict[str, Any]:
    """What the page of a conference needs to be cited. No queries: all of it must be at hand."""
    work = work_of_conference(conference, lasting_url(request, conference.get_absolute_url()))
    return {
        "citations": citations(work),
        # The page may be shown in the other script; what is cited stays as it was said.
        "cited_language": work.language,
        "head": head_of_conference(work, conference, exchanges),
        "cite_url": f"{conference.get_absolute_url()}cite.",
    }


def exchange_context(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """What the page of an exchange needs to be cited. No queries: all of it must be at hand."""
    work = work_of_exchange(exchange, lasting_url(request, exchange.get_absolute_url()))
    whole = lasting_url(request, exchange.conference.get_absolute_url())
    return {
        "citations": citations(work),
        # The page may be shown in the other script; what is cited stays as it was said.
        "cited_language": work.language,
        "head": head_of_exchange(work, exchange, whole),
        "cite_url": f"{exchange.get_absolute_url()}cite.",
    }


def published_with_speakers() -> QuerySet[Conference]:
    """Published conferences with who appeared: two queries."""
    appearances = Appearance.objects.select_related("speaker")
    return Conference.objects.published().prefetch_related(
        Prefetch("appearances", queryset=appearances)
    )


@follow_moves(MovedAddress.Kind.CONFERENCE)
def cite_conference(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A conference as a file for citation programs. Two queries."""
    conference = get_object_or_404(published_with_speakers(), slug=slug)
    url = lasting_url(request, conference.get_absolute_url())
    return _file(work_of_conference(conference, url), ending)


@follow_moves(MovedAddress.Kind.CONFERENCE)
def cite_exchange(request: HttpRequest, slug: str, ref: int, ending: str) -> HttpResponse:
    """An exchange as a file for citation programs. Three queries.

    One that was there once is cited as its conference, as its page leads there.
    """
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    exchange = conference.exchanges.for_reading().filter(ref=ref).first()
    if exchange is None:
        if not 1 <= ref <= conference.refs_given:
            raise Http404("This conference never had an exchange of that number.")
        return redirect(reverse("archive:cite_conference", args=[slug, ending]))
    exchange.conference = conference
    url = lasting_url(request, exchange.get_absolute_url())
    return _file(work_of_exchange(exchange, url), ending)


def _file(work: Work, ending: str) -> HttpResponse:
    made = FILES[ending]
    disposition = content_disposition_header(as_attachment=True, filename=f"{work.key}.{ending}")
    return HttpResponse(
        made.make(work),
        content_type=made.media_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )
