"""Facts of a whole conference that editors state: date and title, offices, and which guesses are
settled. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive.parsing.corrections.turn_corrections import Corrected, TranscriptCorrection
from archive.parsing.facts import FACTS, can_be
from archive.parsing.records import ParsedSpeaker, Problem


def stated_about(corrections: Sequence[TranscriptCorrection]) -> dict[str, str]:
    """Field to value, of every correction about the conference that can be followed; the last of
    a field wins. A date is written as 2020-05-24."""
    stated = (_stated(one) for one in corrections if one.kind == "about")
    return dict(pair for pair in stated if pair is not None)


def _stated(one: TranscriptCorrection) -> tuple[str, str] | None:
    field, value = one.value["field"], one.value["value"]
    return (field, value) if can_be_stated(field, value) else None


def can_be_stated(field: str, value: str) -> bool:
    """Whether a conference can be said to have that."""
    if field == "date":
        return _is_date(value)
    # A conference has a title, and a language of its own.
    missing = not value and field in ("title", "language")
    return field in FACTS and not missing and can_be(field, value)


def _is_date(value: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def with_offices(
    speakers: Mapping[str, ParsedSpeaker], corrections: Sequence[TranscriptCorrection]
) -> dict[str, ParsedSpeaker]:
    """`speakers` by name, with the offices that editors state."""
    held = dict(speakers)
    for one in corrections:
        if one.kind == "office" and (speaker := held.get(one.value["name"])):
            held[speaker.name] = replace(speaker, role=one.value["role"])
    return held


def fits_of_all(
    corrections: Sequence[TranscriptCorrection], fits: Sequence[bool], speakers: Mapping[str, Any]
) -> tuple[bool, ...]:
    """`fits` of the turns, and of offices whether somebody of that name speaks, and of what is
    about the conference whether it can be said."""
    return tuple(
        one.value["name"] in speakers
        if one.kind == "office"
        else _stated(one) is not None
        if one.kind == "about"
        else fit
        for one, fit in zip(corrections, fits, strict=True)
    )


def still_guessed(guesses: Sequence[Problem], corrected: Corrected) -> Iterator[Problem]:
    """`guesses` without the labels of which an editor said what they are."""
    for guess in guesses:
        left = f", {guess.params['labels']}, "
        for label in corrected.decided:
            left = left.replace(f", {label}, ", ", ")
        if left := left.strip(", "):
            yield replace(guess, params={"labels": left})
