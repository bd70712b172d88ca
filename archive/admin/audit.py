"""The record of changes: who, when, before and after. Read here, never edited."""

import datetime as dt
from typing import Any

from auditlog.models import LogEntry
from auditlog.render import get_field_verbose_name
from django.contrib import admin
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from archive.admin.audit_words import told_of
from archive.admin.bases import ModelAdmin, ReadOnly
from archive.models import Correction
from archive.text.truncation import truncate

# Words of auditlog itself, which speaks no Chinese: named here so that they are translated.
_ITS_WORDS = (
    *(gettext_noop("Audit log"), gettext_noop("log entry"), gettext_noop("log entries")),
    *(gettext_noop("create"), gettext_noop("update"), gettext_noop("delete")),
    *(gettext_noop("access"), gettext_noop("action"), gettext_noop("actor")),
    *(gettext_noop("content type"), gettext_noop("timestamp")),
    *(gettext_noop("Created {repr:s}"), gettext_noop("Updated {repr:s}")),
    gettext_noop("Deleted {repr:s}"),
)
# By archive.audit.note(), and by staff.
_NOTED: dict[str, Promise] = {
    "merged": _("merged into it"),
    "second_step": _("second step of the log-in"),
    "log_in_lock": _("lock of the log-in, by address"),
}
_SHORT = 60  # characters of a value in the list

if admin.site.is_registered(LogEntry):  # auditlog's own page
    admin.site.unregister(LogEntry)


@admin.register(LogEntry)
class AuditAdmin(ReadOnly, ModelAdmin[LogEntry]):
    list_display = ["timestamp", "who", "what", "action", "beginning"]
    list_display_links = ["timestamp"]
    list_filter = [
        ("actor", admin.RelatedOnlyFieldListFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
        "action",
        "timestamp",
    ]
    list_select_related = ["actor", "content_type"]
    search_fields = ["object_repr", "actor__username"]
    date_hierarchy = "timestamp"
    fields = ["timestamp", "who", "what", "action", "changes_table"]
    readonly_fields = ["timestamp", "who", "what", "action", "changes_table"]
    show_full_result_count = False  # there are many

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Each with the transcript of the correction that it may be of."""
        of = Correction.objects.filter(pk=OuterRef("object_id")).values("transcript_id")[:1]
        rows: QuerySet[LogEntry] = super().get_queryset(request)
        found: QuerySet[LogEntry] = rows.annotate(transcript_of=Subquery(of))
        return found

    @admin.display(description=_("who"), ordering="actor")
    def who(self, entry: LogEntry) -> str:
        """Commands and readers have no name here."""
        return str(entry.actor) if entry.actor else "–"

    @admin.display(description=_("what"), ordering="content_type")
    def what(self, entry: LogEntry) -> str:
        type_ = entry.content_type
        said = f"{capfirst(str(type_.name))} {entry.object_repr}"
        if entry.action == LogEntry.Action.DELETE:
            return said
        try:
            url = reverse(f"admin:{type_.app_label}_{type_.model}_change", args=[entry.object_pk])
        except NoReverseMatch:
            return said
        return format_html('<a href="{}">{}</a>', url, said)

    @admin.display(description=_("changed"))
    def beginning(self, entry: LogEntry) -> str:
        """Which fields, and of an update from what to what."""
        if (told := told_of(entry)) is not None:
            return told
        rows = _rows(entry)
        if entry.action != LogEntry.Action.UPDATE:
            return ""
        shown = ((name, *(truncate(value, _SHORT) for value in values)) for name, *values in rows)
        return "; ".join(f"{name}: {before} → {after}" for name, before, after in shown)

    @admin.display(description=_("changed"))
    def changes_table(self, entry: LogEntry) -> str:
        told = told_of(entry) or ""
        head = (gettext("Field"), gettext("Before"), gettext("After"))
        cells = '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>'
        table = '<table class="audit-changes"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        return format_html(
            f"<p>{{}}</p>{table}",
            told,
            format_html_join("", '<th scope="col">{}</th>', ((name,) for name in head)),
            format_html_join("", cells, _rows(entry)),
        )


def _rows(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Of each field that changed its name, and its value before and after."""
    return [
        (str(_NOTED.get(field) or get_field_verbose_name(entry, field)), *_values(entry, field, at))
        for field, at in sorted((entry.changes or {}).items())
    ]


def _values(entry: LogEntry, field: str, change: Any) -> tuple[str, str]:
    if isinstance(change, dict):  # of a relation to many
        objects = ", ".join(change["objects"])
        return ("–", objects) if change["operation"] == "add" else (objects, "–")
    before, after = (_said(entry, field, value) for value in change)
    return before, after


def _said(entry: LogEntry, field: str, value: Any) -> str:
    """A value as people say it: of a choice its name; "None" is how auditlog writes nothing."""
    if value in (None, "", "None"):
        return "–"
    model = entry.content_type.model_class()
    if model is None or field in _NOTED:
        return str(value)
    known = {one.name: one for one in model._meta.concrete_fields}.get(field)
    if isinstance(known, DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment.replace(tzinfo=dt.UTC)), "SHORT_DATETIME_FORMAT")
    choices = dict(known.flatchoices) if known is not None else {}
    return str(choices.get(value, value))
