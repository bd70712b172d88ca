"""Every version of a conference that was public: its words, its file, and what it changed."""

import json
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import get_language
from django.views.decorators.http import condition

from archive.editing.version_diff import Fact, compare_exports
from archive.http_cache.build_id import build_id
from archive.models import Conference, MovedAddress, Revision
from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedConference, TranscriptError
from archive.parsing.transcript_diff import Change
from archive.views.redirects import follow_moves


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """What `new` changed in `old`."""

    old: Revision
    new: Revision
    facts: tuple[Fact, ...]
    changes: list[Change]


def compare_versions(new: Revision, old: Revision | None) -> VersionComparison | None:
    """What a version changed in the one before; None for the first, which changed nothing.

    Versions never change, so this program's comparison of two of them is kept. At most one query.
    """
    if old is None:
        return None
    key = f"versions:{build_id()}:{get_language()}:{old.sha256}:{new.sha256}"
    kept: tuple[tuple[Fact, ...], list[Change]] | None = cache.get(key)
    if kept is None:
        packed = Revision.objects.filter(pk__in=[old.pk, new.pk])
        contents = {one.pk: one.content for one in packed.only("packed")}
        compared = compare_exports(json.loads(contents[old.pk]), json.loads(contents[new.pk]))
        kept = (compared.facts, [one.change for one in compared.changes])
        cache.set(key, kept, timeout=None)
    return VersionComparison(old, new, *kept)


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
    name = f"{conference.slug}-{revision.number}.json"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        revision.content,
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": disposition or "attachment",
            "Last-Modified": http_date(revision.made_at.timestamp()),
            "Cache-Control": "no-cache",
        },
    )
