"""A file comes in: read, told apart from what is here, and kept at once until it is applied."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Literal

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.editing.conference_lookup import conference_corrected_by
from archive.editing.discards import undiscard
from archive.editing.retries import retried
from archive.models import Conference, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.records import ParsedConference, Problem, TranscriptError
from archive.parsing.sandbox.reader import parse_safely

UploadOutcome = Literal["new", "known", "corrects", "refused"]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file that came in.

    "new" waits to become a conference, "corrects" to correct `conference`. "known" was here: as
    `transcript`, waiting or applied. "refused" cannot be read, for `problem`; nothing is kept.
    """

    outcome: UploadOutcome
    transcript: Transcript | None = None  # None exactly when refused
    conference: Conference | None = None  # of "corrects", and of "known" unless it waits as new
    problem: Problem | None = None  # exactly when refused
    parsed: ParsedConference | None = None  # of "new" and "corrects"


def receive(
    content: bytes,
    filename: str,
    *,
    user: User | None,
    date: dt.date | None = None,
    convention: str = "",
) -> Received:
    """Read a file and keep it waiting. What cannot be read is refused, and never raises.

    `date` and `convention` are what an editor says with the file. A file that says no date is
    kept too. Of the same bytes twice at once one is kept, and the other is told of it.
    """
    known = _known(content)
    if known is not None:
        return known
    waiting = Transcript.of_file(
        content, filename, convention_given=convention, date_given=date, uploaded_by=user
    )
    try:
        # By a process apart: nobody knows yet what is in it.
        parsed = parse_safely(content, filename, date=date, convention=convention)
    except TranscriptError as error:
        return Received("refused", problem=error.problem)
    try:
        _keep(waiting, parsed)
    except IntegrityError:
        known = _known(content)
        if known is None:
            raise
        return known
    outcome: UploadOutcome = "corrects" if waiting.conference else "new"
    return Received(outcome, waiting, conference=waiting.conference, parsed=parsed)


@retried
def _keep(waiting: Transcript, parsed: ParsedConference) -> None:
    """Store a file that was read. Raises IntegrityError when its bytes are here."""
    waiting.conference = conference_corrected_by(parsed)
    waiting.media_type, waiting.encoding = parsed.media_type, parsed.encoding
    waiting.convention = parsed.convention
    waiting.problems = [asdict(problem) for problem in parsed.problems]
    with transaction.atomic():
        waiting.save(force_insert=True)


def look_again(waiting: Transcript, parsed: ParsedConference) -> Conference | None:
    """Match a waiting transcript that corrected nothing, now that its date is known."""
    found = conference_corrected_by(parsed)
    if found is not None:
        choose(waiting, found)
    return found


def choose(waiting: Transcript, conference: Conference) -> None:
    """Have a waiting transcript correct `conference`."""
    waiting.conference = conference
    waiting.save(update_fields=["conference"])


def _known(content: bytes) -> Received | None:
    """One query for whether these bytes are here. Those that were discarded wait again."""
    held = Transcript.objects.select_related("conference").defer("content")
    same = held.filter(sha256=sha256_of(content)).first()
    if same is not None and same.discarded_at is not None and not undiscard(same):
        return None  # removed just now
    return None if same is None else Received("known", same, conference=same.conference)
