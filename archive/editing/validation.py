"""Validation of corrections: pages ask in their forms, this is the last door to the database."""

from collections.abc import Mapping
from typing import Any

from archive.models import Conference
from archive.parsing.corrections.conference_facts import can_be_stated
from archive.parsing.corrections.turn_corrections import KINDS
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from archive.parsing.truncation import LONGEST_LABEL, LONGEST_NAME

_LONGEST_TEXT = 1_000_000  # characters
# What each kind must say, and how long it may be.
_TEXTS: Mapping[str, Mapping[str, int]] = {
    "words": {"text": _LONGEST_TEXT},
    "split": {},
    "join": {},
    "kind": {},
    "asker": {"outlet": 120, "asked_by": LONGEST_LABEL, "reporter": LONGEST_NAME},
    "speaker": {"name": LONGEST_NAME},
    "office": {"name": LONGEST_NAME, "role": LONGEST_LABEL},
    "about": {"field": LONGEST_NAME, "value": _LONGEST_TEXT},
}


def check(one: Wanted) -> None:
    """Raises ValueError for a kind that is none, and values that are missing, wrong or too long."""
    if one.kind not in _TEXTS:
        raise ValueError(f"There are no corrections of the kind {one.kind!r}.")
    for name, longest in _TEXTS[one.kind].items():
        if not isinstance(one.value.get(name), str):
            raise ValueError(f"A correction of the kind {one.kind!r} must say {name!r}.")
        _check_length(name, one.value[name], longest)
    nth = one.value.get("nth", 0)
    if not isinstance(nth, int) or nth < 0:
        raise ValueError("Which of several paragraphs is meant is a number from 0 on.")
    for name, value in one.value.items():
        if name != "nth" and (not isinstance(value, str) or "\0" in value):
            raise ValueError(f"The value of {name!r} is no text that can be kept.")
    if one.kind in ("kind", "split") and one.value.get("kind") not in KINDS:
        raise ValueError(f"A turn is one of {', '.join(KINDS)}.")
    if one.value.get("scope", "turn") not in ("turn", "label"):
        raise ValueError("A correction is about a turn or about a label.")
    _check_length("label", one.value.get("label", ""), LONGEST_LABEL)
    if one.kind == "about":
        _check_about(one.value)


def _check_about(value: Mapping[str, Any]) -> None:
    if not can_be_stated(value["field"], value["value"]):
        raise ValueError(f"The {value['field']} of a conference cannot be {value['value']!r}.")
    longest = getattr(Conference._meta.get_field(value["field"]), "max_length", None)
    _check_length(value["field"], value["value"], longest or _LONGEST_TEXT)


def _check_length(name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError(f"The {name} has {len(text)} characters; it may have {longest}.")
