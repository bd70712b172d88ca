"""Every state in which a conference was public, kept as it was."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from archive.editing.differences import keep_difference
from archive.editing.interpretation import standing
from archive.editing.public_change import public_change
from archive.exports.conference_json import conference_as_json, conferences_as_json
from archive.models import Conference, NameChange, PreparedRevision, Revision, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.formats.dawen_json import VERSION
from archive.signals import conference_changed

_AT_ONCE = 50  # conferences whose newest revisions are read together


def record_revision(
    conference: Conference,
    event: Revision.Event | str,
    *,
    user: User | None,
    reason: str = "",
) -> Revision:
    """Keep the conference as its rows are now; to be called in the transaction that made them.

    Answers the last revision where neither event nor content is new; another format of the same
    content is not. Ten queries, however long the conference is.
    """
    with public_change():
        # Whoever numbers a revision holds the conference, so no number is given twice.
        Conference.objects.select_for_update().only("pk").get(pk=conference.pk)
        last = conference.revisions.first()
        if last is not None and last.event == event and is_as_in(last, conference):
            return last
        content = conference_as_json(conference, VERSION)
        transcript = current_transcript(conference) or _as_file(conference, content, user)
        revision = Revision(
            conference=conference,
            number=last.number + 1 if last else 1,
            event=event,
            transcript=transcript,
            corrections=sum(one.fits for one in standing(transcript.corrections.all())),
            export_format=VERSION,
            reason=reason,
            made_by=user,
        )
        revision.content = content
        revision.save()
        if last is not None:
            keep_difference(conference, last, revision)
        return revision


def is_as_in(revision: Revision, conference: Conference) -> bool:
    """Whether the rows say what a revision says, in whichever format it was written. Three
    queries."""
    content = conference_as_json(conference, revision.export_format)
    return revision.sha256 == sha256_of(content)


def newest_of(conferences: Collection[int]) -> Iterator[Revision]:
    """The newest revision of each conference, without its content, in order of their keys."""
    ordered = sorted(conferences)
    for at in range(0, len(ordered), _AT_ONCE):
        rows = Revision.objects.filter(conference_id__in=ordered[at : at + _AT_ONCE])
        found = rows.defer("packed").order_by("conference_id", "number")
        yield from {one.conference_id: one for one in found}.values()


def differing(newest: Collection[Revision]) -> Iterator[tuple[Revision, bytes]]:
    """Those revisions, each the newest of its conference, from which the rows differ by now, and
    what the rows say, in today's format. Some four queries for fifty."""
    written: dict[int, list[Revision]] = defaultdict(list)
    for one in newest:
        written[one.export_format].append(one)
    for export_format, rows in written.items():
        known = {one.conference_id: one for one in rows}
        for key, content in conferences_as_json(known, export_format):
            if known[key].sha256 == sha256_of(content):
                continue
            if export_format != VERSION:
                ((_key, content),) = conferences_as_json([key], VERSION)  # noqa: PLW2901
            yield known[key], content


def only_names_differ(revision: Revision, content: bytes) -> bool:
    """Whether an export differs from a revision in no more than who is named, and the address."""
    return _without_names(revision.content) == _without_names(content)


def _without_names(content: bytes) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(content)
    for exchange in data["exchanges"]:
        exchange["outlet"] = ""
        for answer in exchange["answers"]:
            answer["speaker"] = ""
    return data | {"slug": "", "speakers": []}


def record_first(conferences: Collection[int]) -> None:
    """Keep what readers saw so far of published conferences of which nothing is kept."""
    rows = Conference.objects.published().filter(pk__in=conferences, revisions=None)
    for conference in rows.order_by("pk"):
        record_revision(conference, Revision.Event.PUBLISHED, user=None)
        conference_changed.send(sender=Revision, conference_id=conference.pk)


def record_name_change(change: NameChange, conferences: Collection[int]) -> int:
    """Keep each published conference as its rows are now, where the change of a name changed it;
    how many. The caller holds the conferences.

    What was prepared is taken, as far as it still holds.
    """
    made = 0
    ordered = sorted(conferences)
    for at in range(0, len(ordered), _AT_ONCE):
        newest = list(newest_of(ordered[at : at + _AT_ONCE]))
        prepared = {
            one.follows_id: one
            for one in PreparedRevision.objects.filter(name_change=change, follows__in=newest)
        }
        found = [
            _following(last, change, bytes(ready.packed), ready.sha256)
            for last in newest
            if (ready := prepared.get(last.pk)) is not None and ready.packed is not None
        ]
        for last, content in differing([one for one in newest if one.pk not in prepared]):
            found.append(_following(last, change))
            found[-1].content = content
        Revision.objects.bulk_create(found)
        made += len(found)
    return made


def _following(
    last: Revision, change: NameChange, packed: bytes = b"", sha256: str = ""
) -> Revision:
    """Made from the same file and corrections: only names are others."""
    return Revision(
        conference_id=last.conference_id,
        number=last.number + 1,
        event=Revision.Event.CORRECTED,
        transcript_id=last.transcript_id,
        corrections=last.corrections,
        export_format=VERSION,
        name_change=change,
        reason=change.reason,
        made_by=change.made_by,
        packed=packed,
        sha256=sha256,
    )


def current_transcript(conference: Conference) -> Transcript | None:
    """The one its rows are made from, without its bytes. One query."""
    return conference.transcripts.current().defer("content").first()


def _as_file(conference: Conference, content: bytes, user: User | None) -> Transcript:
    """What was typed in by hand becomes a file: its own export, which can be read like any."""
    transcript, _created = Transcript.objects.get_or_create(
        sha256=sha256_of(content),
        defaults={
            "conference": conference,
            "filename": f"{conference.slug}.json",
            "media_type": "application/json",
            "content": content,
            "size": len(content),
            "encoding": "utf-8",
            "convention": "marked-up",  # as the parser calls what needs none
            "uploaded_by": user,
            "applied_at": timezone.now(),
        },
    )
    return transcript
