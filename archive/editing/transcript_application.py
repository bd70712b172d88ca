"""The one way from a transcript and its corrections to the rows of a conference."""

from collections.abc import Sequence
from dataclasses import asdict

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.editing import publication, revisions
from archive.editing.carry_over import carry_over
from archive.editing.conference_lookup import conference_corrected_by
from archive.editing.interpretation import Understood, understand_transcript
from archive.editing.persistence import Saved, save_conference
from archive.editing.public_change import public_change
from archive.editing.publishing_right import ReasonWanted
from archive.editing.retries import retried
from archive.models import Conference, Revision, Transcript
from archive.parsing.records import Problem, TranscriptError


class Superseded(ValueError):
    """A newer file has taken this transcript's place, so nothing is made from it any more."""

    def __init__(self) -> None:
        super().__init__(
            _("A newer file has taken the place of this one. Correct that one instead.")
        )


class Discarded(Superseded):
    """Nothing is made from a transcript that was discarded, until it is restored."""

    def __init__(self) -> None:
        ValueError.__init__(
            self,
            _("This file was discarded. Restore it in the list of uploads, then save once more."),
        )


@retried
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
    with public_change():
        hold(transcript)
        given = reason.strip()
        return apply_held(transcript, user=user, publish=publish, reason=given, anew=anew)


def hold(transcript: Transcript) -> None:
    """Take the row until the transaction ends, and read what others may have changed of it.

    Raises Superseded when another transcript has taken its place meanwhile, Discarded when somebody
    threw it away.
    """
    # no_key: who holds the conference, as publishing does, may point to the transcript meanwhile;
    # else each would wait for the other.
    Transcript.objects.select_for_update(no_key=True).only("pk").get(pk=transcript.pk)
    transcript.refresh_from_db(
        fields=[
            *("conference", "applied_at", "supersedes", "date_given", "convention_given"),
            "discarded_at",
        ]
    )
    if transcript.discarded_at is not None:
        raise Discarded
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
    current = None if existing is None else _keep_what_was(existing)
    rows_say = before.parsed if before else None
    conference, problems = save_conference(understood.parsed, existing, before=rows_say)
    _mark_applied(transcript, conference, understood, problems, current)
    if conference.is_published and (waits or not _is_as_it_was(conference)):
        event = Revision.Event.CORRECTED
        revisions.record_revision(conference, event, user=user, reason=reason or "")
    elif publish and conference.is_draft:
        # What was withdrawn is not brought back by a correction.
        publication.publish(conference, user=user, reason=reason or "")
    return Saved("updated" if existing else "created", conference, transcript, problems)


def _keep_what_was(conference: Conference) -> Transcript | None:
    """The transcript so far. What readers saw becomes a revision, so that both can be read."""
    if conference.is_published and not conference.revisions.exists():
        revisions.record_revision(conference, Revision.Event.PUBLISHED, user=None)
    return revisions.current_transcript(conference)


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
    # The command applies what it is given, also where an editor discarded the same bytes.
    transcript.discarded_at = transcript.discarded_by = None
    fields = ["conference", "convention", "problems", "applied_at", "discarded_at", "discarded_by"]
    if before is not None and before != transcript:
        transcript.supersedes = before
        fields.append("supersedes")
    transcript.save(update_fields=fields)


def _is_as_it_was(conference: Conference) -> bool:
    """Whether readers see nothing new. Four queries."""
    last = conference.revisions.defer("packed").first()
    return last is not None and revisions.is_as_in(last, conference)
