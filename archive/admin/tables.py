"""Rows beside the one that a page of the admin is about: only looked at.

Django has inlines for this; but they make a form of each row, which takes half of the page's time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_permission_codename
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst

from archive.links import link

_NOTHING = "-"  # as Django's own tables have it


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row is called, and its fields as they are written."""

    name: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """As Django's tabular inlines look."""

    prefix: str
    title: str
    columns: list[tuple[str, str]]  # the name of each field, in programs and on the page
    rows: list[TableRow]


def table_of(queryset: QuerySet[Any], names: Sequence[str]) -> Table:
    """The fields with these `names`. One query."""
    meta = queryset.model._meta
    fields = [meta.get_field(name) for name in names]
    return Table(
        prefix=f"{meta.model_name}s",
        title=capfirst(str(meta.verbose_name_plural)),
        columns=[(field.name, capfirst(str(field.verbose_name))) for field in fields],
        rows=[TableRow(str(row), [_cell(row, field) for field in fields]) for row in queryset],
    )


def may_look(request: HttpRequest, model: type[Model]) -> bool:
    """Whether the user may see rows of `model`, as Django's admin decides it."""
    codenames = (get_permission_codename(verb, model._meta) for verb in ("view", "change"))
    return any(request.user.has_perm(f"{model._meta.app_label}.{name}") for name in codenames)


def _cell(row: Model, field: "Field[Any, Any]") -> str:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey) and value is not None:
        there = f"admin:{value._meta.app_label}_{value._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', link(there, value.pk), value)
    return display_for_field(value, field, _NOTHING)
