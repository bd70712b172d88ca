"""What reading a transcript yields. Plain data: no Django, no clock, no network."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.ingest.messages import MESSAGES

Kind = Literal["question", "statement"]
Role = Literal["speaker", "moderator", "note"]


class TranscriptError(ValueError):
    """A transcript that is refused: a code, the line at fault, and what a sentence for people
    (archive.ingest.messages) is made of."""

    def __init__(self, code: str, line: int | None = None, **params: str | int) -> None:
        self.problem = Problem(line, code, params)
        message = self.problem.message
        super().__init__(message if line is None else f"Line {line}: {message}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something doubtful in a transcript that was read all the same."""

    line: int | None  # 1-based line of the file; None when the whole file is meant
    code: str  # a key of archive.ingest.messages.MESSAGES
    params: Mapping[str, str | int] = field(default_factory=dict)  # what its message speaks of

    @property
    def message(self) -> str:
        """A sentence in English: what is doubtful and what to do."""
        return MESSAGES[self.code] % self.params


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str  # one line of the document, inline marks kept, never empty
    line: int  # 1-based line where it begins


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as text: its paragraphs in order."""

    paragraphs: tuple[Paragraph, ...]
    media_type: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One person speaking, as a convention marks it, before questions and answers are paired."""

    kind: Literal["question", "answer"]
    label: str  # who, as printed, without the marks around it
    paragraphs: tuple[Paragraph, ...]  # never empty; the marker is cut off the first
    line: int


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    speaker: str  # "" when the transcript does not say
    role: Role
    text: str  # paragraphs joined by a newline
    line: int


@dataclass(frozen=True, slots=True)
class ParsedExchange:
    kind: Kind
    asked_by: str  # the outlet's label as printed; "" for a statement or an unknown asker
    reporter: str
    question: str  # "" exactly when kind is "statement"
    answers: tuple[ParsedAnswer, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    name: str
    role: str  # the office held that day (国务委员兼外交部长); "" when not said


@dataclass(frozen=True, slots=True)
class ParsedConference:
    """One transcript understood."""

    convention: str
    date: dt.date
    title: str
    headline: str
    lead: str  # what stands before the first speaker and is no heading, such as the dateline
    institution: str
    venue: str
    occasion: str
    language: str  # BCP 47: zh-Hans, zh-Hant, zh, en or und
    source_name: str
    source_url: str
    media_type: str
    encoding: str
    speakers: tuple[ParsedSpeaker, ...]
    exchanges: tuple[ParsedExchange, ...]
    problems: tuple[Problem, ...]
