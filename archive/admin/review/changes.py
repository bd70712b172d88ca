"""From a form of the review page to corrections: what differs from what the page had shown. Pure
but for the forms it knows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from archive.parsing.corrections.turn_corrections import (
    CorrectionKind,
    correct,
    words_corrections,
)
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from archive.parsing.facts import values_of
from archive.parsing.records import Paragraph, ParsedConference, Turn

Values = Mapping[str, Any]


def about_corrections(parsed: ParsedConference, values: Values) -> list[Wanted]:
    """One correction for each field, and each office, that is not as it was understood."""
    changed = [
        Wanted("about", None, "", {"field": name, "value": _plain(values[name])})
        for name, value in values_of(parsed).items()
        if _plain(values[name]) != _plain(value)
    ]
    return changed + [
        Wanted("office", None, "", {"name": speaker.name, "role": values[f"office_{number}"]})
        for number, speaker in enumerate(parsed.speakers)
        if values[f"office_{number}"] != speaker.role
    ]


def _plain(value: object) -> str:
    """As JSON keeps it: a date as ISO 8601, "" for none. Browsers end lines with CR LF."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value or "").replace("\r\n", "\n")


def turn_corrections(
    turn: Turn, before: Values, values: Values, deed: tuple[str, int] = ("save", 0)
) -> list[Wanted]:
    """What the form of a turn changes, in an order in which each finds its paragraph.

    `before` is the form as it was shown. `values["outlet_slug"]` is the outlet that was chosen,
    None when that is left to the label. `deed` is the button: "save"; "split" at that paragraph
    of the turn or "line" at that line of the text box, from 1; "join" with the turn before.
    """
    verb, at = deed
    made: list[Wanted] = []
    if verb == "split" and 1 < at <= len(turn.paragraphs):
        made.append(_split(turn.paragraphs[at - 1], values))
    made += words_corrections(turn, values["words"])
    left = correct([turn], made).turns
    if not left:
        return made  # nothing is left of it that could be anything
    first = left[0].paragraphs[0]
    made += _who_and_what(turn, first, before, values)
    if verb == "line" and 1 < at <= len(left[0].paragraphs):
        made.append(_split(left[0].paragraphs[at - 1], values))
    if verb == "join":
        made.append(_about(first, "join", {}))
    return made


def _who_and_what(turn: Turn, first: Paragraph, before: Values, values: Values) -> list[Wanted]:
    kind = values["kind"]
    wide = values["scope"] == "label" and bool(turn.label)
    scope = {"scope": "label", "label": turn.label} if wide else {"scope": "turn"}
    made: list[Wanted] = []
    if kind != turn.kind:
        made.append(_about(first, "kind", {"kind": kind, **scope}))
    if kind == "question" and _asker_differs(before, values):
        asker = {name: values[name] for name in ("asked_by", "reporter")}
        made.append(_about(first, "asker", {"outlet": values["outlet_slug"], **asker, **scope}))
    if kind in ("answer", "moderator"):
        name = values["speaker"]
        if name != before["speaker"]:
            made.append(_about(first, "speaker", {"name": name, **scope}))
        if name and values["office"] != before["office"]:
            made.append(Wanted("office", None, "", {"name": name, "role": values["office"]}))
    return made


def _asker_differs(before: Values, values: Values) -> bool:
    return any(values[name] != before[name] for name in ("asked_by", "reporter", "outlet_slug"))


def _about(paragraph: Paragraph, kind: CorrectionKind, value: dict[str, Any]) -> Wanted:
    return Wanted(kind, paragraph.line, paragraph.text, value)


def _split(paragraph: Paragraph, values: Values) -> Wanted:
    kind = values["split_kind"] or values["kind"]
    return _about(paragraph, "split", {"kind": kind, "label": ""})
