"""Conflicts between two editors who corrected the same place, and what stood there before."""

from collections.abc import Iterator, Sequence
from typing import Any

from archive.editing.interpretation import Understood, as_pure
from archive.models import Correction, Transcript
from archive.parsing.corrections.turn_corrections import CorrectionStep, apply_each
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from archive.parsing.records import Turn

# What a correction of each kind is about. Two of one turn go together when they share nothing.
_ASPECTS = {
    "split": {"words", "kind", "who"},
    "join": {"words", "kind", "who"},
    "kind": {"kind"},
    "asker": {"who"},
    "speaker": {"who"},
}

CorrectedPlace = tuple[str, ...]


def clashing(
    transcript: Transcript,
    shown: Understood,
    theirs: Sequence[Correction],
    rows: Sequence[Correction],
    wanted: Sequence[Wanted],
) -> bool:
    """Whether `wanted` and `theirs`, both made after what is `shown`, are about one place."""
    by_number = {row.number: row for row in rows}
    meant = []
    for row in theirs:
        while "undoes" in row.value:
            row = by_number[row.value["undoes"]]  # noqa: PLW2901
        meant.append(as_pure(row))
    return not _places(shown.turns, meant).isdisjoint(_places(shown.turns, wanted))


def _places(turns: Sequence[Turn], corrections: Sequence[Wanted]) -> set[CorrectedPlace]:
    return {place for step in apply_each(turns, corrections) for place in _places_of(step)}


def _places_of(step: CorrectionStep) -> Iterator[CorrectedPlace]:
    one = step.correction
    if one.kind == "about":
        yield ("about", one.value["field"])
    elif one.kind == "office":
        yield ("office", one.value["name"])
    elif one.kind == "words":
        yield ("words", str(step.paragraph.line if step.paragraph else one.line))
    else:
        lines = {str(paragraph.line) for turn in step.turns for paragraph in turn.paragraphs}
        yield from ((aspect, line) for aspect in _ASPECTS[one.kind] for line in lines)


def found_before(shown: Understood, wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
    """Of each correction what stands in its place, in the shape of its value."""
    return [_before(shown, step) for step in apply_each(shown.turns, wanted)]


def _before(shown: Understood, step: CorrectionStep) -> dict[str, Any]:
    parsed, one = shown.parsed, step.correction
    if one.kind == "about":
        value = getattr(parsed, one.value["field"], None)
        return {"field": one.value["field"], "value": "" if value is None else str(value)}
    if one.kind == "office":
        roles = {speaker.name: speaker.role for speaker in parsed.speakers}
        return {"name": one.value["name"], "role": roles.get(one.value["name"], "")}
    if one.kind == "words":
        return {"text": step.paragraph.text if step.paragraph else one.text}
    return _turn_before(shown, step.turns[-1], one) if step.turns else {}


def _turn_before(shown: Understood, turn: Turn, one: Wanted) -> dict[str, Any]:
    if one.kind == "speaker":
        return {"name": shown.name_of(turn), "label": turn.label}
    if one.kind != "asker":
        return {"kind": turn.kind, "label": turn.label}
    asked = (
        exchange
        for exchange in shown.parsed.exchanges
        if any(shown.turns[at].line == turn.line for at in exchange.turns)
    )
    exchange = next(asked, None)
    names = {"outlet": "outlet_slug", "asked_by": "asked_by", "reporter": "reporter"}
    return {key: getattr(exchange, name, "") for key, name in names.items()}
