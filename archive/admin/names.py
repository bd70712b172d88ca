"""Outlets with their aliases, speakers with their other names, and addresses that moved."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Form
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.bases import ModelAdmin, TabularInline
from archive.admin.forms import AliasForm, AliasFormSet
from archive.admin.merges import merge_outlet, merge_selected, merge_speaker
from archive.admin.unknown_labels import unknown
from archive.editing import name_curation
from archive.models import (
    Answer,
    Exchange,
    MovedAddress,
    Outlet,
    OutletAlias,
    Speaker,
    SpeakerAlias,
)


def _count_of(model: type[Model], name: str) -> Coalesce:
    """How many rows of `model` lead by `name` to each row that is shown, and to no other."""
    rows = model._default_manager.filter(**{name: OuterRef("pk")}).order_by()
    counted = rows.values(name).annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted), 0)


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
class OutletAdmin(ModelAdmin[Outlet]):
    list_display = ["name", "name_en", "kind", "country", "exchange_count", "slug"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    search_help_text = _("A name or an alias")
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [AliasInline]
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        return super().get_queryset(request).annotate(all_exchanges=_count_of(Exchange, "outlet"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("unknown/", view(unknown), name="archive_outlet_unknown"),
            path("<int:pk>/merge/", view(merge_outlet), name="archive_outlet_merge"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("questions"), ordering="all_exchanges")
    def exchange_count(self, outlet: Outlet) -> int:
        count: int = getattr(outlet, "all_exchanges", 0)
        return count

    @admin.action(description=_("Merge the two selected"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> Any:
        return merge_selected(self, request, queryset)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("archive.merge_outlet")

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
class SpeakerAdmin(ModelAdmin[Speaker]):
    list_display = ["name", "name_en", "slug", "answer_count"]
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [OtherNameInline]
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return super().get_queryset(request).annotate(all_answers=_count_of(Answer, "speaker"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(merge_speaker)
        return [path("<int:pk>/merge/", view, name="archive_speaker_merge"), *super().get_urls()]

    @admin.display(description=_("answers"), ordering="all_answers")
    def answer_count(self, speaker: Speaker) -> int:
        count: int = getattr(speaker, "all_answers", 0)
        return count

    @admin.action(description=_("Merge the two selected"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> Any:
        return merge_selected(self, request, queryset)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("archive.merge_speaker")


@admin.register(MovedAddress)
class MovedAddressAdmin(ModelAdmin[MovedAddress]):
    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]
