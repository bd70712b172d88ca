"""The only ingest module that writes rows: what a transcript says of its conference, links kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.db.models import F

from archive.editing.name_resolution import in_one_order, outlets_of, speaker_named
from archive.models import (
    Answer,
    Appearance,
    Conference,
    Exchange,
    Outlet,
    Speaker,
    Transcript,
)
from archive.parsing.facts import values_of
from archive.parsing.records import ParsedAnswer, ParsedConference, ParsedExchange, Problem
from archive.parsing.similarity import match_texts

_Row = TypeVar("_Row", Exchange, Answer)

Outcome = Literal["created", "updated", "unchanged"]

# By the same name in ParsedExchange and Exchange.
_ASKED = ("kind", "asked_by", "reporter", "question", "topic")
_EXCHANGE = (*_ASKED, "outlet_id", "position", "follows_id")
_ANSWER = ("speaker_id", "role", "label", "text")

# While exchanges are put in a new order their positions are out of the way up here.
_ASIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a transcript. `problems` are the parser's and what the database adds."""

    outcome: Outcome
    conference: Conference
    transcript: Transcript
    problems: tuple[Problem, ...]


def save_conference(
    parsed: ParsedConference,
    conference: Conference | None,
    *,
    before: ParsedConference | None = None,
) -> tuple[Conference, tuple[Problem, ...]]:
    """Make the rows of `conference`, or of a new draft, what `parsed` says; and what is doubtful.

    Exchanges that are still there keep their refs, rows that say the same are let be. Where the
    rows say what `before` does, only those of which `parsed` says something else are read. The
    caller holds the conference in a transaction. Raises ValueError when `parsed` has no date.
    """
    if parsed.date is None:
        raise ValueError("A conference without a date cannot be saved.")
    known = conference is not None
    conference = conference or Conference()
    moves = not known or (conference.date != parsed.date and _is_slug_of(conference))
    for name, value in values_of(parsed).items():
        setattr(conference, name, value)
    # Either tells the index.
    if moves:
        conference.save_at_free_slug(parsed.date.isoformat())
    else:
        conference.save()
    outlets = outlets_of(parsed.exchanges)
    speakers = _save_speakers(conference, parsed)
    if not before or not _save_changed(conference, parsed, before, outlets, speakers):
        _save_exchanges(conference, parsed, outlets, speakers, known=known)
    return conference, _with_unknown_outlets(parsed, outlets)


def _is_slug_of(conference: Conference) -> bool:
    """Whether its address was made of its date and not by an editor."""
    return re.fullmatch(rf"{conference.date}(?:-\d+)?", conference.slug) is not None


def _with_unknown_outlets(
    parsed: ParsedConference, outlets: Sequence[Outlet | None]
) -> tuple[Problem, ...]:
    unknown = [
        Problem(exchange.line, "unknown_outlet", {"label": exchange.asked_by})
        for exchange, outlet in zip(parsed.exchanges, outlets, strict=True)
        if exchange.asked_by and outlet is None
    ]
    return tuple(sorted((*parsed.problems, *unknown), key=lambda problem: problem.line or 0))


def _save_speakers(conference: Conference, parsed: ParsedConference) -> dict[str, Speaker]:
    """Every speaker of `parsed` by name, and who appeared in which role."""
    roles = {speaker.name: speaker.role for speaker in parsed.speakers}
    names = [answer.speaker for exchange in parsed.exchanges for answer in exchange.answers]
    printed = dict.fromkeys(name for name in (*roles, *names) if name)
    made = {name: speaker_named(name, conference) for name in in_one_order(printed)}
    speakers = {name: made[name] for name in printed}
    held: dict[int, str] = {}
    for name, speaker in speakers.items():
        held[speaker.pk] = held.get(speaker.pk) or roles.get(name, "")
    known = {one.speaker_id: one for one in conference.appearances.all()}
    for pk, role in held.items():
        appearance = known.pop(pk, None)
        if appearance is None:
            Appearance.objects.create(conference=conference, speaker_id=pk, role=role)
        elif appearance.role != role:
            appearance.role = role
            appearance.save()
    for appearance in known.values():
        appearance.delete()
    return speakers


def _save_changed(
    conference: Conference,
    parsed: ParsedConference,
    before: ParsedConference,
    outlets: Sequence[Outlet | None],
    speakers: dict[str, Speaker],
) -> bool:
    """Write the few exchanges that an editor's correction changed; False, and nothing is written,
    where exchanges came, went or are others. Five queries at most, for two numbers of each row."""
    rows = list(conference.exchanges.order_by("position").values_list("pk", "outlet_id"))
    if not len(rows) == len(before.exchanges) == len(parsed.exchanges):
        return False
    facts = zip(rows, before.exchanges, parsed.exchanges, outlets, strict=True)
    differ = [
        at
        for at, ((_pk, outlet_id), old, new, outlet) in enumerate(facts)
        if _written_of(old) != _written_of(new) or outlet_id != (outlet.pk if outlet else None)
    ]
    if not differ:
        return True
    found = conference.exchanges.for_reading().in_bulk([rows[at][0] for at in differ])
    exchanges = [found[rows[at][0]] for at in differ]
    said = [parsed.exchanges[at] for at in differ]
    same = match_texts([one.words for one in exchanges], [one.words for one in said])
    if len(same) < len(differ) or any(new != old for new, old in same.items()):
        return False
    states = [_state(exchange, _EXCHANGE) for exchange in exchanges]
    for at, exchange, one in zip(differ, exchanges, said, strict=True):
        exchange.outlet = outlets[at]
        exchange.follows_id = None if one.follows is None else rows[one.follows][0]
        for name in _ASKED:
            setattr(exchange, name, getattr(one, name))
    pairs = zip(exchanges, states, strict=True)
    changed = [exchange for exchange, state in pairs if _state(exchange, _EXCHANGE) != state]
    _rewrite(changed, [name.removesuffix("_id") for name in _EXCHANGE])
    _save_answers(exchanges, said, speakers)
    return True


