"""A transcript from bytes to rows, and what became of it as JSON: for the command and the page."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.editing.interpretation import Understood, prepare_file, understand_prepared
from archive.editing.persistence import Saved
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.editing.transcript_application import apply_held
from archive.models import Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.reading_ahead import ReadFile
from archive.parsing.records import Problem, TranscriptError


@retried
def load(  # noqa: PLR0913 - what is known of one file
    content: bytes,
    filename: str,
    *,
    publish: bool,
    date: dt.date | None = None,
    convention: str = "",
    uploaded_by: User | None = None,
    ahead: ReadFile | None = None,
) -> Saved:
    """Read `content` and save what it says. Raises TranscriptError; then nothing was saved.

    `date` and `convention` say what parse_transcript() would find out; `ahead` is the file as it
    was read with them already. Bytes that wait since an
    editor uploaded them are applied with his corrections; bytes that were applied are not read
    again. Of the same bytes twice at once one is saved, and the other finds them here.
    """
    try:
        with public_change():
            transcript = Transcript.objects.select_for_update().of_bytes(content)
            if transcript is not None and transcript.applied_at is not None:
                return _unchanged(transcript)
            understood = None
            if transcript is None:
                given = {"convention_given": convention, "date_given": date}
                transcript = Transcript.of_file(content, filename, uploaded_by=uploaded_by, **given)
                understood = _read(transcript, content, ahead)
            return apply_held(transcript, user=uploaded_by, publish=publish, understood=understood)
    except IntegrityError:
        same = Transcript.objects.applied().of_bytes(content)
        if same is None:
            raise
        return _unchanged(same)


def _read(transcript: Transcript, content: bytes, ahead: ReadFile | None) -> Understood:
    """What a new file says, which is kept as a transcript of no conference yet."""
    file = ahead.prepared if ahead else prepare_file(transcript, content)
    transcript.media_type, transcript.encoding = file.document.media_type, file.document.encoding
    transcript.save(force_insert=True)
    return understand_prepared(transcript, file, looked=ahead.understanding if ahead else None)


def _unchanged(transcript: Transcript) -> Saved:
    if transcript.conference is None:
        raise ValueError(f"{transcript} was applied to no conference.")
    problems = tuple(Problem(**problem) for problem in transcript.problems)
    return Saved("unchanged", transcript.conference, transcript, problems)


@retried
def try_out(
    content: bytes,
    filename: str,
    *,
    publish: bool,
    date: dt.date | None = None,
    convention: str = "",
) -> dict[str, Any]:
    """What load() would do, as describe() tells it. Nothing stays saved."""
    with public_change():
        saved = load(content, filename, publish=publish, date=date, convention=convention)
        told = describe(saved, content, filename)
        transaction.set_rollback(True)
    return told


def describe_outcome(saved: Saved, filename: str) -> dict[str, Any]:
    """What people are told of `saved`: a part of describe(). No query."""
    problems = [_problem(problem) for problem in saved.problems]
    return {"file": filename, "outcome": saved.outcome, "problems": problems}


def describe(saved: Saved, content: bytes, filename: str) -> dict[str, Any]:
    """`saved` as the `ingest --json` object. Three queries."""
    conference = saved.conference
    exchanges = conference.exchanges.for_reading().order_by("position")
    return {
        **describe_outcome(saved, filename),
        "sha256": sha256_of(content),
        "conference": conference.slug,
        "status": conference.status,
        "convention": saved.transcript.convention,
        "date": str(conference.date),
        "title": conference.title,
        "headline": conference.headline,
        "lead": conference.lead,
        "source": conference.source_name,
        "language": conference.language,
        "exchanges": [
            {
                "ref": exchange.ref,
                "kind": exchange.kind,
                "outlet": exchange.outlet.name if exchange.outlet else None,
                "asked_by": exchange.asked_by,
                "reporter": exchange.reporter,
                "topic": exchange.topic,
                "question": exchange.question,
                "answers": [
                    {
                        "speaker": answer.speaker.name if answer.speaker else None,
                        "role": answer.role,
                        "label": answer.label,
                        "text": answer.text,
                    }
                    for answer in exchange.said
                ],
            }
            for exchange in exchanges
        ],
    }


def describe_failure(error: TranscriptError, content: bytes, filename: str) -> dict[str, Any]:
    """A refused file as the `ingest --json` object."""
    return {
        "file": filename,
        "sha256": sha256_of(content),
        "outcome": "refused",
        "problems": [_problem(error.problem)],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "code": problem.code, "message": problem.message}
