"""Every version of a conference that was public: its words, its file, and what it changed."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import condition

from archive.editing.version_diff import Fact, compare_exports
from archive.http_cache.build_id import build_id
from archive.models import Conference, MovedAddress, Revision, Transcript
from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedConference, TranscriptError
from archive.parsing.transcript_diff import Change
from archive.views.downloads import download
from archive.views.redirects import follow_moves


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """What `new`, a version or a file, changed in `old`.

    `changes`: None when one of two files cannot be read any more. Facts are told of versions only.
    """

    old: Revision | Transcript
    new: Revision | Transcript
    changes: list[Change] | None
    facts: tuple[Fact, ...] = ()


def compare_versions(new: Revision, old: Revision | None) -> VersionComparison | None:
    """What a version changed in the one before; None for the first, which changed nothing.

    Versions never change, so this program's comparison of two of them is kept. At most one query.
    """
    if old is None:
        return None
    key = f"versions:{build_id()}:{get_language()}:{old.sha256}:{new.sha256}"
    kept: Any = cache.get_or_set(key, lambda: _compare(old.pk, new.pk), timeout=None)
    return VersionComparison(old, new, *kept)


def _compare(old: int, new: int) -> tuple[list[Change], tuple[Fact, ...]]:
    packed = Revision.objects.filter(pk__in=[old, new]).only("packed")
    data = {one.pk: json.loads(one.content) for one in packed}
    compared = compare_exports(data[old], data[new])
    return [one.change for one in compared.changes], compared.facts


def _read(conference: Conference, content: bytes) -> ParsedConference | None:
    """A version as the parser reads it; None for what nobody can read, such as one of no words."""
    try:
        return parse_transcript(content, "version.json", date=conference.date)
    except TranscriptError:
        return None


@follow_moves(MovedAddress.Kind.CONFERENCE)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: what it changed, and all its words. Four queries, five the first time."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    revisions = conference.revisions.select_related("transcript", "name_change")
    revisions = revisions.defer("transcript__content", "name_change__moved")
    this = get_object_or_404(revisions, number=number)
    others = conference.revisions.defer("packed")
    earlier = others.filter(number__lt=number).order_by("-number").first()
    later = others.filter(number__gt=number).order_by("number").first()
    context = {
        "conference": conference,
        "revision": this,
        "earlier": earlier,
        "later": later,
        "difference": compare_versions(this, earlier),
        "parsed": _read(conference, this.content),
    }
    return render(request, "archive/version.html", context)


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
