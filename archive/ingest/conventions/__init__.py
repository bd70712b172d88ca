"""The ways transcripts mark who speaks, one module each, and the choice between them."""

from collections.abc import Sequence

from archive.ingest.conventions.base import Convention, Reading
from archive.ingest.conventions.reporter_label import REPORTER_LABEL
from archive.ingest.records import Paragraph, TranscriptError

__all__ = ["CONVENTIONS", "Convention", "Reading", "best_convention", "read_turns"]

# In order of trust: of two that score the same, the first is taken.
CONVENTIONS: tuple[Convention, ...] = (REPORTER_LABEL,)


def best_convention(paragraphs: Sequence[Paragraph]) -> Convention:
    """The convention that tells the most turns; TranscriptError "no_speakers" if none tells any."""
    return read_turns(paragraphs)[0]


def read_turns(paragraphs: Sequence[Paragraph]) -> tuple[Convention, Reading]:
    """The best convention and what it reads; TranscriptError "no_speakers" if none fits."""
    readings = [(convention, convention.read(paragraphs)) for convention in CONVENTIONS]
    best, reading = max(readings, key=lambda pair: pair[0].score(pair[1]))
    if best.score(reading) == 0:
        raise TranscriptError("no_speakers")
    return best, reading
