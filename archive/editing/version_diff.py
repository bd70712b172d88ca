"""Two states of one conference compared: what is said of it, and every exchange word by word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.models import Answer, Conference
from archive.parsing.facts import FACTS
from archive.parsing.records import ParsedAnswer, ParsedExchange
from archive.parsing.transcript_diff import Change, Run, compare_exchanges, marked

# What an export says of its conference as a whole.
_FACTS = (*FACTS, "speakers")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a conference as a whole, as it was and as it is."""

    name: str  # a field of Conference
    runs: tuple[Run, ...]

    @property
    def label(self) -> str:
        return str(Conference._meta.get_field(self.name).verbose_name)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Changed:
    """One exchange that came, went or changed, with its number in links."""

    change: Change
    ref: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two exports of one conference. Exchanges are told apart by their numbers in links."""

    facts: tuple[Fact, ...]
    changes: tuple[Changed, ...]
    kept: int  # exchanges whose links stay, changed or not

    def __bool__(self) -> bool:
        return bool(self.facts or self.changes)

    @property
    def counts(self) -> Counter[str]:
        """How many exchanges were "added", "removed" or "changed", and are the "same"."""
        counts: Counter[str] = Counter(one.change.kind for one in self.changes)
        counts["same"] = self.kept - counts["changed"]
        return counts

    @property
    def gone(self) -> list[int]:
        """Numbers whose links will lead to the conference."""
        return [one.ref for one in self.changes if one.change.kind == "removed"]


def compare_exports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Compared:
    """What changed from one state of a conference to another, both as conference_as_data().

    Roles are named in the language of the page.
    """
    before, after = _facts_of(old), _facts_of(new)
    places = {one["ref"]: index for index, one in enumerate(old["exchanges"])}
    kept = {
        index: places[one["ref"]]
        for index, one in enumerate(new["exchanges"])
        if one["ref"] in places
    }
    changes = compare_exchanges(_exchanges_of(old), _exchanges_of(new), kept)
    return Compared(
        facts=tuple(
            Fact(name, marked(before[name], after[name]))
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
    role = Answer.Role(one["role"])
    told = who if role == Answer.Role.SPEAKER else f"{who} ({role.label})".strip()
    return ParsedAnswer(speaker=told, role=one["role"], text=one["text"], line=0)
