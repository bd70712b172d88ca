"""The admin's classes, made subscriptable: mypy wants ModelAdmin[Outlet], Django has none."""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote
from django.contrib.admin.views import main
from django.db.models import BinaryField, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext

from archive.admin.date_hierarchy import DatedList
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.links import link

_View = Callable[..., HttpResponse]

_SELECT = "Select this object for an action - {}"  # Django's text, which it has translated
_CHECKBOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'


def _changing(request: HttpRequest, view: _View) -> _View:
    """A page of the admin, which is one transaction: one that is sent may change what readers
    see."""
    return retried(public_change()(view) if request.method == "POST" else view)


if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, StackedInline, TabularInline
else:

    class _Subscriptable:
        def __class_getitem__(cls, _models: Any) -> type:
            return cls

    class ModelAdmin(_Subscriptable, admin.ModelAdmin):
        list_per_page = 25  # a hundred rows take a fifth of a second

        def action_checkbox(self, row: Model) -> str:
            """As Django's, which renders a template of two files for each row."""
            label = gettext(_SELECT).format(row)
            return format_html(_CHECKBOX, ACTION_CHECKBOX_NAME, row.pk, label)

        def get_search_results(
            self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
        ) -> tuple[QuerySet[Any], bool]:
            """As Django's, without joins that find a row more than once: to tell those apart, the
            database would work out every column of each."""
            for word in split_search(search_term):
                fields = self.get_search_fields(request)
                said = (_contains(self.model, name, word) for name in fields)
                queryset = queryset.filter(reduce(or_, said, Q()))
            return queryset, False

        def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            """One transaction, as Django's."""
            return _changing(request, super().changeform_view)(request, *args, **kwargs)

        def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _changing(request, super().delete_view)(request, *args, **kwargs)

        def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
            with public_change():
                super().delete_queryset(request, queryset)

        def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
            """Not by bytes, which no address can say: status 400."""
            fields = {field.name: field for field in self.opts.concrete_fields}
            field = fields.get(lookup.partition("__")[0])
            return not isinstance(field, BinaryField) and super().lookup_allowed(
                lookup, value, request
            )

        def get_changelist(self, *_args: Any, **_kwargs: Any) -> type[main.ChangeList]:
            return ChangeList

    class StackedInline(_Subscriptable, admin.StackedInline):
        pass

    class TabularInline(_Subscriptable, admin.TabularInline):
        pass


def split_search(term: str) -> Iterator[str]:
    """The words of a search as Django takes them: what stands in quotes is one."""
    for word in smart_split(term):
        quoted = word[:1] in "\"'" and len(word) > 1 and word[0] == word[-1]
        yield unescape_string_literal(word) if quoted else word


def _contains(model: type[Model], name: str, word: str) -> Q:
    """That a field has a word; one of related rows, by their keys."""
    # Of a word without capitals PostgreSQL need not make any of every text.
    has_case = word.upper() != word or word.lower() != word
    there = Q(**{f"{name}__{'icontains' if has_case else 'contains'}": word})
    relation, is_related, rest = name.partition("__")
    if not is_related:
        return there
    field: Any = model._meta.get_field(relation)
    if field.many_to_one:
        related = field.related_model
        found = related._default_manager.order_by().filter(_contains(related, rest, word))
        return Q(**{f"{relation}__in": found.values("pk")})
    return Q(pk__in=model._default_manager.order_by().filter(there).values("pk"))


class ChangeList(main.ChangeList):
    """Django's, which makes the whole query anew for each filter, and asks for each address."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Any]:
        """For the counts beside a filter: what is listed without it. No other filter of ours
        leaves anything out while it is not in use."""
        if exclude_parameters and self.params.keys().isdisjoint(exclude_parameters):
            listed: QuerySet[Any] = self.queryset
            return listed
        return super().get_queryset(request, exclude_parameters)

    @property
    def dated(self) -> DatedList | None:
        """None where each step of the hierarchy would search all rows once more."""
        if self.query and f"{self.date_hierarchy}__year" not in self.params:
            return None
        return DatedList(self)

    def url_for_result(self, result: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return link(name, quote(result.pk))


class NeverAdded:
    """Rows that come in by another way than the admin's form."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False


class NeverChanged:
    """Rows that stay as they are."""

    def has_change_permission(self, *_args: Any) -> bool:
        return False


class ReadOnly(NeverAdded, NeverChanged):
    """Rows that are only looked at here."""

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


__all__ = ["ModelAdmin", "NeverAdded", "NeverChanged", "ReadOnly", "StackedInline", "TabularInline"]
