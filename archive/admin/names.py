"""Outlets with their aliases, speakers with their other names, and addresses that moved."""

from collections import Counter
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.bases import ModelAdmin, TabularInline
from archive.admin.forms import AliasForm, AliasFormSet
from archive.admin.merges import OUTLETS, SPEAKERS, MergeKind, merge_page
from archive.admin.unknown_labels import unknown
from archive.editing import name_curation
from archive.models import MovedAddress, Outlet, OutletAlias, Speaker, SpeakerAlias


def _count_of(model: type[Model], related: str) -> Coalesce:
    """How many rows lead to each row of `model` that is shown, asked for no other."""
    leading: Any = model._meta.get_field(related)
    name = leading.remote_field.name
    rows = leading.related_model._default_manager.filter(**{name: OuterRef("pk")}).order_by()
    counted = rows.values(name).annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted), 0)


_NamedT = TypeVar("_NamedT", Outlet, Speaker)


class NamedAdmin(ModelAdmin[_NamedT]):
    """Rows with several names, counted by what leads to them, two of which may be one."""

    merge_kind: MergeKind
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    prepopulated_fields = {"slug": ["name_en"]}
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with the count of all its exchanges or answers, of drafts too."""
        uses = _count_of(self.model, self.merge_kind.related)
        counted: QuerySet[Any] = super().get_queryset(request).annotate(uses=uses)
        return counted

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view(merge_page), self.merge_kind.name
        own = path("<int:pk>/merge/", view, {"kind": self.merge_kind}, f"archive_{name}_merge")
        return [own, *super().get_urls()]

    @admin.action(description=_("Merge the two selected"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[_NamedT]) -> HttpResponse | None:
        """Of two rows the one with less to move goes."""
        rows: list[Any] = list(queryset.order_by())
        if len(rows) != 2:
            self.message_user(request, _("Choose exactly two to merge."), messages.ERROR)
            return None
        return redirect(self.merge_kind.url(*sorted(rows, key=lambda row: (row.uses, -row.pk))))

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"archive.merge_{self.merge_kind.name}")


def _uses(row: Outlet | Speaker) -> int:
    count: int = getattr(row, "uses", 0)
    return count


class AliasInline(TabularInline[OutletAlias, Outlet]):
    model = OutletAlias
    form = AliasForm
    formset = AliasFormSet
    fields = ["name", "uses"]
    readonly_fields = ["uses"]
    extra = 1
    _uses: Counter[str] | None = None  # an inline is made for each request

    def get_formset(self, request: HttpRequest, obj: Outlet | None = None, **kwargs: Any) -> Any:
        if self._uses is None:
            self._uses = name_curation.uses_of_aliases(obj) if obj else Counter()
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description=_("exchanges printed so"))
    def uses(self, alias: OutletAlias) -> int | str:
        return "–" if self._uses is None or not alias.folded else self._uses[alias.folded]


@admin.register(Outlet)
class OutletAdmin(NamedAdmin[Outlet]):
    merge_kind = OUTLETS
    list_display = ["name", "name_en", "kind", "country", "exchange_count", "slug"]
    list_filter = ["kind", "country"]
    search_help_text = _("A name or an alias")
    inlines = [AliasInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(unknown)
        return [path("unknown/", view, name="archive_outlet_unknown"), *super().get_urls()]

    @admin.display(description=_("questions"), ordering="uses")
    def exchange_count(self, outlet: Outlet) -> int:
        return _uses(outlet)

    def save_related(self, request: HttpRequest, form: Form, formsets: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        """A name that was added claims the exchanges that are printed with it."""
        super().save_related(request, form, formsets, change)
        count = name_curation.claim_exchanges(form.instance)  # type: ignore[attr-defined]
        if count:
            text = ngettext(
                "%(n)d exchange has its outlet now.",
                "%(n)d exchanges have their outlet now.",
                count,
            )
            self.message_user(request, text % {"n": count}, messages.SUCCESS)


class OtherNameInline(TabularInline[SpeakerAlias, Speaker]):
    model = SpeakerAlias
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(NamedAdmin[Speaker]):
    merge_kind = SPEAKERS
    list_display = ["name", "name_en", "slug", "answer_count"]
    inlines = [OtherNameInline]

    @admin.display(description=_("answers"), ordering="uses")
    def answer_count(self, speaker: Speaker) -> int:
        return _uses(speaker)


@admin.register(MovedAddress)
class MovedAddressAdmin(ModelAdmin[MovedAddress]):
    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]
