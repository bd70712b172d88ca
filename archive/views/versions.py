"""Every version of a conference that was public: its words, its file, and what it changed."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date
from django.views.decorators.http import condition

from archive.models import FIRST_PAGE, Conference, MovedAddress, Revision
from archive.views.differences import compare_versions
from archive.views.downloads import download
from archive.views.redirects import follow_moves


def unkept(response: HttpResponse) -> HttpResponse:
    """Of a page that says something else the next time: nobody keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response


@follow_moves(MovedAddress.Kind.CONFERENCE)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: what it changed, and all its words, a page of them where they are many.
    Four queries; more the first time that it is compared."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    revisions = conference.revisions.select_related("transcript", "name_change")
    revisions = revisions.defer("transcript__content", "name_change__moved")
    this = get_object_or_404(revisions, number=number)
    others = conference.revisions.defer("packed")
    earlier = others.filter(number__lt=number).order_by("-number").first()
    later = others.filter(number__gt=number).order_by("number").first()
    difference = compare_versions(request, conference, this, earlier)
    pages = Paginator(json.loads(this.content).get("exchanges", []), FIRST_PAGE)
    context = {
        "conference": conference,
        "revision": this,
        "earlier": earlier,
        "later": later,
        "difference": difference,
        "page_obj": pages.get_page(request.GET.get("page")),
    }
    response = render(request, "archive/version.html", context)
    return unkept(response) if difference is not None and difference.is_busy else response


def _version_etag(_request: HttpRequest, slug: str, number: int) -> str | None:
    published = Conference.Status.PUBLISHED
    found = Revision.objects.filter(conference__slug=slug, number=number)
    sha = found.filter(conference__status=published).values_list("sha256", flat=True).first()
    return f'"{sha}"' if sha else None


@follow_moves(MovedAddress.Kind.CONFERENCE)
@condition(etag_func=_version_etag)
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as the file of which the change log tells the checksum. Three queries."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    revision = get_object_or_404(conference.revisions, number=number)
    return download(
        revision.content,
        f"{conference.slug}-{revision.number}.json",
        "application/json; charset=utf-8",
        {"Last-Modified": http_date(revision.made_at.timestamp()), "Cache-Control": "no-cache"},
    )
