"""Corrections told to people: what was changed, from what to what, by whom and when."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.review.forms import AboutForm
from archive.admin.review.layout import KIND_NAMES
from archive.models import Correction
from archive.parsing.transcript_diff import Effort, Run, marked


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


def list_entries(corrections: Iterable[Correction]) -> list[CorrectionEntry]:
    """Each correction told, the newest first. Wants made_by fetched with them; no query then."""
    effort = Effort()
    return [_entry(one, effort) for one in corrections][::-1]


def before_and_after(one: Correction) -> tuple[str, str, str]:
    """What a correction is about, what stood there, and what stands there now. No query."""
    is_undoing = "undoes" in one.value
    value, other = (one.before or {}, {}) if is_undoing else (one.value, one.before or {})
    text = {"text": one.text}
    what = _what(one.kind, value)
    before, after = _side(one.kind, other | text), _side(one.kind, text | value)
    if is_undoing:
        return _("Undone: %(what)s") % {"what": what}, after, before
    return what, before, after


def _entry(one: Correction, effort: Effort) -> CorrectionEntry:
    what, before, after = before_and_after(one)
    who = one.made_by.get_username() if one.made_by else _("somebody")
    runs = marked(before, after, effort)
    return CorrectionEntry(one.number, what, one.line, runs, who, one.made_at, one.fits)


def _what(kind: str, value: Mapping[str, Any]) -> str:
    """What was corrected."""
    if kind == Correction.Kind.ABOUT:
        field = AboutForm.base_fields.get(value.get("field", ""))
        return str(field.label) if field else str(value.get("field", ""))
    if kind == Correction.Kind.SPEAKER and value.get("scope") == "label":
        return _("Who speaks wherever “%(label)s” is printed") % {"label": value.get("label", "")}
    return str(_CORRECTED[kind][0]) % {"name": value.get("name", "")}


def _side(kind: str, value: Mapping[str, Any]) -> str:
    """How it was, or is now."""
    if kind == Correction.Kind.ASKER:
        parts = (value.get(name, "") for name in ("asked_by", "reporter"))
        printed = " · ".join(filter(None, parts))
        return f"{printed} → {value['outlet']}" if value.get("outlet") else printed
    said = value.get(_CORRECTED[kind][1]) or ""
    return str(KIND_NAMES.get(said, "") if kind == Correction.Kind.KIND else said)


# What a correction of each kind is about, and under which name its value says that.
_CORRECTED: dict[str, tuple[object, str]] = {
    Correction.Kind.WORDS: (gettext_lazy("Words"), "text"),
    Correction.Kind.KIND: (gettext_lazy("Kind of turn"), "kind"),
    Correction.Kind.ASKER: (gettext_lazy("Who asked"), ""),
    Correction.Kind.SPEAKER: (gettext_lazy("Who speaks"), "name"),
    Correction.Kind.OFFICE: (gettext_lazy("Office of %(name)s"), "role"),
    Correction.Kind.ABOUT: ("", "value"),
    Correction.Kind.SPLIT: (gettext_lazy("A new turn begins"), "text"),
    Correction.Kind.JOIN: (gettext_lazy("Joined to the turn before it"), "text"),
}
