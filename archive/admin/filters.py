"""Filters of lists in the admin, with a count beside each choice.

Django counts every choice by an expression of its own, which takes longer to put together than the
rows take to be counted.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.models import Conference


class ChoiceFilter(admin.ChoicesFieldListFilter):
    """The choices of a field."""

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        return _counts(self, changelist, [value for value, _name in self.field.flatchoices])


class ValueFilter(admin.AllValuesFieldListFilter):
    """The values that a field has."""

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        return _counts(self, changelist, list(self.lookup_choices))


class ScheduledFilter(admin.SimpleListFilter):
    title = _("published by itself")
    parameter_name = "scheduled"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("at a set time"))]

    def queryset(
        self, _request: HttpRequest, queryset: QuerySet[Conference]
    ) -> QuerySet[Conference]:
        return queryset.filter(publish_at__isnull=False) if self.value() else queryset

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        others = changelist.get_queryset(self.request, self.expected_parameters())
        return {"0__c": others.filter(publish_at__isnull=False).count()}


def _counts(
    one: admin.FieldListFilter, changelist: ChangeList, values: list[Any]
) -> dict[str, int]:
    """How many rows have each of `values`, under the names that Django gives them. One query."""
    others = changelist.get_queryset(one.request, one.expected_parameters())
    # A search through a relation finds a row more than once.
    counted = others.order_by().values_list(one.field_path).annotate(Count("pk", distinct=True))
    found = dict(counted)
    return {f"{number}__c": found.get(value, 0) for number, value in enumerate(values)}
