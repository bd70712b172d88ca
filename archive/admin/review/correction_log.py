"""Corrections told to people: what was changed, from what to what, by whom and when."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.admin.review.forms import TURN_KIND_CHOICES, AboutForm
from archive.models import Correction
from archive.parsing.transcript_diff import Effort, Run, marked

_KIND_NAMES = dict(TURN_KIND_CHOICES)


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """One correction as a sentence with its difference marked."""

    number: int
    what: str
    line: int | None
    runs: Sequence[Run]
    who: str
    when: dt.datetime
    fits: bool


def list_entries(
    corrections: Iterable[Correction], *, newest_first: bool = True
) -> list[CorrectionEntry]:
    """Each correction told. Wants made_by fetched with them; no query then."""
    effort = Effort()
    told = [_entry(one, effort) for one in corrections]
    return told[::-1] if newest_first else told


def _entry(one: Correction, effort: Effort) -> CorrectionEntry:
    if "undoes" in one.value:
        what, after, before = _TELLERS[one.kind](one, {}, one.before or {})
        what = _("Undone: %(what)s") % {"what": what}
    else:
        what, before, after = _TELLERS[one.kind](one, one.before or {}, one.value)
    who = one.made_by.get_username() if one.made_by else _("somebody")
    runs = marked(before, after, effort)
    return CorrectionEntry(one.number, what, one.line, runs, who, one.made_at, one.fits)


Told3 = tuple[str, str, str]  # what was corrected, from what, to what
CorrectionValue = Mapping[str, Any]


def _words(one: Correction, _before: CorrectionValue, value: CorrectionValue) -> Told3:
    return _("Words"), one.text, value.get("text", "")


def _kind(_one: Correction, before: CorrectionValue, value: CorrectionValue) -> Told3:
    kinds = [str(_KIND_NAMES.get(side.get("kind", ""), "")) for side in (before, value)]
    return _("Kind of turn"), kinds[0], kinds[1]


def _asker(_one: Correction, before: CorrectionValue, value: CorrectionValue) -> Told3:
    def name(side: CorrectionValue) -> str:
        parts = (side.get(key, "") for key in ("asked_by", "reporter"))
        printed = " · ".join(filter(None, parts))
        return f"{printed} → {side['outlet']}" if side.get("outlet") else printed

    return _("Who asked"), name(before), name(value)


def _speaker(_one: Correction, before: CorrectionValue, value: CorrectionValue) -> Told3:
    what = _("Who speaks")
    if value.get("scope") == "label":
        what = _("Who speaks wherever “%(label)s” is printed") % {"label": value.get("label", "")}
    return what, before.get("name", ""), value.get("name", "")


def _office(_one: Correction, before: CorrectionValue, value: CorrectionValue) -> Told3:
    what = _("Office of %(name)s") % {"name": value.get("name", "")}
    return what, before.get("role", ""), value.get("role", "")


def _about(_one: Correction, before: CorrectionValue, value: CorrectionValue) -> Told3:
    field = AboutForm.base_fields.get(value.get("field", ""))
    what = str(field.label) if field else value.get("field", "")
    return what, str(before.get("value") or ""), str(value.get("value") or "")


def _split(one: Correction, _before: CorrectionValue, _value: CorrectionValue) -> Told3:
    return _("A new turn begins"), one.text, one.text


def _join(one: Correction, _before: CorrectionValue, _value: CorrectionValue) -> Told3:
    return _("Joined to the turn before it"), one.text, one.text


_TELLERS: dict[str, Callable[[Correction, CorrectionValue, CorrectionValue], Told3]] = {
    Correction.Kind.WORDS: _words,
    Correction.Kind.KIND: _kind,
    Correction.Kind.ASKER: _asker,
    Correction.Kind.SPEAKER: _speaker,
    Correction.Kind.OFFICE: _office,
    Correction.Kind.ABOUT: _about,
    Correction.Kind.SPLIT: _split,
    Correction.Kind.JOIN: _join,
}
