"""The review page laid out: each turn beside the paragraphs of the file it was made of."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin import problem_text
from archive.admin.review.sources import Source, sources_of, starts_of
from archive.editing.interpretation import Understood
from archive.editing.name_resolution import known_names, outlets_of
from archive.models import Outlet
from archive.parsing.records import ParsedConference, ParsedExchange, Problem, Turn

KIND_NAMES = {
    "question": gettext_lazy("Question"),
    "answer": gettext_lazy("Answer"),
    "moderator": gettext_lazy("Moderator"),
    "note": gettext_lazy("Note"),
    "topic": gettext_lazy("Topic"),
}
PAGE_TURNS = 100  # of a long transcript on one page
_ORPHANS = 50  # turns: for so few no page is begun


@dataclass(frozen=True, slots=True)
class Doubt:
    """A problem with its number on the page, and the turn it is about; None for the heading."""

    number: int
    problem: Problem
    turn: int | None

    @property
    def line(self) -> int | None:
        return self.problem.line

    @property
    def sentence(self) -> str:
        """Made when it is shown: there may be thousands on other pages."""
        return problem_text.sentence(self.problem)


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
    address: str = ""  # the end of one that leads to it
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
    """What the page shows, ready to be printed: all of a transcript, or a stretch of a long one."""

    understood: Understood
    heading: list[Source]  # what stands before the first turn
    rows: list[Row]  # of the stretch
    first: int  # the turn with which the stretch begins
    turns: Sequence[Turn]  # all of them
    doubts: list[Doubt]  # of the whole transcript
    about_doubts: list[Doubt]
    speakers: list[tuple[str, str]]  # as the rows call them, with their offices
    unknown_labels: list[str]

    @property
    def parsed(self) -> ParsedConference:
        return self.understood.parsed

    @property
    def end(self) -> int:
        return self.first + len(self.rows)

    @property
    def is_whole(self) -> bool:
        return len(self.rows) == len(self.turns)

    @property
    def doubts_here(self) -> list[Doubt]:
        return [one for one in self.doubts if one.turn is None or self.first <= one.turn < self.end]

    @property
    def to_page_before(self) -> str:
        return self.to_turn(max(self.first - 1, 0))

    @property
    def to_page_after(self) -> str:
        return self.to_turn(self.end)

    @property
    def doubt_before(self) -> int | None:
        """The turn of the last doubt before the stretch."""
        return max((turn for turn in self._doubtful if turn < self.first), default=None)

    @property
    def doubt_after(self) -> int | None:
        return min((turn for turn in self._doubtful if turn >= self.end), default=None)

    @property
    def _doubtful(self) -> list[int]:
        return [one.turn for one in self.doubts if one.turn is not None]

    @property
    def to_doubt_before(self) -> str:
        return self.to_turn(self.doubt_before or 0)

    @property
    def to_doubt_after(self) -> str:
        return self.to_turn(self.doubt_after or 0)

    def row(self, number: int) -> Row | None:
        return self.rows[number - self.first] if self.first <= number < self.end else None

    def to_turn(self, number: int) -> str:
        return address_of_turn(number, len(self.turns))


def address_of_turn(number: int, turns: int) -> str:
    """The end of an address that leads to a turn of a transcript of so many."""
    whole = _stretch(turns, 0) == (0, turns)
    return f"#turn-{number}" if whole else f"?at={number}#turn-{number}"


def lay_out(understood: Understood, at: int = 0) -> Sheet:
    """The sheet of a transcript, or of a long one the page that has the turn `at`. Five queries at
    most, however long it is."""
    starts, exchange_of = _places(understood)
    paragraphs, turns = understood.paragraphs, understood.turns
    first, end = _stretch(len(turns), at)
    rows = []
    for number in range(first, end):
        until = starts[number + 1] if number + 1 < len(starts) else len(paragraphs)
        source = sources_of(paragraphs[starts[number] : until], turns[number].marker)
        address = address_of_turn(number, len(turns))
        rows.append(Row(number, turns[number], list(source), address=address))
    outlets = outlets_of(understood.parsed.exchanges)
    told = {one.name for one in understood.parsed.speakers}
    said = {understood.name_of(row.turn) for row in rows} - {""}
    known = known_names(told | said, understood.conference)
    _tell_exchanges(rows, understood, outlets, exchange_of, known)
    doubts = list(_doubts(understood, outlets))
    for doubt in doubts:
        if doubt.turn is not None and first <= doubt.turn < end:
            rows[doubt.turn - first].doubts.append(doubt)
    return Sheet(
        understood=understood,
        heading=list(sources_of(paragraphs[: starts[0] if starts else len(paragraphs)], "")),
        rows=rows,
        first=first,
        turns=turns,
        doubts=doubts,
        about_doubts=[doubt for doubt in doubts if doubt.turn is None],
        speakers=[(known.get(one.name, one.name), one.role) for one in understood.parsed.speakers],
        unknown_labels=_unknown_labels(understood, outlets),
    )


def _stretch(turns: int, at: int) -> tuple[int, int]:
    """The first turn of the page that has the turn `at`, and the one behind its last."""
    pages = max(1, (turns - _ORPHANS) // PAGE_TURNS + ((turns - _ORPHANS) % PAGE_TURNS > 0))
    page = min(max(at, 0) // PAGE_TURNS, pages - 1)
    return page * PAGE_TURNS, turns if page == pages - 1 else (page + 1) * PAGE_TURNS


def _unknown_labels(understood: Understood, outlets: Sequence[Outlet | None]) -> list[str]:
    pairs = zip(understood.parsed.exchanges, outlets, strict=True)
    return list(dict.fromkeys(one.asked_by for one, outlet in pairs if one.asked_by and not outlet))


def _places(understood: Understood) -> tuple[list[int], list[int]]:
    """For each turn its first paragraph, and the index of its exchange, -1 for none."""
    kept: tuple[list[int], list[int]] | None = understood.worked_out.get("places")
    if kept is None:
        exchange_of = [-1] * len(understood.turns)
        for index, exchange in enumerate(understood.parsed.exchanges):
            for turn in exchange.all_turns:
                exchange_of[turn] = index
        kept = starts_of(understood.paragraphs, understood.turns), exchange_of
        understood.worked_out["places"] = kept
    return kept


def _tell_exchanges(
    rows: Sequence[Row],
    understood: Understood,
    outlets: Sequence[Outlet | None],
    exchange_of: Sequence[int],
    known: Mapping[str, str],
) -> None:
    """Every row told of its exchange, and of who asked or answered."""
    for row in rows:
        index = exchange_of[row.number]
        if index >= 0:
            exchange = understood.parsed.exchanges[index]
            row.exchange, row.opens = index + 1, exchange.all_turns[0] == row.number
            row.follows = None if exchange.follows is None else exchange.follows + 1
            if row.turn.kind == "question":
                _tell_asker(row, exchange, outlets[index])
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


def _doubts(understood: Understood, outlets: Sequence[Outlet | None]) -> Iterator[Doubt]:
    """The parser's problems and the outlets nobody knows, numbered in the order of the file."""
    turns = understood.turns
    lines = [turn.line for turn in turns]
    first_on: dict[int, int] = {}
    for index, line in enumerate(lines):
        first_on.setdefault(line, index)
    found = [
        (problem, _turn_at(problem.line, lines, first_on)) for problem in understood.parsed.problems
    ]
    for exchange, outlet in zip(understood.parsed.exchanges, outlets, strict=True):
        asked = (index for index in exchange.all_turns if turns[index].kind == "question")
        at = next(asked, None) if exchange.asked_by and outlet is None else None
        if at is not None:
            problem = Problem(lines[at], "unknown_outlet", {"label": exchange.asked_by})
            found.append((problem, at))
    found.sort(key=lambda one: (-1 if one[1] is None else one[1], one[0].line or 0))
    for number, (problem, turn) in enumerate(found, start=1):
        yield Doubt(number, problem, turn)


def _turn_at(line: int | None, lines: Sequence[int], first_on: Mapping[int, int]) -> int | None:
    """The index of the turn that `line` belongs to; None for the whole file or its heading."""
    if line is None:
        return None
    if line in first_on:
        return first_on[line]
    after = bisect_right(lines, line)
    return after - 1 if after else None
