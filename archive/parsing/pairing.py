"""From turns to exchanges: each question with its answers, follow-ups linked. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.parsing.attribution.askers import who_asked
from archive.parsing.attribution.identities import Person
from archive.parsing.attribution.labels import is_numbered
from archive.parsing.records import ParsedAnswer, ParsedExchange, Role, Turn

# Words with which a reporter comes back to what was just asked.
_FOLLOWS_UP = re.compile(
    r"追[问問]|跟[进進]|follow(?:ing)?[- ]?up|suivi|repregunta|更問|추가\s?질문", re.IGNORECASE
)
_FOLLOW_UP_REACH = 80  # characters from the start of a question
_SURNAME = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\.? ([A-Z][\w'’-]+)", re.IGNORECASE)
_MEMORY = 200  # exchanges; nobody comes back after that many
_NOBODY = Person("", "")


@dataclass(slots=True)
class _Reply:
    """An answer that is still being put together: joining text after text would be quadratic."""

    speaker: str
    role: Role
    label: str
    line: int
    texts: list[str]
    markers: list[str]
    turns: list[int]  # indices

    def goes_on(self, other: "_Reply") -> bool:
        """Whether `other` is simply the same speaker speaking on."""
        same = self.role == other.role and self.label == other.label
        return same and self.speaker == other.speaker and self.role != "note"

    def closed(self) -> ParsedAnswer:
        text, marker = "\n".join(self.texts), "\n".join(filter(None, self.markers))
        turns = tuple(self.turns)
        return ParsedAnswer(self.speaker, self.role, text, self.line, self.label, marker, turns)


@dataclass(slots=True)
class _Open:
    """An exchange that is still being put together."""

    line: int
    topic: str
    label: str = ""
    outlet: str = ""
    reporter: str = ""
    markers: list[str] = field(default_factory=list)
    question: list[str] = field(default_factory=list)
    answers: list[_Reply] = field(default_factory=list)
    follows: int | None = None
    slug: str | None = None  # of the outlet, where an editor said who asks
    turns: list[int] = field(default_factory=list)  # indices of its topics and its question

    def ask(self, turn: Turn, at: int) -> None:
        self.question.append(turn.text)
        self.turns.append(at)
        if turn.marker:
            self.markers.append(turn.marker)


class _Above(NamedTuple):
    """The headings right above a turn."""

    text: str
    turns: list[int]  # indices


def exchanges(turns: Sequence[Turn], people: Mapping[str, Person]) -> tuple[ParsedExchange, ...]:
    """Every turn in its exchange, in order.

    A question opens an exchange and takes all answers up to the next; before the first question
    each speaker's words are a statement. A topic belongs to what stands under it, and what is
    said under a topic without being asked is a statement of its own.
    """
    opened: list[_Open] = []
    topics: list[int] = []
    for at, turn in enumerate(turns):
        if turn.kind == "topic":
            topics.append(at)
            continue
        above = _Above("\n".join(turns[topic].text for topic in topics), topics)
        topics = []
        if turn.kind == "question":
            _ask(opened, turn, at, above)
        else:
            _reply(opened, turn, at, people.get(turn.label, _NOBODY), above)
    if topics:  # nothing stands under the last of them
        rest = [_Reply("", "note", "", turns[at].line, [turns[at].text], [], [at]) for at in topics]
        if not opened:
            opened.append(_Open(turns[topics[0]].line, ""))
        opened[-1].answers += rest
    return tuple(_closed(one) for one in opened)


def _ask(opened: list[_Open], turn: Turn, at: int, above: _Above) -> None:
    last, topic = opened[-1] if opened else None, above.text
    if last and turn.continues and last.question and not topic and turn.outlet_slug is None:
        last.ask(turn, at)
        return
    new = _Open(turn.line, topic, turn.label, turn.outlet, turn.reporter, turns=above.turns)
    new.slug = turn.outlet_slug
    if new.slug is None:
        said = who_asked(turn.label, turn.text)
        new.outlet, new.reporter = new.outlet or said.outlet, new.reporter or said.reporter
        _name_in_full(new, opened)
    same = last is not None and _same_asker(last, new)
    if last and same and not turn.apart and last.question and not last.answers and not topic:
        last.ask(turn, at)
        return
    new.ask(turn, at)
    if last and last.question and not topic and _follows_up(last, turn, same=same):
        new.follows = len(opened) - 1
    opened.append(new)


def _name_in_full(new: _Open, opened: Sequence[_Open]) -> None:
    """`Q. Mr. Arrowsmith:` is Marvin L. Arrowsmith of the Associated Press, who asked before; and
    `HOWARD SCHNEIDER.` is still with Reuters when he asks again."""
    if new.outlet or not new.reporter:
        return
    surname = _SURNAME.fullmatch(new.reporter)
    before = (
        one
        for one in reversed(opened[-_MEMORY:])
        if one.reporter == new.reporter or (surname and one.reporter.endswith(f" {surname[1]}"))
    )
    asked = next((one for one in before if one.outlet), None)
    if asked is not None:
        new.reporter, new.outlet = asked.reporter, asked.outlet


def _same_asker(one: _Open, other: _Open) -> bool:
    """The same person; or the same outlet where no person is named on one side; or the same
    number (Speaker 1)."""
    if one.reporter and other.reporter:
        return one.reporter == other.reporter
    if one.outlet and other.outlet:
        return one.outlet == other.outlet
    return one.label == other.label and is_numbered(one.label)


def _follows_up(last: _Open, turn: Turn, *, same: bool) -> bool:
    """Whether a question goes back to the one before: the same asker was not called up again, or
    the words say so."""
    called_up = any(answer.role == "moderator" for answer in last.answers)
    return (same and not called_up) or bool(_FOLLOWS_UP.search(turn.text[:_FOLLOW_UP_REACH]))


def _reply(opened: list[_Open], turn: Turn, at: int, person: Person, above: _Above) -> None:
    role: Role = turn.kind if turn.kind in ("moderator", "note") else "speaker"
    name = person.name if turn.person is None else turn.person
    new = _Reply(name, role, turn.label, turn.line, [turn.text], [turn.marker], [at])
    topic = above.text
    last = opened[-1] if opened else None
    if last and not topic and last.answers and last.answers[-1].goes_on(new):
        last.answers[-1].texts += new.texts
        last.answers[-1].markers += new.markers
        last.answers[-1].turns += new.turns
    elif last and not topic and (last.question or role == "note" or turn.continues):
        last.answers.append(new)
    else:
        opened.append(_Open(turn.line, topic, answers=[new], turns=above.turns))


def _closed(one: _Open) -> ParsedExchange:
    return ParsedExchange(
        kind="question" if one.question else "statement",
        asked_by=one.outlet,
        reporter=one.reporter,
        question="\n".join(one.question),
        answers=tuple(answer.closed() for answer in one.answers),
        line=one.line,
        topic=one.topic,
        marker="\n".join(one.markers),
        follows=one.follows,
        outlet_slug=one.slug or "",
        turns=tuple(one.turns),
    )
