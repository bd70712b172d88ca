"""Outlets with their aliases, speakers with their other names, and addresses that moved."""

from collections import Counter
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from archive.admin.bases import ModelAdmin, TabularInline
from archive.admin.merges import OUTLETS, SPEAKERS, MergeKind, merge_page
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
from archive.editing.names.renames import is_shown
from archive.models import MovedAddress, Outlet, OutletAlias, Speaker, SpeakerAlias


def _count_of(model: type[Model], related: str) -> Coalesce:
    """How many rows lead to each row of `model` that is shown, asked for no other."""
    leading: Any = model._meta.get_field(related)
    name = leading.remote_field.name
    rows = leading.related_model._default_manager.filter(**{name: OuterRef("pk")}).order_by()
    counted = rows.values(name).annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted), 0)


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


_NamedT = TypeVar("_NamedT", Outlet, Speaker)


class NamedAdmin(ModelAdmin[_NamedT]):
    """Rows with several names, counted by what leads to them, two of which may be one. Names
    change by events, never by saving."""

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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a published conference shows is merged, not deleted."""
        if isinstance(obj, Outlet | Speaker) and is_shown(obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Without Django's own, which deletes many at once and looks at none."""
        return {name: one for name, one in super().get_actions(request).items() if name == "merge"}

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


@admin.register(Outlet)
class OutletAdmin(NamedAdmin[Outlet]):
    merge_kind = OUTLETS
    list_display = ["name", "name_en", "kind", "country", "exchange_count", "slug"]
    list_filter = ["kind", "country"]
    search_help_text = _("A name or an alias")
    form = OutletForm
    inlines = [AliasInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(unknown)
        return [path("unknown/", view, name="archive_outlet_unknown"), *super().get_urls()]

    @admin.display(description=_("questions"), ordering="uses")
    def exchange_count(self, outlet: Outlet) -> int:
        return _uses(outlet)


@admin.register(Speaker)
class SpeakerAdmin(NamedAdmin[Speaker]):
    merge_kind = SPEAKERS
    list_display = ["name", "name_en", "slug", "answer_count"]
    form = NamesForm
    inlines = [OtherNameInline]

    @admin.display(description=_("answers"), ordering="uses")
    def answer_count(self, speaker: Speaker) -> int:
        return _uses(speaker)


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
