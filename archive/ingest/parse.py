"""A transcript's bytes to a ParsedConference. Pure: no database, no network, no clock."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from archive.ingest.clean import tidy
from archive.ingest.conventions import Reading, read_turns
from archive.ingest.conventions.presidential import unjoin
from archive.ingest.documents import read_document
from archive.ingest.doubts import nobody_asks, repeated_sentences, unanswered, unasked
from archive.ingest.fitting import fit_exchanges, fit_speaker
from archive.ingest.han_names import speaker_role
from archive.ingest.language import language_of
from archive.ingest.metadata import Metadata, read_metadata
from archive.ingest.pairing import exchanges
from archive.ingest.people import Person, doubtful_people, identify
from archive.ingest.records import (
    Document,
    ParsedConference,
    ParsedExchange,
    ParsedSpeaker,
    Problem,
    TranscriptError,
    Turn,
)
from archive.ingest.roles import decide

# Many transcripts end with a place, a date or a time.
_CLOSING = 3
_MARKED_UP = "marked-up"
# By the same name in Metadata and ParsedConference.
_TOLD = (
    *("date", "title", "headline", "lead", "institution", "venue", "occasion"),
    *("source_name", "source_url"),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """Who asked and who answered what."""

    exchanges: tuple[ParsedExchange, ...]
    speakers: tuple[ParsedSpeaker, ...]
    problems: tuple[Problem, ...] = ()


def parse_transcript(
    content: bytes, filename: str, *, date: dt.date | None = None, convention: str = ""
) -> ParsedConference:
    """Everything one uploaded file says.

    `date` wins over the date written in it, and `convention` names the way speakers are marked
    instead of finding it out. Raises TranscriptError when the file cannot be read or marks no
    speakers. A file without a date is read; what it yields cannot be saved.
    """
    return understand(read(content, filename), filename, date=date, convention=convention)


def read(content: bytes, filename: str) -> Document:
    """The first half of parse_transcript(): a file's paragraphs. Raises TranscriptError."""
    document = read_document(content, filename)
    return replace(document, paragraphs=tuple(unjoin(document.paragraphs)))


def understand(
    document: Document, filename: str, *, date: dt.date | None = None, convention: str = ""
) -> ParsedConference:
    """The second half of parse_transcript(): a document that is read already."""
    name, reading = _read(document, convention)
    metadata = read_metadata(
        reading.heading,
        document.facts,
        filename,
        date=date,
        closing=document.paragraphs[-_CLOSING:],
    )
    turns = [_tidied(turn) for turn in reading.turns]
    said = _as_told(document) or _worked_out(turns, document.speakers, metadata, filename)
    told, cuts = fit_exchanges(said.exchanges)
    problems = (
        *document.problems,
        *reading.problems,
        *metadata.problems,
        *said.problems,
        *cuts,
        *repeated_sentences(turns),
        *unanswered(told),
        *unasked(told),
        *nobody_asks(told),
    )
    words = chain(reading.heading, chain.from_iterable(turn.paragraphs for turn in turns))
    return ParsedConference(
        convention=name,
        **{field: getattr(metadata, field) for field in _TOLD},
        language=language_of(document.facts.language, (paragraph.text for paragraph in words)),
        media_type=document.media_type,
        encoding=document.encoding,
        speakers=tuple(fit_speaker(one) for one in said.speakers),
        exchanges=told,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )


def _tidied(turn: Turn) -> Turn:
    paragraphs = tidy(turn.paragraphs)
    return turn if paragraphs == turn.paragraphs else replace(turn, paragraphs=paragraphs)


def _read(document: Document, convention: str) -> tuple[str, Reading]:
    """The name of the convention, and the document cut by it or by its own markup."""
    if document.turns is None:
        return read_turns(document.paragraphs, convention)
    if not document.turns:
        raise TranscriptError("no_speakers")
    return _MARKED_UP, Reading(document.paragraphs, document.turns, ())


def _as_told(document: Document) -> _Said | None:
    """What an export says itself; None for all other files."""
    return _Said(document.exchanges, document.speakers) if document.exchanges else None


def _worked_out(
    turns: Sequence[Turn],
    marked_up: Sequence[ParsedSpeaker],
    metadata: Metadata,
    filename: str,
) -> _Said:
    about = (metadata.title, metadata.headline, metadata.lead)
    turns, guesses = decide(turns, "\n".join((*about, filename)))
    people = identify(turns, about)
    return _Said(
        exchanges(turns, people),
        tuple(_speakers(turns, people, marked_up, metadata)),
        (*guesses, *doubtful_people(turns, people)),
    )


def _speakers(
    turns: Sequence[Turn],
    people: Mapping[str, Person],
    marked_up: Sequence[ParsedSpeaker],
    metadata: Metadata,
) -> Iterator[ParsedSpeaker]:
    """Who answers, in order of first words, with the office that markup says, or label, title or
    lead."""
    offices = {one.name: one.role for one in marked_up}
    roles: dict[str, str] = {}
    for turn in turns:
        person = people.get(turn.label)
        if turn.kind in ("answer", "moderator") and person and person.name:
            roles[person.name] = roles.get(person.name) or offices.get(turn.label) or person.role
    for name, role in roles.items():
        yield ParsedSpeaker(name, role or speaker_role(name, metadata.title, metadata.lead))
