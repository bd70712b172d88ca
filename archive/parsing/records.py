"""Records that parsing a transcript yields. Plain data: no Django, no clock, no network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.parsing.facts import Facts
from archive.parsing.messages import MESSAGES
from archive.parsing.similarity import known_by

Kind = Literal["question", "statement"]
Role = Literal["speaker", "moderator", "note"]
# "speech": somebody speaks, and the marker does not say whether it is to ask or to answer.
# "topic": a heading above what follows. "note": (Laughter.), a caption, an off-the-record mark.
TurnKind = Literal["question", "answer", "moderator", "speech", "topic", "note"]


class TranscriptError(ValueError):
    """A transcript that is refused: a code, the line at fault, and what a sentence for people
    (archive.parsing.messages) is made of."""

    def __init__(self, code: str, line: int | None = None, **params: str | int) -> None:
        self.problem = Problem(line, code, params)
        message = self.problem.message
        super().__init__(message if line is None else f"Line {line}: {message}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something doubtful in a transcript that was read all the same."""

    line: int | None  # 1-based line of the file; None when the whole file is meant
    code: str  # a key of archive.parsing.messages.MESSAGES
    params: Mapping[str, str | int] = field(default_factory=dict)  # what its message speaks of

    @property
    def message(self) -> str:
        """A sentence in English: what is doubtful and what to do."""
        return MESSAGES[self.code] % self.params


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is read: marks of emphasis are gone, a run of white space is one space."""

    text: str  # never empty
    line: int  # 1-based line where it begins (DOCX: paragraph; PDF: line counted over all pages)
    bold: bool = False  # printed in bold from end to end
    heading: int = 0  # 1 to 6 for a heading the file marks as one, 0 for text


@dataclass(frozen=True, slots=True)
class Turn:
    """One person speaking, as a convention marks it, before questions and answers are paired."""

    kind: TurnKind
    label: str  # who, as printed, without the marks around it; "" when the marker names nobody
    paragraphs: tuple[Paragraph, ...]  # never empty; the marker is cut off the first
    line: int
    marker: str = ""  # all that the file prints to say who speaks: "《路透社》记者：", "Q    "
    outlet: str = ""  # of a question, when it is said: the outlet as printed
    reporter: str = ""  # of a question, when it is said: the person as printed
    continues: bool = False  # goes on with the turn before it, after a note or a topic
    # What an editor said of it; None where he said nothing.
    person: str | None = None  # who speaks; "" for nobody known
    outlet_slug: str | None = None  # of a question: its outlet, `reporter` and this are his choice
    apart: bool = False  # begins something new, whoever spoke before
    told: int | None = None  # in an export: the index of the exchange that it begins

    @property
    def text(self) -> str:
        """The paragraphs, joined by a newline."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    speaker: str  # "" when the transcript does not say
    role: Role
    text: str  # paragraphs joined by a newline
    line: int
    label: str = ""  # the speaker as printed
    marker: str = ""  # what the file prints to say who speaks
    turns: tuple[int, ...] = ()  # indices of the turns it is made of


@dataclass(frozen=True, slots=True)
class ParsedExchange:
    kind: Kind
    asked_by: str  # the outlet's label as printed; "" for a statement or an unknown asker
    reporter: str
    question: str  # "" exactly when kind is "statement"
    answers: tuple[ParsedAnswer, ...]
    line: int
    topic: str = ""  # the heading printed above it
    marker: str = ""  # what the file prints to say who asks
    follows: int | None = None  # index of the exchange it follows up
    outlet_slug: str = ""  # the outlet an editor chose; "" when its label tells
    turns: tuple[int, ...] = ()  # indices of the turns that are its question and its topic

    @property
    def words(self) -> str:
        return known_by(self.question, (answer.text for answer in self.answers))

    @property
    def all_turns(self) -> list[int]:
        """The indices of all turns it is made of, in order."""
        return sorted({*self.turns, *(at for answer in self.answers for at in answer.turns)})


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    name: str
    role: str  # the office held that day (国务委员兼外交部长); "" when not said


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as text: its paragraphs in order."""

    paragraphs: tuple[Paragraph, ...]
    media_type: str
    encoding: str  # of the characters; "" for what is no text file (DOCX, PDF)
    facts: Facts = field(default=Facts())
    # Where markup says who speaks there is nothing to guess: `paragraphs` is what stands before
    # the first of these turns.
    turns: tuple[Turn, ...] | None = None
    # Those whose office the file states, by the label of their turns; in an export by name.
    speakers: tuple[ParsedSpeaker, ...] = ()
    # An export's: what answers what is known, and `turns` are only the words of these.
    exchanges: tuple[ParsedExchange, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedConference(Facts):
    """One transcript understood: the facts of its conference, and what was said there.

    Without a `date`, which the file does not say then, it cannot be saved. `title` is never empty,
    `lead` is what stands before the first speaker and is no heading, such as the dateline, and
    `language` is zh-Hans, zh-Hant, zh, en or und, or what the file says (BCP 47).
    """

    convention: str
    media_type: str
    encoding: str
    speakers: tuple[ParsedSpeaker, ...]
    exchanges: tuple[ParsedExchange, ...]
    problems: tuple[Problem, ...]
