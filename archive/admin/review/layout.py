"""The review page laid out: each turn beside the paragraphs of the file it was made of."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.problem_text import sentence
from archive.editing.interpretation import Understood
from archive.editing.name_resolution import known_names, outlets_of
from archive.models import Outlet
from archive.parsing.records import Paragraph, ParsedConference, ParsedExchange, Problem, Turn
from archive.text.folding import squeeze

KIND_NAMES = {
    "question": gettext_lazy("Question"),
    "answer": gettext_lazy("Answer"),
    "moderator": gettext_lazy("Moderator"),
    "note": gettext_lazy("Note"),
    "topic": gettext_lazy("Topic"),
}
_BEGINNING = 12  # characters by which a turn is found in its paragraph


@dataclass(frozen=True, slots=True)
class Source:
    """One paragraph of the file, cut where it prints who speaks."""

    line: int
    no: str  # the line, of its first paragraph: only one may carry the anchor
    before: str
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A problem with its number on the page, and the turn it is about; None for the heading."""

    number: int
    line: int | None
    sentence: str
    turn: int | None


@dataclass(slots=True)
class Row:
    """One turn as it was understood, beside its source."""

    number: int  # the turn's index
    turn: Turn
    source: list[Source]
    exchange: int = 0  # number of the exchange it belongs to, from 1
    opens: bool = False  # whether that exchange begins here
    follows: int | None = None  # number of the exchange that this one follows up
    who: str = ""  # as the public page will print it
    printed: str = ""  # as the file prints it, where that differs
    outlet: Outlet | None = None
    is_unknown: bool = False  # an outlet is named that nobody knows
    asked_by: str = ""
    reporter: str = ""
    speaker: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    is_open: bool = False  # its form is
    anchor: str = field(init=False)
    from_line: str = field(init=False)  # the anchor of its first line
    lines: str = field(init=False)  # of the file: "Line 12", "Line 12–14"
    to_edit: str = field(init=False)
    kind_name: str = field(init=False)

    def __post_init__(self) -> None:
        # Told here, because a template would take ten times as long for hundreds of turns.
        last = self.source[-1].line if self.source else self.turn.line
        first = self.turn.line
        lines = {"line": f"{first}–{last}" if last > first else str(first)}
        self.anchor = f"turn-{self.number}"
        self.from_line = f"L{first}"
        self.lines = _("Line %(line)s") % lines
        self.to_edit = _("Edit the turn of line %(line)s") % lines
        self.kind_name = str(KIND_NAMES[self.turn.kind])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows, ready to be printed."""

    understood: Understood
    heading: list[Source]  # what stands before the first turn
    rows: list[Row]
    doubts: list[Doubt]
    about_doubts: list[Doubt]
    speakers: list[tuple[str, str]]  # as the rows call them, with their offices

    @property
    def parsed(self) -> ParsedConference:
        return self.understood.parsed

    @property
    def unknown_labels(self) -> list[str]:
        return list(dict.fromkeys(row.asked_by for row in self.rows if row.is_unknown))


def lay_out(understood: Understood) -> Sheet:
    """The sheet of a transcript. Five queries at most, however long it is."""
    starts = _starts(understood.paragraphs, understood.turns)
    ends = [*starts[1:], len(understood.paragraphs)]
    until = starts[0] if starts else len(understood.paragraphs)
    heading = list(_sources(understood.paragraphs[:until], ""))
    rows = [
        Row(number, turn, list(_sources(understood.paragraphs[a:b], turn.marker)))
        for number, (turn, a, b) in enumerate(zip(understood.turns, starts, ends, strict=True))
    ]
    told = {one.name for one in understood.parsed.speakers}
    said = {understood.name_of(turn) for turn in understood.turns} - {""}
    known = known_names(told | said, understood.conference)
    _tell_exchanges(rows, understood, known)
    speakers = [(known.get(one.name, one.name), one.role) for one in understood.parsed.speakers]
    doubts = list(_doubts(understood.parsed.problems, rows))
    for doubt in doubts:
        if doubt.turn is not None:
            rows[doubt.turn].doubts.append(doubt)
    about = [doubt for doubt in doubts if doubt.turn is None]
    return Sheet(understood, heading, rows, doubts, about, speakers)


def _starts(paragraphs: Sequence[Paragraph], turns: Sequence[Turn]) -> list[int]:
    """For each turn the index of the first paragraph that is shown beside it.

    Of turns that begin in one paragraph the first has it, and the others what comes after it.
    """
    starts: list[int] = []
    at, taken = 0, -1
    for turn in turns:
        at = _find(paragraphs, turn, at)
        starts.append(max(at, taken + 1, starts[-1] if starts else 0))
        taken = at
    return [min(start, len(paragraphs)) for start in starts]


def _find(paragraphs: Sequence[Paragraph], turn: Turn, at: int) -> int:
    """The first paragraph from `at` on that holds the beginning of `turn`, else one of its line."""
    words = squeeze(turn.paragraphs[0].text)[:_BEGINNING]
    on_line = None
    for index in range(at, len(paragraphs)):
        if paragraphs[index].line > turn.line:
            break
        if paragraphs[index].line == turn.line:
            on_line = index if on_line is None else on_line
            if words in squeeze(paragraphs[index].text):
                return index
    return at if on_line is None else on_line


def _sources(paragraphs: Sequence[Paragraph], marker: str) -> Iterator[Source]:
    before = None
    for number, paragraph in enumerate(paragraphs):
        mark = marker.strip() if number == 0 else ""
        cut = paragraph.text.partition(mark) if mark else ("", "", "")
        start, mark, text = cut if cut[1] else ("", "", paragraph.text)
        no = str(paragraph.line) if paragraph.line != before else ""
        yield Source(paragraph.line, no, start, mark, text)
        before = paragraph.line


def _tell_exchanges(rows: Sequence[Row], understood: Understood, known: Mapping[str, str]) -> None:
    """Every row told of its exchange, and of who asked or answered."""
    exchanges = understood.parsed.exchanges
    outlets = outlets_of(exchanges)
    for number, exchange in enumerate(exchanges, start=1):
        for place, index in enumerate(exchange.all_turns):
            row = rows[index]
            row.exchange, row.opens = number, place == 0
            row.follows = None if exchange.follows is None else exchange.follows + 1
            if row.turn.kind == "question":
                _tell_asker(row, exchange, outlets[number - 1])
    for row in rows:
        if row.turn.kind in ("answer", "moderator"):
            row.speaker = understood.name_of(row.turn)
            row.who = known.get(row.speaker, row.speaker)
            row.printed = row.turn.label if row.turn.label != row.who else ""


def _tell_asker(row: Row, exchange: ParsedExchange, outlet: Outlet | None) -> None:
    row.asked_by, row.reporter, row.outlet = exchange.asked_by, exchange.reporter, outlet
    row.is_unknown = bool(exchange.asked_by) and outlet is None
    name = outlet.name if outlet else exchange.asked_by
    row.who = " · ".join(filter(None, (name, exchange.reporter))) or exchange.marker
    row.printed = exchange.asked_by if outlet and outlet.name != exchange.asked_by else ""


def _doubts(problems: Sequence[Problem], rows: Sequence[Row]) -> Iterator[Doubt]:
    """The parser's problems and the outlets nobody knows, numbered in the order of the file."""
    lines = [row.turn.line for row in rows]
    found = [(problem, _row_at(problem.line, lines)) for problem in problems]
    asked = {row.exchange: row for row in reversed(rows) if row.is_unknown}
    found += [
        (Problem(row.turn.line, "unknown_outlet", {"label": row.asked_by}), row.number)
        for row in asked.values()
    ]
    found.sort(key=lambda one: (-1 if one[1] is None else one[1], one[0].line or 0))
    for number, (problem, turn) in enumerate(found, start=1):
        yield Doubt(number, problem.line, sentence(problem), turn)


def _row_at(line: int | None, lines: Sequence[int]) -> int | None:
    """The index of the turn that `line` belongs to; None for the whole file or its heading."""
    if line is None:
        return None
    if line in lines:
        return lines.index(line)
    after = bisect_right(lines, line)
    return after - 1 if after else None
