"""The admin's classes, made subscriptable: mypy wants ModelAdmin[Outlet], Django has none."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote
from django.contrib.admin.views import main
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext

from archive.editing.public_change import public_change
from archive.links import link

_SELECT = "Select this object for an action - {}"  # Django's text, which it has translated
_CHECKBOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'


def _changing(request: HttpRequest) -> AbstractContextManager[None]:
    """Around a page of the admin: one that is sent may change what readers see."""
    return public_change() if request.method == "POST" else nullcontext()


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

        def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            with _changing(request):
                return super().changeform_view(request, *args, **kwargs)

        def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            with _changing(request):
                return super().delete_view(request, *args, **kwargs)

        def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
            with public_change():
                super().delete_queryset(request, queryset)

        def get_changelist(self, *_args: Any, **_kwargs: Any) -> type[main.ChangeList]:
            return ChangeList

    class StackedInline(_Subscriptable, admin.StackedInline):
        pass

    class TabularInline(_Subscriptable, admin.TabularInline):
        pass


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

    def url_for_result(self, result: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return link(name, quote(result.pk))


__all__ = ["ModelAdmin", "StackedInline", "TabularInline"]
