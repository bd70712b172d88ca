"""Outlets with their aliases, speakers, and addresses that moved."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin.bases import ModelAdmin, TabularInline
from archive.forms import AliasForm, AliasFormSet
from archive.models import MovedAddress, Outlet, OutletAlias, Speaker


class AliasInline(TabularInline[OutletAlias, Outlet]):
    model = OutletAlias
    form = AliasForm
    formset = AliasFormSet
    extra = 1


@admin.register(Outlet)
class OutletAdmin(ModelAdmin[Outlet]):
    list_display = ["name", "name_en", "kind", "country", "exchange_count", "slug"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    search_help_text = _("A name or an alias")
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [AliasInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        return super().get_queryset(request).annotate(all_exchanges=Count("exchanges"))

    @admin.display(description=_("questions"), ordering="all_exchanges")
    def exchange_count(self, outlet: Outlet) -> int:
        count: int = getattr(outlet, "all_exchanges", 0)
        return count


@admin.register(Speaker)
class SpeakerAdmin(ModelAdmin[Speaker]):
    list_display = ["name", "name_en", "slug", "answer_count"]
    search_fields = ["name", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return super().get_queryset(request).annotate(all_answers=Count("answers"))

    @admin.display(description=_("answers"), ordering="all_answers")
    def answer_count(self, speaker: Speaker) -> int:
        count: int = getattr(speaker, "all_answers", 0)
        return count


@admin.register(MovedAddress)
class MovedAddressAdmin(ModelAdmin[MovedAddress]):
    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]
