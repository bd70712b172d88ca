"""A transcript's bytes to a ParsedConference. Pure: no database, no network, no clock."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from archive.parsing.attribution.han_names import speaker_role
from archive.parsing.attribution.identities import Person, doubtful_people, identify
from archive.parsing.attribution.roles import assign_roles
from archive.parsing.cleanup import tidy
from archive.parsing.conventions import Reading, read_turns
from archive.parsing.conventions.presidential import unjoin
from archive.parsing.corrections.conference_facts import (
    fits_of_all,
    stated_about,
    still_guessed,
    with_offices,
)
from archive.parsing.corrections.regrouping import retold
from archive.parsing.corrections.turn_corrections import Corrected, TranscriptCorrection, correct
from archive.parsing.facts import values_of
from archive.parsing.formats import read_document
from archive.parsing.language import choose_language
from archive.parsing.metadata import Metadata, read_metadata
from archive.parsing.pairing import exchanges
from archive.parsing.problems import nobody_asks, repeated_sentences, unanswered, unasked
from archive.parsing.records import (
    Document,
    ParsedConference,
    ParsedExchange,
    ParsedSpeaker,
    Problem,
    TranscriptError,
    Turn,
)
from archive.parsing.truncation import fit_exchanges, fit_speaker

# Many transcripts end with a place, a date or a time.
_CLOSING = 3
_MARKED_UP = "marked-up"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file understood as far as no correction reaches: it can be kept."""

    document: Document
    filename: str
    convention: str
    reading: Reading
    metadata: Metadata
    turns: tuple[Turn, ...]  # every one decided, but for those of an export
    guesses: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a file, and what it was made of."""

    parsed: ParsedConference
    turns: tuple[Turn, ...]  # after corrections; exchanges and answers name them by index
    fits: tuple[bool, ...]  # of each correction: whether its place was found


@dataclass(frozen=True, slots=True)
class _Said:
    """Who asked and who answered what."""

    exchanges: tuple[ParsedExchange, ...]
    speakers: tuple[ParsedSpeaker, ...]
    problems: tuple[Problem, ...]


def parse_transcript(
    content: bytes,
    filename: str,
    *,
    date: dt.date | None = None,
    convention: str = "",
    corrections: Sequence[TranscriptCorrection] = (),
) -> ParsedConference:
    """Everything one uploaded file says, with `corrections` made.

    `date` wins over the date written in it, and `convention` names the way speakers are marked
    instead of finding it out. Raises TranscriptError when the file cannot be read or marks no
    speakers. A file without a date is read; what it yields cannot be saved.
    """
    prepared = prepare(read(content, filename), filename, date=date, convention=convention)
    return finish(prepared, corrections).parsed


def read(content: bytes, filename: str) -> Document:
    """The first third of parse_transcript(): a file's paragraphs. Raises TranscriptError."""
    document = read_document(content, filename)
    return replace(document, paragraphs=tuple(unjoin(document.paragraphs)))


def prepare(
    document: Document, filename: str, *, date: dt.date | None = None, convention: str = ""
) -> Prepared:
    """The second third, which takes most of the time. Raises TranscriptError."""
    name, reading = _read(document, convention)
    metadata = _metadata(document, reading, filename, date)
    turns: Sequence[Turn] = [_tidied(turn) for turn in reading.turns]
    guesses: tuple[Problem, ...] = ()
    if not document.exchanges:
        # What an editor says of the title and the like changes no kind under his hands.
        about = (metadata.title, metadata.headline, metadata.lead)
        turns, guesses = assign_roles(turns, "\n".join((*about, filename)))
    return Prepared(document, filename, name, reading, metadata, tuple(turns), guesses)


def finish(prepared: Prepared, corrections: Sequence[TranscriptCorrection] = ()) -> Understanding:
    """The last third, with the turns and what became of each correction."""
    document, reading, metadata = prepared.document, prepared.reading, prepared.metadata
    about = stated_about(corrections)
    if "date" in about:
        day = dt.date.fromisoformat(about.pop("date"))
        metadata = _metadata(document, reading, prepared.filename, day)
    corrected = correct(prepared.turns, corrections)
    turns = corrected.turns
    said = _as_told(prepared, turns) if document.exchanges else _worked_out(prepared, corrected)
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
    language = choose_language(document.facts.language, (paragraph.text for paragraph in words))
    speakers = {one.name: one for one in map(fit_speaker, said.speakers)}
    facts = values_of(metadata) | {"language": language}
    parsed = ParsedConference(
        convention=prepared.convention,
        **facts | about,
        media_type=document.media_type,
        encoding=document.encoding,
        speakers=tuple(with_offices(speakers, corrections).values()),
        exchanges=told,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )
    return Understanding(parsed, turns, fits_of_all(corrections, corrected.fits, speakers))


def _metadata(
    document: Document, reading: Reading, filename: str, date: dt.date | None
) -> Metadata:
    closing = document.paragraphs[-_CLOSING:]
    return read_metadata(reading.heading, document.facts, filename, date=date, closing=closing)


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


def _worked_out(prepared: Prepared, corrected: Corrected) -> _Said:
    metadata, turns = prepared.metadata, corrected.turns
    people = identify(turns, (metadata.title, metadata.headline, metadata.lead))
    open_turns = [turn for turn in turns if turn.person is None]
    doubts = doubtful_people(open_turns, people)
    return _Said(
        exchanges(turns, people),
        tuple(_speakers(turns, people, prepared.document.speakers, metadata)),
        (*still_guessed(prepared.guesses, corrected), *doubts),
    )


def _as_told(prepared: Prepared, turns: tuple[Turn, ...]) -> _Said:
    """What an export says itself, with corrections."""
    document = prepared.document
    if turns == prepared.turns:
        return _Said(document.exchanges, document.speakers, ())
    told = retold(turns, document.exchanges)
    speakers = {one.name: one for one in document.speakers}
    for name in (answer.speaker for one in told for answer in one.answers if answer.speaker):
        speakers.setdefault(name, ParsedSpeaker(name, ""))
    return _Said(told, tuple(speakers.values()), ())


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
        if turn.kind not in ("answer", "moderator"):
            continue
        if turn.person is not None and (person is None or person.name != turn.person):
            person = Person(turn.person, "")
        if person and person.name:
            roles[person.name] = roles.get(person.name) or offices.get(turn.label) or person.role
    for name, role in roles.items():
        yield ParsedSpeaker(name, role or speaker_role(name, metadata.title, metadata.lead))
