"""The one way from a transcript and its corrections to the rows of a conference."""

from collections.abc import Sequence
from dataclasses import asdict

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.editing import publication, revisions
from archive.editing.carry_over import carry_over
from archive.editing.conference_lookup import conference_corrected_by
from archive.editing.interpretation import Understood, understand_transcript
from archive.editing.persistence import Saved, save_conference
from archive.exports.conference_json import conference_as_json
from archive.models import Conference, Revision, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.records import Problem, TranscriptError


class ReasonWanted(ValueError):
    """Readers are told why something public is changed, and nothing was said."""

    def __init__(self) -> None:
        super().__init__(_("Readers see why a conference was corrected. Say the reason."))


class Superseded(ValueError):
    """A newer file has taken this transcript's place, so nothing is made from it any more."""

    def __init__(self) -> None:
        super().__init__(
            _("A newer file has taken the place of this one. Correct that one instead.")
        )


def apply(
    transcript: Transcript,
    *,
    user: User | None,
    publish: bool,
    reason: str = "",
    anew: bool = False,
) -> Saved:
    """Make the rows of a conference what a transcript and its corrections say, all or nothing.

    A waiting transcript becomes a new conference (`anew`: even where it looks like one that is
    here) or supersedes the transcript of the one it corrects, whose corrections are carried over.
    With `publish` a draft becomes public. Raises ReasonWanted where something public would change
    without a reason, Superseded, and TranscriptError for what cannot be read or has no date.
    """
    with transaction.atomic():
        hold(transcript)
        given = reason.strip()
        return apply_held(transcript, user=user, publish=publish, reason=given, anew=anew)


def hold(transcript: Transcript) -> None:
    """Take the row until the transaction ends, and read what others may have changed of it.

    Raises Superseded when another transcript has taken its place meanwhile.
    """
    # no_key: who holds the conference, as publishing does, may point to the transcript meanwhile;
    # else each would wait for the other.
    Transcript.objects.select_for_update(no_key=True).only("pk").get(pk=transcript.pk)
    transcript.refresh_from_db(
        fields=["conference", "applied_at", "supersedes", "date_given", "convention_given"]
    )
    if Transcript.objects.filter(supersedes=transcript).exists():
        raise Superseded


def apply_held(  # noqa: PLR0913 - what is known already spares reading it
    transcript: Transcript,
    *,
    user: User | None,
    publish: bool,
    reason: str | None = None,
    anew: bool = False,
    understood: Understood | None = None,
    before: Understood | None = None,
) -> Saved:
    """apply() of a transcript that the caller holds, and perhaps understood already; its rows say
    what was understood `before`, where that is given.

    Where `reason` is None, as on the command line, none is wanted. Raises ReasonWanted where it is
    empty and something public would change, and TranscriptError as apply() does.
    """
    waits = transcript.applied_at is None
    understood = understood or understand_transcript(transcript)
    existing = _conference_of(transcript, understood, anew=anew)
    if existing is not None and existing.is_published and reason == "":
        raise ReasonWanted
    if waits and existing is not None and carry_over(transcript, existing):
        understood = understand_transcript(transcript)
    understood.keep_fits()
    if understood.parsed.date is None:
        raise TranscriptError("no_date")
    current = None if existing is None else revisions.current_transcript(existing)
    if existing is not None and existing.is_published and not existing.revisions.exists():
        # What readers saw so far, so that both versions can be read.
        revisions.record_revision(existing, Revision.Event.PUBLISHED, user=None)
    parsed_before = before.parsed if before else None
    conference, problems = save_conference(understood.parsed, existing, before=parsed_before)
    _mark_applied(transcript, conference, understood, problems, current)
    if conference.is_published and (waits or not _is_as_it_was(conference)):
        event = Revision.Event.CORRECTED
        revisions.record_revision(conference, event, user=user, reason=reason or "")
    elif publish and conference.is_draft:
        # What was withdrawn is not brought back by a correction.
        publication.publish(conference, user=user, reason=reason or "")
    return Saved("updated" if existing else "created", conference, transcript, problems)


def _conference_of(
    transcript: Transcript, understood: Understood, *, anew: bool
) -> Conference | None:
    """The conference that is to be changed, held until the transaction ends; None for a new one."""
    existing = transcript.conference
    if transcript.applied_at is None:
        existing = None if anew else existing or conference_corrected_by(understood.parsed)
    if existing is None:
        return None
    # Locked: two corrections at once must not give one ref twice.
    return Conference.objects.select_for_update().get(pk=existing.pk)


def _mark_applied(
    transcript: Transcript,
    conference: Conference,
    understood: Understood,
    problems: Sequence[Problem],
    before: Transcript | None,
) -> None:
    transcript.conference = conference
    transcript.convention = understood.parsed.convention
    transcript.problems = [asdict(problem) for problem in problems]
    transcript.applied_at = timezone.now()
    fields = ["conference", "convention", "problems", "applied_at"]
    if before is not None and before != transcript:
        transcript.supersedes = before
        fields.append("supersedes")
    transcript.save(update_fields=fields)


def _is_as_it_was(conference: Conference) -> bool:
    """Whether readers see nothing new. Four queries."""
    last = conference.revisions.defer("packed").first()
    return last is not None and last.sha256 == sha256_of(conference_as_json(conference))