def _written_of(one: ParsedExchange) -> tuple[Any, ...]:
    """All of an exchange of which rows are made."""
    answers = tuple((a.speaker, a.role, a.label, a.text) for a in one.answers)
    return (*(getattr(one, name) for name in _ASKED), one.outlet_slug, one.follows, answers)


def _save_exchanges(
    conference: Conference,
    parsed: ParsedConference,
    outlets: Sequence[Outlet | None],
    speakers: dict[str, Speaker],
    *,
    known: bool,
) -> None:
    """In bulk: one by one, each would tell the index of the conference once more."""
    old = list(conference.exchanges.for_reading().order_by("position")) if known else []
    kept = match_texts([one.words for one in old], [one.words for one in parsed.exchanges])
    gone = [exchange.pk for index, exchange in enumerate(old) if index not in kept.values()]
    if gone:
        conference.exchanges.filter(pk__in=gone).delete()
    rows: list[Exchange] = []
    before: dict[int, tuple[Any, ...]] = {}
    for at, (one, outlet) in enumerate(zip(parsed.exchanges, outlets, strict=True)):
        if at in kept:
            exchange = old[kept[at]]
            before[exchange.pk] = _state(exchange, _EXCHANGE)
        else:
            conference.refs_given += 1
            exchange = Exchange(conference=conference, ref=conference.refs_given)
        exchange.outlet, exchange.position = outlet, at + 1
        for name in _ASKED:
            setattr(exchange, name, getattr(one, name))
        rows.append(exchange)
    _write_exchanges(conference, rows, before, [one.follows for one in parsed.exchanges])
    _save_answers(rows, parsed.exchanges, speakers)
    if len(before) < len(rows):
        conference.save(update_fields=["refs_given"])


def _state(row: Exchange | Answer, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _write_exchanges(
    conference: Conference,
    rows: Sequence[Exchange],
    before: dict[int, tuple[Any, ...]],
    follows: Sequence[int | None],
) -> None:
    """Those that are new, and those that are not as they were `before`, by primary key."""
    places = _EXCHANGE.index("position")
    moved = [row.pk for row in rows if row.pk and before[row.pk][places] != row.position]
    if moved:
        conference.exchanges.filter(pk__in=moved).update(position=F("position") + _ASIDE)
    changed = [row for row in rows if row.pk and _state(row, _EXCHANGE) != before[row.pk]]
    fields = [name.removesuffix("_id") for name in _EXCHANGE]
    _rewrite(changed, [name for name in fields if name != "follows"])
    Exchange.objects.bulk_create([row for row in rows if not row.pk])
    led: list[Exchange] = []
    for row, index in zip(rows, follows, strict=True):
        leader = rows[index].pk if index is not None else None
        if row.follows_id != leader:
            row.follows_id = leader
            led.append(row)
    _rewrite(led, ["follows"])


def _save_answers(
    rows: Sequence[Exchange], parsed: Sequence[ParsedExchange], speakers: dict[str, Speaker]
) -> None:
    new: list[Answer] = []
    changed: list[Answer] = []
    gone: list[int] = []
    for exchange, one in zip(rows, parsed, strict=True):
        old = list(exchange.said) if hasattr(exchange, "fetched_answers") else []
        for number, answer in enumerate(one.answers, start=1):
            is_new = number > len(old)
            row = Answer(exchange=exchange) if is_new else old[number - 1]
            before = (row.position, *_state(row, _ANSWER))
            _tell(row, answer, speakers)
            row.position = number
            if is_new:
                new.append(row)
            elif before != (row.position, *_state(row, _ANSWER)):
                changed.append(row)
        gone += [row.pk for row in old[len(one.answers) :]]
    if gone:
        Answer.objects.filter(pk__in=gone).delete()
    _rewrite(changed, ["position", "speaker", "role", "label", "text"])
    Answer.objects.bulk_create(new)


def _rewrite(rows: Sequence[_Row], fields: Sequence[str]) -> None:
    """As bulk_update(), whose CASE for every row and field takes many times as long."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields
        )


def _tell(row: Answer, answer: ParsedAnswer, speakers: dict[str, Speaker]) -> None:
    row.speaker = speakers.get(answer.speaker)
    row.role, row.label, row.text = answer.role, answer.label, answer.text
