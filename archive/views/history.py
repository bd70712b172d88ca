"""The history of a conference: its change log, its transcripts byte for byte, and their changes."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import condition

from archive.http_cache.build_id import build_id
from archive.models import Conference, MovedAddress, Transcript
from archive.models.transcripts import TranscriptQuerySet
from archive.parsing.parser import parse_transcript
from archive.parsing.records import TranscriptError
from archive.parsing.transcript_diff import Change, compare
from archive.views.redirects import follow_moves
from archive.views.versions import compare_versions

# Nobody shall run what somebody uploaded, whatever a browser makes of it.
SANDBOX = "default-src 'none'; sandbox"
_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True, slots=True)
class TranscriptComparison:
    """What `new` changed in `old`. `changes`: None when one of them cannot be read any more."""

    old: Transcript
    new: Transcript
    changes: list[Change] | None
    facts: tuple[()] = ()  # are compared between versions only


@follow_moves(MovedAddress.Kind.CONFERENCE)
def history(request: HttpRequest, slug: str, sha: str = "") -> HttpResponse:
    """The change log of a conference, newest first: its versions, the files they were made from,
    and what the newest changed, or the file whose checksum begins with `sha`. Four queries at most.

    Of what was public before versions were kept there are files only.
    """
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    revisions = list(
        conference.revisions.select_related("transcript").defer("packed", "transcript__content")
    )
    transcripts = list(conference.transcripts.applied().defer("content").order_by("-id"))
    at = next((at for at, one in enumerate(transcripts) if one.sha256.startswith(sha)), None)
    if at is None and sha:
        raise Http404("This conference never had such a transcript.")
    told = {revision.transcript_id for revision in revisions}
    context = {
        "conference": conference,
        "log": list(zip_longest(revisions, revisions[1:])),
        "transcripts": [one for one in transcripts if one.pk not in told],
        "by_file": bool(sha),
        "difference": compare_versions(*revisions[:2])
        if len(revisions) > 1 and not sha
        else _compare_pair(conference, transcripts[at or 0 :][:2]),
    }
    return render(request, "archive/history.html", context)


def _compare_pair(conference: Conference, pair: list[Transcript]) -> TranscriptComparison | None:
    """None for the first transcript, which changed nothing.

    Files never change, so this program's comparison of two of them is kept. At most one query.
    """
    if len(pair) < 2:
        return None
    new, old = pair
    key = f"difference:{build_id()}:{conference.date}:{old.sha256}:{new.sha256}"
    kept: tuple[list[Change] | None] | None = cache.get(key)
    if kept is None:
        kept = (_compare_files(conference, old, new),)
        cache.set(key, kept, timeout=None)
    return TranscriptComparison(old, new, kept[0])


def _compare_files(conference: Conference, old: Transcript, new: Transcript) -> list[Change] | None:
    """What the newer of two files changed; None when one cannot be read any more. One query."""
    files = Transcript.objects.filter(pk__in=[old.pk, new.pk]).values_list("pk", "content")
    contents = dict(files)
    try:
        # The day may stand nowhere in the file; the editor gave it.
        before, after = (
            parse_transcript(bytes(contents[one.pk]), one.filename, date=conference.date)
            for one in (old, new)
        )
    except TranscriptError:
        return None
    return compare(before, after)


def _public() -> TranscriptQuerySet:
    published = Conference.Status.PUBLISHED
    return Transcript.objects.applied().filter(conference__status=published)


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
    name = _CONTROL.sub("_", transcript.name) or f"{transcript.sha256[:16]}.txt"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        bytes(transcript.content),
        content_type=kind,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Last-Modified": http_date(transcript.created_at.timestamp()),
            "Cache-Control": "no-cache",
        },
    )
