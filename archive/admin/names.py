"""Outlets with their aliases, speakers with their other names, and addresses that moved."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Count, Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from archive.admin.bases import ModelAdmin, TabularInline
from archive.admin.merges import merge_outlet, merge_selected, merge_speaker
from archive.admin.name_changes import tell_done
from archive.admin.name_forms import (
    NAME_FIELDS,
    WANTED,
    AliasForm,
    NamesForm,
    NamesFormSet,
    OtherNameForm,
    OutletForm,
)
from archive.admin.unknown_labels import unknown
from archive.editing import name_curation
from archive.editing.names.changes import carry_out
from archive.editing.names.renaming import is_shown
from archive.models import MovedAddress, Outlet, OutletAlias, Speaker, SpeakerAlias


class NamesInline(TabularInline[Any, Any]):
    """Names beside the form of whose they are. Nothing is saved here: NamedAdmin does it."""

    formset = NamesFormSet

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        made: Any = super().get_formset(request, obj, **kwargs)  # a class of this request
        made.user = request.user if isinstance(request.user, User) else None
        made.reason = request.POST.get("reason", "")
        made.take = bool(request.POST.get("take"))
        return made


class AliasInline(NamesInline):
    model = OutletAlias
    form = AliasForm
    fields = ["name", "uses"]
    readonly_fields = ["uses"]
    extra = 1
    _uses: Counter[str] | None = None  # an inline is made for each request

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        if self._uses is None:
            known = obj if isinstance(obj, Outlet) else None
            self._uses = name_curation.uses_of_aliases(known) if known else Counter()
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description=_("exchanges printed so"))
    def uses(self, alias: OutletAlias) -> int | str:
        return "–" if self._uses is None or not alias.folded else self._uses[alias.folded]


class OtherNameInline(NamesInline):
    model = SpeakerAlias
    form = OtherNameForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those of one conference come from mergers, and go with them."""
        return super().get_queryset(request).filter(conference=None)


class NamedAdmin(ModelAdmin[Any]):
    """What is alike for outlets and speakers: their names change by events, never by saving."""

    prepopulated_fields = {"slug": ["name_en"]}
    actions = ["merge"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        if not change:
            super().save_model(request, obj, form, change)
            return
        kept = {field.name for field in obj._meta.concrete_fields}
        others = [name for name in form.changed_data if name in kept.difference(NAME_FIELDS)]
        stored = type(obj)._default_manager.get(pk=obj.pk)
        for name in others:
            setattr(stored, name, getattr(obj, name))
        if others:
            stored.save(update_fields=others)

    def save_related(self, request: HttpRequest, form: Form, formsets: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        for formset in formsets:
            formset.save(commit=False)  # which tells Django's history what was done
            wanted = formset.wanted()
            if wanted is not None:
                done = carry_out(wanted, user=formset.user, reason=formset.reason)
                tell_done(request, done)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With a sentence where somebody else was quicker since the form was looked at."""
        try:
            shown: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except WANTED as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(request.get_full_path())
        return shown

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        inlines = context["inline_admin_formsets"]
        if any(getattr(one.formset, "is_refused", False) for one in inlines):
            response.status_code = 403
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What a published conference shows is merged, not deleted."""
        if isinstance(obj, Outlet | Speaker) and is_shown(obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Without Django's own, which deletes many at once and looks at none."""
        return {name: one for name, one in super().get_actions(request).items() if name == "merge"}

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"archive.merge_{self.opts.model_name}")

    @admin.action(description=_("Merge the two selected"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return merge_selected(self, request, queryset)


@admin.register(Outlet)
class OutletAdmin(NamedAdmin):
    list_display = ["name", "name_en", "kind", "country", "exchange_count", "slug"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    search_help_text = _("A name or an alias")
    form = OutletForm
    inlines = [AliasInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        rows: QuerySet[Outlet] = super().get_queryset(request)
        return rows.annotate(all_exchanges=Count("exchanges"))

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


@admin.register(Speaker)
class SpeakerAdmin(NamedAdmin):
    list_display = ["name", "name_en", "slug", "answer_count"]
    search_fields = ["name", "name_en", "slug", "aliases__name"]
    form = NamesForm
    inlines = [OtherNameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        rows: QuerySet[Speaker] = super().get_queryset(request)
        return rows.annotate(all_answers=Count("answers"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(merge_speaker)
        return [path("<int:pk>/merge/", view, name="archive_speaker_merge"), *super().get_urls()]

    @admin.display(description=_("answers"), ordering="all_answers")
    def answer_count(self, speaker: Speaker) -> int:
        count: int = getattr(speaker, "all_answers", 0)
        return count


@admin.register(MovedAddress)
class MovedAddressAdmin(ModelAdmin[MovedAddress]):
    """Where old addresses lead is read here; it follows changes of names."""

    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
