"""Every state in which a conference was public, kept as it was."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.editing.differences import keep_difference
from archive.editing.interpretation import standing
from archive.exports.conference_json import conference_as_json
from archive.models import Conference, Revision, Transcript
from archive.models.transcripts import sha256_of


def record_revision(
    conference: Conference,
    event: Revision.Event | str,
    *,
    user: User | None,
    reason: str = "",
) -> Revision:
    """Keep the conference as its rows are now; to be called in the transaction that made them.

    Answers the last revision where neither event nor content is new. Ten queries, however long
    the conference is.
    """
    with transaction.atomic():
        # Whoever numbers a revision holds the conference, so no number is given twice.
        Conference.objects.select_for_update().only("pk").get(pk=conference.pk)
        content = conference_as_json(conference)
        last = conference.revisions.first()
        if last is not None and (last.event, last.sha256) == (event, sha256_of(content)):
            return last
        transcript = current_transcript(conference) or _as_file(conference, content, user)
        revision = Revision(
            conference=conference,
            number=last.number + 1 if last else 1,
            event=event,
            transcript=transcript,
            corrections=sum(one.fits for one in standing(transcript.corrections.all())),
            reason=reason,
            made_by=user,
        )
        revision.content = content
        revision.save()
        if last is not None:
            keep_difference(conference, last, revision)
        return revision


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
