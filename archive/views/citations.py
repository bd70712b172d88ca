"""Citing a conference or an exchange: what its page needs, and the files for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import get_script_prefix, reverse

from archive.citations import CITATION_FILES, Work
from archive.models import Conference, Exchange, MovedAddress
from archive.views.citation_rows import citations, work_of_conference, work_of_exchange
from archive.views.downloads import download
from archive.views.page_metadata import PageMetadata, conference_metadata, exchange_metadata
from archive.views.redirects import follow_moves, redirect_gone_exchange


def lasting_url(request: HttpRequest, path: str) -> str:
    """`path`, an address of ours, with scheme and host and without a language: what is cited."""
    base = request.META.get("SCRIPT_NAME", "").rstrip("/")
    return request.build_absolute_uri(f"{base}/{path.removeprefix(get_script_prefix())}")


def conference_context(
    request: HttpRequest, conference: Conference, exchanges: list[Exchange]
) -> dict[str, Any]:
    """What the page of a conference needs to be cited. No queries: all of it must be at hand."""
    work = work_of_conference(conference, lasting_url(request, conference.get_absolute_url()))
    return _context(work, conference, conference_metadata(work, conference, exchanges))


def exchange_context(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """What the page of an exchange needs to be cited. No queries: all of it must be at hand."""
    work = work_of_exchange(exchange, lasting_url(request, exchange.get_absolute_url()))
    whole = lasting_url(request, exchange.conference.get_absolute_url())
    return _context(work, exchange, exchange_metadata(work, exchange, whole))


def _context(work: Work, row: Conference | Exchange, head: PageMetadata) -> dict[str, Any]:
    return {
        "citations": citations(work),
        # The page may be shown in the other script; what is cited stays as it was said.
        "cited_language": work.language,
        "head": head,
        "cite_url": f"{row.get_absolute_url()}cite.",
    }


@follow_moves(MovedAddress.Kind.CONFERENCE)
def cite_conference(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A conference as a file for citation programs. Two queries."""
    conference = get_object_or_404(Conference.objects.published().with_speakers(), slug=slug)
    url = lasting_url(request, conference.get_absolute_url())
    return _file(work_of_conference(conference, url), ending)


@follow_moves(MovedAddress.Kind.CONFERENCE)
def cite_exchange(request: HttpRequest, slug: str, ref: int, ending: str) -> HttpResponse:
    """An exchange, or the conference of one that is gone, as such a file. Three queries."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    exchange = conference.exchanges.for_reading().filter(ref=ref).first()
    if exchange is None:
        url = reverse("archive:cite_conference", args=[slug, ending])
        return redirect_gone_exchange(conference, ref, url)
    exchange.conference = conference
    url = lasting_url(request, exchange.get_absolute_url())
    return _file(work_of_exchange(exchange, url), ending)


def _file(work: Work, ending: str) -> HttpResponse:
    made = CITATION_FILES[ending]
    return download(made.make(work), f"{work.key}.{ending}", made.media_type)
