"""A transcript from bytes to rows, and what became of it as JSON: for the command and the page."""

import datetime as dt
import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from archive.ingest.parse import parse_transcript
from archive.ingest.records import Problem, TranscriptError
from archive.ingest.save import Saved, already_here, save_transcript


def load(
    content: bytes,
    filename: str,
    *,
    publish: bool,
    date: dt.date | None = None,
    convention: str = "",
    uploaded_by: User | None = None,
) -> Saved:
    """Read `content` and save what it says. Raises TranscriptError; then nothing was saved.

    `date` and `convention` say what parse_transcript() would find out. Bytes that are already
    here are not read again.
    """
    same = already_here(content)
    if same is not None:
        return same
    parsed = parse_transcript(content, filename, date=date, convention=convention)
    return save_transcript(parsed, content, filename, publish=publish, uploaded_by=uploaded_by)


def try_out(
    content: bytes,
    filename: str,
    *,
    publish: bool,
    date: dt.date | None = None,
    convention: str = "",
) -> dict[str, Any]:
    """What load() would do, as describe() tells it. Nothing stays saved."""
    with transaction.atomic():
        saved = load(content, filename, publish=publish, date=date, convention=convention)
        told = describe(saved, content, filename)
        transaction.set_rollback(True)
    return told


def describe(saved: Saved, content: bytes, filename: str) -> dict[str, Any]:
    """`saved` as the `ingest --json` object. Three queries."""
    conference = saved.conference
    exchanges = conference.exchanges.for_reading().order_by("position")
    return {
        "file": filename,
        "sha256": hashlib.sha256(content).hexdigest(),
        "outcome": saved.outcome,
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
        "problems": [_problem(problem) for problem in saved.problems],
    }


def describe_failure(error: TranscriptError, content: bytes, filename: str) -> dict[str, Any]:
    """A refused file as the `ingest --json` object."""
    return {
        "file": filename,
        "sha256": hashlib.sha256(content).hexdigest(),
        "outcome": "refused",
        "problems": [_problem(error.problem)],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "code": problem.code, "message": problem.message}
