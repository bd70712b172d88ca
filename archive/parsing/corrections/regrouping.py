"""The exchanges of an export whose turns an editor corrected: as it tells them where he said
nothing else. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.parsing.attribution.askers import who_asked
from archive.parsing.records import ParsedAnswer, ParsedExchange, Role, Turn


@dataclass(slots=True)
class _Group:
    """The turns of one exchange, by their indices."""

    told: int | None  # the index of the exchange that was told and begins here
    topics: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def begins(self) -> bool:
        """Whether there is nothing but headings so far."""
        return not self.questions and not self.answers


def retold(turns: Sequence[Turn], told: Sequence[ParsedExchange]) -> tuple[ParsedExchange, ...]:
    """Every turn in its exchange, in order: those of `told`, by `Turn.told`, and one more for each
    question that begins inside them."""
    groups: list[_Group] = []
    for at, turn in enumerate(turns):
        opens = turn.kind in ("topic", "question") and groups and not groups[-1].begins()
        if not groups or turn.told is not None or opens:
            groups.append(_Group(turn.told))
        group = groups[-1]
        kinds = {"topic": group.topics, "question": group.questions}
        kinds.get(turn.kind, group.answers).append(at)
    places = {group.told: at for at, group in enumerate(groups) if group.told is not None}
    return tuple(_exchange(turns, group, _follows(group, told, places)) for group in groups)


def _follows(
    group: _Group, told: Sequence[ParsedExchange], places: Mapping[int, int]
) -> int | None:
    leader = None if group.told is None else told[group.told].follows
    return None if leader is None else places.get(leader)


def _exchange(turns: Sequence[Turn], group: _Group, follows: int | None) -> ParsedExchange:
    answers = group.answers
    topics = group.topics
    if group.begins():  # a heading with nothing under it
        answers, topics = topics, []
    asked = turns[group.questions[0]] if group.questions else None
    outlet = reporter = ""
    if asked is not None:
        outlet, reporter = asked.outlet, asked.reporter
        if asked.told is None and asked.outlet_slug is None and not (outlet or reporter):
            said = who_asked(asked.label, asked.text)
            outlet, reporter = said.outlet, said.reporter
    return ParsedExchange(
        kind="statement" if asked is None else "question",
        asked_by=outlet,
        reporter=reporter,
        question="\n".join(turns[at].text for at in group.questions),
        answers=tuple(_answer(turns[at], at) for at in answers),
        line=turns[(group.questions or answers)[0]].line,
        topic="\n".join(turns[at].text for at in topics),
        marker="\n".join(filter(None, (turns[at].marker for at in group.questions))),
        follows=follows,
        outlet_slug=(asked.outlet_slug or "") if asked is not None else "",
        turns=(*topics, *group.questions),
    )


def _answer(turn: Turn, at: int) -> ParsedAnswer:
    role: Role = "note" if turn.kind in ("topic", "note") else "speaker"
    role = "moderator" if turn.kind == "moderator" else role
    speaker = turn.label if turn.person is None else turn.person
    return ParsedAnswer(speaker, role, turn.text, turn.line, turn.label, turn.marker, (at,))
