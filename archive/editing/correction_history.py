"""Recording what editors put right, two of them at once if need be, and undoing it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.editing.backfill import adopt
from archive.editing.conflicts import clashing, found_before
from archive.editing.interpretation import (
    Understood,
    append_corrections,
    rows_of,
    standing,
    understand_transcript,
    undoing_of,
)
from archive.editing.persistence import Saved
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.editing.transcript_application import apply_held, hold
from archive.editing.validation import check
from archive.models import Correction, Transcript
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted


class EditedMeanwhile(ValueError):
    """Somebody else corrected the same place since the editor's page was shown. Nothing was
    recorded; `theirs` are what others did since then."""

    def __init__(self, theirs: Sequence[Correction]) -> None:
        super().__init__(_("Somebody else corrected the same place meanwhile."))
        self.theirs = tuple(theirs)


class DoesNotFit(ValueError):
    """The place that is to be corrected is not there. Nothing was recorded."""

    def __init__(self, wanted: Wanted) -> None:
        line = wanted.line or "–"
        sentence = _("What is to be corrected on line %(line)s was not found. Load the page again.")
        super().__init__(sentence % {"line": line})
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and what others had done since the editor's page was shown."""

    corrections: tuple[Correction, ...]
    meanwhile: tuple[Correction, ...] = ()
    saved: Saved | None = None  # of a draft, whose rows follow at once


@retried
def record(
    transcript: Transcript, corrections: Sequence[Wanted], *, seen: int, user: User | None
) -> Recorded:
    """Keep `corrections`, made on the state after the correction numbered `seen` (0: none).

    What others did since then elsewhere stays and is told; raises EditedMeanwhile when it was
    done at the same place. The rows of a draft follow at once, those of a public conference when
    the transcript is applied. Raises DoesNotFit, ValueError for values that no correction has,
    Superseded, and what apply() raises.
    """
    for one in corrections:
        check(one)
    with public_change():
        hold(transcript)
        rows = rows_of(transcript)
        adopted = [] if rows else adopt(transcript)  # what was written by hand before the first
        rows = rows or adopted
        theirs = [row for row in rows if row.number > seen and row not in adopted]
        wanted = [one for one in corrections if not _is_there(one, theirs)]
        if not wanted:
            return Recorded((), tuple(theirs))
        shown = understand_transcript(transcript, until=seen)
        if theirs and clashing(transcript, shown, theirs, rows, wanted):
            raise EditedMeanwhile(theirs)
        before = understand_transcript(transcript) if not adopted else None
        made = append_corrections(transcript, _made(wanted, shown, user), rows)
        understood = understand_transcript(transcript)
        _check_fits(understood, made, wanted, theirs)
        saved = _follow(transcript, understood, user, before)
        return Recorded(tuple(made), tuple(theirs), saved)


@retried
def undo(transcript: Transcript, number: int, *, user: User | None) -> Recorded:
    """Let a correction count no more; what was undone already stays so.

    It is kept with a correction that undoes it, so nothing that was done is forgotten. Later
    ones that were about what it made may fit no more. Raises LookupError, Superseded and what
    apply() raises.
    """
    with public_change():
        hold(transcript)
        rows = rows_of(transcript)
        undone = next((row for row in rows if row.number == number), None)
        if undone is None:
            raise LookupError(f"There is no correction {number} of {transcript}.")
        if "undoes" not in undone.value and undone not in standing(rows):
            return Recorded(())
        undoing = undoing_of(undone, user)
        undoing.before = undone.value
        before = understand_transcript(transcript)
        made = append_corrections(transcript, [undoing], rows)
        understood = understand_transcript(transcript)
        return Recorded(tuple(made), (), _follow(transcript, understood, user, before))


def _is_there(one: Wanted, theirs: Sequence[Correction]) -> bool:
    """Whether the same was recorded already, as when a form is sent twice."""
    wanted = (one.kind, one.line, one.text, one.value)
    return any((row.kind, row.line, row.text, row.value) == wanted for row in theirs)


def _made(wanted: Sequence[Wanted], shown: Understood, user: User | None) -> Iterator[Correction]:
    for one, before in zip(wanted, found_before(shown, wanted), strict=True):
        yield Correction(
            kind=one.kind,
            line=one.line,
            text=one.text,
            value=dict(one.value),
            before=before,
            made_by=user,
        )


def _check_fits(
    understood: Understood,
    made: Sequence[Correction],
    wanted: Sequence[Wanted],
    theirs: Sequence[Correction],
) -> None:
    fits = {row.number: row.fits for row in understood.corrections}
    for row, one in zip(made, wanted, strict=True):
        if not fits[row.number]:
            if theirs:
                raise EditedMeanwhile(theirs)
            raise DoesNotFit(one)


def _follow(
    transcript: Transcript, understood: Understood, user: User | None, before: Understood | None
) -> Saved | None:
    """Have everything that follows the corrections at once follow them."""
    conference = transcript.conference
    if transcript.applied_at is None:
        transcript.problems = [asdict(problem) for problem in understood.parsed.problems]
        transcript.save(update_fields=["problems"])
    elif conference is not None and conference.is_draft:
        return apply_held(
            transcript, user=user, publish=False, understood=understood, before=before
        )
    understood.keep_fits()
    return None
