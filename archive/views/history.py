"""The history of a conference: its change log, its transcripts byte for byte, and their changes."""

import re
from itertools import zip_longest

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date
from django.views.decorators.http import condition

from archive.models import Conference, MovedAddress, Transcript
from archive.models.transcripts import TranscriptQuerySet
from archive.text.directions import show_directions
from archive.views.differences import compare_files, compare_versions
from archive.views.downloads import SANDBOX, download
from archive.views.redirects import follow_moves
from archive.views.versions import unkept

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")


@follow_moves(MovedAddress.Kind.CONFERENCE)
def history(request: HttpRequest, slug: str, sha: str = "") -> HttpResponse:
    """The change log of a conference, newest first: its versions, the files they were made from,
    and what the newest changed, or the file whose checksum begins with `sha`. Five queries; more
    the first time that two are compared.

    Of what was public before versions were kept there are files only.
    """
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    revisions = list(
        conference.revisions.select_related("transcript", "name_change").defer(
            "packed", "transcript__content", "name_change__moved"
        )
    )
    transcripts = list(conference.transcripts.applied().defer("content").order_by("-id"))
    at = next((at for at, one in enumerate(transcripts) if one.sha256.startswith(sha)), None)
    if at is None and sha:
        raise Http404("This conference never had such a transcript.")
    told = {revision.transcript_id for revision in revisions}
    pair = transcripts[at or 0 :][:2]
    difference = None
    if len(revisions) > 1 and not sha:
        difference = compare_versions(request, conference, *revisions[:2])
    elif len(pair) > 1:
        difference = compare_files(request, conference, *pair)
    context = {
        "conference": conference,
        "log": list(zip_longest(revisions, revisions[1:])),
        "transcripts": [one for one in transcripts if one.pk not in told],
        "by_file": bool(sha),
        "difference": difference,
    }
    response = render(request, "archive/history.html", context)
    return unkept(response) if difference is not None and difference.is_busy else response


def _public() -> TranscriptQuerySet:
    return Transcript.objects.applied().filter(conference__status=Conference.Status.PUBLISHED)


def _original_etag(_request: HttpRequest, slug: str, sha: str) -> str | None:
    shas = _public().filter(conference__slug=slug, sha256__startswith=sha)
    found = shas.values_list("sha256", flat=True).first()
    return f'"{found}"' if found else None


@follow_moves(MovedAddress.Kind.CONFERENCE)
@condition(etag_func=_original_etag)
def original(request: HttpRequest, slug: str, sha: str) -> HttpResponse:
    """A transcript as it was uploaded. Two queries, one of them to see whether it is known."""
    transcript = get_object_or_404(_public(), conference__slug=slug, sha256__startswith=sha)
    plain = transcript.media_type.startswith("text/")
    kind = f"text/plain; charset={transcript.encoding}" if plain else "application/octet-stream"
    shown = show_directions(_CONTROL.sub("_", transcript.filename))
    name = shown or f"{transcript.sha256[:16]}.txt"
    moment = http_date(transcript.created_at.timestamp())
    headers = {**SANDBOX, "Last-Modified": moment, "Cache-Control": "no-cache"}
    return download(bytes(transcript.content), name, kind, headers)
