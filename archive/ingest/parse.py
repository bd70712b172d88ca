"""A transcript's bytes to a ParsedConference. Pure: no database, no network, no clock."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from archive.ingest.clean import CLOSERS, tidy
from archive.ingest.conventions import read_turns
from archive.ingest.documents import read_document
from archive.ingest.metadata import (
    Metadata,
    detect_language,
    read_metadata,
    speaker_role,
    split_label,
)
from archive.ingest.records import (
    Paragraph,
    ParsedAnswer,
    ParsedConference,
    ParsedExchange,
    ParsedSpeaker,
    Problem,
    Turn,
)

_MODERATORS = ("主持人", "主持", "Moderator")
_SENTENCE_END = re.compile(rf"(?:[。！？!?…]+|\.(?=\s))[{re.escape(CLOSERS)}]*")
# `谢谢。谢谢。` is how people speak; a slip of the copyist is longer.
_SHORTEST_REPEAT = 6


def parse_transcript(
    content: bytes, filename: str, *, date: dt.date | None = None
) -> ParsedConference:
    """Everything one uploaded file says; `date` wins over the date written in it.

    Raises TranscriptError when the file cannot be read, marks no speakers or has no date.
    """
    document = read_document(content, filename)
    convention, reading = read_turns(document.paragraphs)
    metadata = read_metadata(reading.heading, filename, date=date)
    turns = [
        Turn(turn.kind, turn.label, tidy(turn.paragraphs), turn.line) for turn in reading.turns
    ]
    exchanges = _exchanges(turns)
    problems = chain(
        reading.problems, metadata.problems, _repeated_sentences(turns), _unanswered(exchanges)
    )
    return ParsedConference(
        convention=convention.name,
        date=metadata.date,
        title=metadata.title,
        headline=metadata.headline,
        lead=metadata.lead,
        institution=metadata.institution,
        venue=metadata.venue,
        occasion=metadata.occasion,
        language=detect_language(p.text for p in document.paragraphs),
        source_name=metadata.source_name,
        source_url=metadata.source_url,
        media_type=document.media_type,
        encoding=document.encoding,
        speakers=_speakers(turns, metadata),
        exchanges=exchanges,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )


def _exchanges(turns: Sequence[Turn]) -> tuple[ParsedExchange, ...]:
    """Each question with the answers up to the next; a statement per answer before the first."""
    first = next((at for at, turn in enumerate(turns) if turn.kind == "question"), len(turns))
    statements = [
        ParsedExchange("statement", "", "", "", (_answer(turn),), turn.line)
        for turn in turns[:first]
    ]
    questions: list[tuple[Turn, list[ParsedAnswer]]] = []
    for turn in turns[first:]:
        if turn.kind == "question":
            questions.append((turn, []))
        else:
            questions[-1][1].append(_answer(turn))
    asked = (
        ParsedExchange("question", turn.label, "", _text(turn), tuple(answers), turn.line)
        for turn, answers in questions
    )
    return (*statements, *asked)


def _answer(turn: Turn) -> ParsedAnswer:
    if turn.label in _MODERATORS:
        return ParsedAnswer("", "moderator", _text(turn), turn.line)
    return ParsedAnswer(split_label(turn.label)[1], "speaker", _text(turn), turn.line)


def _text(turn: Turn) -> str:
    return "\n".join(paragraph.text for paragraph in turn.paragraphs)


def _speakers(turns: Sequence[Turn], metadata: Metadata) -> tuple[ParsedSpeaker, ...]:
    """Who answers, in order of first words, with the office that label, title or lead gives."""
    roles: dict[str, str] = {}
    labels = dict.fromkeys(turn.label for turn in turns if turn.kind == "answer")
    for label in labels:
        if label not in _MODERATORS:
            role, name = split_label(label)
            roles[name] = roles.get(name) or role
    return tuple(
        ParsedSpeaker(name, role or speaker_role(name, metadata.title, metadata.lead))
        for name, role in roles.items()
    )


def _unanswered(exchanges: Sequence[ParsedExchange]) -> Iterator[Problem]:
    for exchange in exchanges:
        if exchange.kind == "question" and not exchange.answers:
            yield Problem(exchange.line, "question_without_answer")


def _repeated_sentences(turns: Sequence[Turn]) -> Iterator[Problem]:
    """One problem per run of equal sentences within a turn. The text itself is not changed."""
    for turn in turns:
        numbered = ((s, p.line) for p in turn.paragraphs for s in _sentences(p))
        for sentence, run in groupby(numbered, key=lambda item: item[0]):
            lines = [line for _, line in run]
            if len(lines) > 1 and len(sentence) >= _SHORTEST_REPEAT:
                params = {"sentence": sentence, "count": len(lines)}
                yield Problem(lines[0], "repeated_sentence", params)


def _sentences(paragraph: Paragraph) -> Iterator[str]:
    start = 0
    for end in (match.end() for match in _SENTENCE_END.finditer(paragraph.text)):
        yield paragraph.text[start:end].strip()
        start = end
    if rest := paragraph.text[start:].strip():
        yield rest
