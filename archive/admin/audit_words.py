"""Words of the audit log for rows that stand for a deed: corrections, versions, name changes."""

import json
from typing import Any

from auditlog.models import LogEntry
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.admin.review.correction_log import before_and_after
from archive.editing.names.sentences import sentences_of
from archive.links import link
from archive.models import Correction, NameChange, Revision
from archive.text.truncation import truncate

_SHORT = 60  # characters of each side


def told_of(entry: LogEntry) -> str | None:
    """What was done, from what to what, with a link; None for rows that stand for no deed.

    As the entry itself recorded it: the row may be gone. `transcript_of` an entry is whose review
    page the link leads to. No query.
    """
    teller = _TELLERS.get(entry.content_type.model)
    if teller is None or entry.action != LogEntry.Action.CREATE:
        return None
    values = {name: after for name, (_before, after) in (entry.changes or {}).items()}
    return teller(entry, values)


def _correction(entry: LogEntry, values: dict[str, Any]) -> str:
    row = Correction(
        kind=values.get("kind", ""),
        text=values.get("text") or "",
        value=_mapping(values.get("value")),
        before=_mapping(values.get("before")),
    )
    what, before, after = before_and_after(row)
    sides = (truncate(side, _SHORT) or "–" for side in (before, after))
    transcript = getattr(entry, "transcript_of", None)
    if transcript is None:
        return format_html("{}: {} → {}", what, *sides)
    url = reverse("admin:archive_transcript_review", args=[transcript])
    line = values.get("line")
    anchor = "about" if line in (None, "None") else f"L{line}"
    return format_html('<a href="{}#{}">{}</a>: {} → {}', url, anchor, what, *sides)


def _mapping(told: Any) -> dict[str, Any]:
    """JSON as auditlog wrote it down: a text."""
    if isinstance(told, str):
        try:
            told = json.loads(told)
        except ValueError:
            return {}
    return told if isinstance(told, dict) else {}


def _revision(entry: LogEntry, values: dict[str, Any]) -> str:
    slug, _space, number = str(entry.object_repr).rpartition(" v")
    event = str(dict(Revision.Event.choices).get(values.get("event", ""), values.get("event")))
    try:
        url = link("archive:version", slug, number)
    except NoReverseMatch:  # nothing keeps what a record calls its row from being anything
        return f"{entry.object_repr}: {event} {values.get('reason') or ''}"
    said = _("Version %(number)s") % {"number": number}
    return format_html('<a href="{}">{}</a>: {} {}', url, said, event, values.get("reason") or "")


def _name_change(entry: LogEntry, values: dict[str, Any]) -> str:
    change = NameChange(
        kind=values.get("kind", ""),
        named=values.get("named", ""),
        before=_mapping(values.get("before")),
        after=_mapping(values.get("after")),
    )
    url = reverse("admin:archive_namechange_change", args=[entry.object_pk])
    return format_html('<a href="{}">{}</a>', url, " ".join(sentences_of(change)))


_TELLERS = {"correction": _correction, "revision": _revision, "namechange": _name_change}
