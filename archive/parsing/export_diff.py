"""Two states of one conference compared: what is said of it, and every exchange word by word. Pure.

Both are exports (archive.exports.conference_json), so that exchanges are told apart by their
numbers in links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.parsing.facts import FACTS
from archive.parsing.records import ParsedAnswer, ParsedExchange
from archive.parsing.transcript_diff import Change, Effort, Run, compare_exchanges, marked

# What an export says of its conference as a whole.
_FACTS = (*FACTS, "speakers")


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """What is said of a conference as a whole, as it was and as it is."""

    name: str  # a field of Conference
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One exchange that came, went or changed, with its number in links."""

    change: Change
    ref: int


@dataclass(frozen=True, slots=True)
class ComparedStates:
    facts: tuple[ChangedFact, ...]
    changes: tuple[Changed, ...]
    kept: int  # exchanges whose links stay, changed or not


@dataclass(frozen=True, slots=True)
class Difference:
    """What readers are shown of two versions, or of two files, of which only exchanges are
    compared."""

    facts: tuple[ChangedFact, ...]
    changes: tuple[Change, ...]


def difference_of_exports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    compared = compare_states(old, new)
    return Difference(compared.facts, tuple(one.change for one in compared.changes))


def compare_states(old: Mapping[str, Any], new: Mapping[str, Any]) -> ComparedStates:
    """What changed from one state of a conference to another, both as conference_as_data()."""
    before, after = _facts_of(old), _facts_of(new)
    places = {one["ref"]: index for index, one in enumerate(old["exchanges"])}
    kept = {
        index: places[one["ref"]]
        for index, one in enumerate(new["exchanges"])
        if one["ref"] in places
    }
    effort = Effort()
    changes = compare_exchanges(_exchanges_of(old), _exchanges_of(new), kept, effort)
    return ComparedStates(
        facts=tuple(
            ChangedFact(name, marked(before[name], after[name], effort))
            for name in _FACTS
            if before[name] != after[name]
        ),
        changes=tuple(Changed(one, _ref(one, old, new)) for one in changes),
        kept=len(kept),
    )


def _ref(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> int:
    state = old if change.kind == "removed" else new
    ref: int = state["exchanges"][change.index]["ref"]
    return ref


def _facts_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Each as one text; a speaker a line, with the office held."""
    people = (" ".join(filter(None, (one["name"], one["role"]))) for one in data["speakers"])
    return {name: str(data.get(name, "")) for name in _FACTS} | {"speakers": "\n".join(people)}


def _exchanges_of(data: Mapping[str, Any]) -> Sequence[ParsedExchange]:
    """Who asked and who answered with all that is known of them, for it is compared as printed."""
    return [
        ParsedExchange(
            kind=one["kind"],
            asked_by=_asker(one),
            reporter=one["reporter"],
            question=one["question"],
            answers=tuple(_answer(answer) for answer in one["answers"]),
            line=0,
            topic=one["topic"],
        )
        for one in data["exchanges"]
    ]


def _asker(one: Mapping[str, Any]) -> str:
    """路透社 → Reuters, 张三: the label, the outlet where it is named otherwise, the reporter."""
    outlet = "" if one["outlet"] == one["asked_by"] else one["outlet"]
    named = " → ".join(filter(None, (one["asked_by"], outlet)))
    return ", ".join(filter(None, (named, one["reporter"])))


def _answer(one: Mapping[str, Any]) -> ParsedAnswer:
    who = one["speaker"] or one["label"]
    return ParsedAnswer(speaker=who, role=one["role"], text=one["text"], line=0)
