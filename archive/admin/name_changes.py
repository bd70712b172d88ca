"""Changes of names: what happened, how far one is that is being written, and taking back."""

from itertools import islice
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from archive.admin.bases import ModelAdmin
from archive.editing.name_curation import take_back
from archive.editing.names.changes import finish_change, give_up, prepared_of, published_of
from archive.editing.names.kinds import NameRefused
from archive.editing.names.sentences import sentences_of
from archive.editing.names.wanted import taking_back
from archive.editing.publishing_right import PUBLISHING, ReasonWanted
from archive.models import NameChange

_BITS = 4  # of fifty conferences each, that are written in one request


class TakeBackForm(forms.Form):
    """Why a merger is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public: readers see it in the change logs."),
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


def tell_done(request: HttpRequest, change: NameChange) -> None:
    """What became of a change, to who made it."""
    if change.is_open:
        text = _("%(n)d of %(m)d conferences are written. Until all are, the old name shows.")
        told = {"n": prepared_of(change), "m": change.conferences}
        messages.warning(request, text % told)
        return
    if change.state == NameChange.State.UNDONE:
        messages.error(request, change.note or _("The old name stays."))
        return
    written = change.revisions.count()
    if written:
        text = ngettext(
            "%(n)d published conference has a new version.",
            "%(n)d published conferences have a new version.",
            written,
        )
        messages.success(request, text % {"n": written})
    if change.rows_moved:
        text = ngettext("%(n)d place moved.", "%(n)d places moved.", change.rows_moved)
        messages.success(request, text % {"n": change.rows_moved})
    if change.note:
        messages.warning(request, change.note)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which a merger is taken back, for those who may merge and publish."""
    change = get_object_or_404(NameChange.objects.defer("moved"), pk=pk)
    user = _merger(request, change)
    try:
        public = published_of(taking_back(change))
    except NameRefused as error:
        return _back(request, change, str(error))
    form = TakeBackForm(request.POST if request.method == "POST" else None, needs_reason=public > 0)
    if request.method != "POST" or not form.is_valid():
        context = {
            **admin.site.each_context(request),
            "opts": NameChange._meta,
            "title": _("Take back"),
            "original": change,
            "sentences": sentences_of(taking_back(change)),
            "public": public,
            "form": form,
        }
        return render(request, "admin/archive/namechange/take_back.html", context)
    try:
        done = take_back(change, user=user, reason=form.cleaned_data["reason"])
    except (NameRefused, ReasonWanted) as error:
        return _back(request, change, str(error))
    tell_done(request, done)
    return redirect("admin:archive_namechange_change", done.pk)


def _merger(request: HttpRequest, change: NameChange) -> User:
    user = request.user
    rights = {PUBLISHING, f"archive.merge_{change.named}"}
    if not isinstance(user, User) or not user.has_perms(rights):
        raise PermissionDenied
    return user


def _back(request: HttpRequest, change: NameChange, said: str) -> HttpResponse:
    messages.error(request, said)
    return redirect("admin:archive_namechange_change", change.pk)


@require_POST
def write_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Write another bit of what is open, or give it up."""
    if not request.user.has_perm(PUBLISHING):
        raise PermissionDenied
    change = get_object_or_404(NameChange, pk=pk)
    if change.is_open and request.POST.get("do") == "give up":
        give_up(change, _("Given up."))
    elif change.is_open:
        for _written in islice(finish_change(change), _BITS):
            pass
    change.refresh_from_db()
    tell_done(request, change)
    return redirect("admin:archive_namechange_change", change.pk)


@admin.register(NameChange)
class NameChangeAdmin(ModelAdmin[NameChange]):
    """What happened is read here and never edited."""

    list_display = ["made_at", "what", "made_by", "reason", "state", "progress"]
    list_display_links = ["made_at"]
    list_filter = ["kind", "named", "state"]
    list_select_related = ["made_by"]
    readonly_fields = [
        *("what", "reason", "made_by", "made_at", "state", "progress", "moved_rows", "note"),
    ]
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("moved")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/take-back/", view(take_back_page), name="archive_namechange_take_back"),
            path("<int:pk>/write/", view(write_on), name="archive_namechange_write"),
        ]
        return own + super().get_urls()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("archive.view_outlet")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what"))
    def what(self, change: NameChange) -> str:
        return format_html_join(" ", "{}", ((one,) for one in sentences_of(change)))

    @admin.display(description=gettext_lazy("published conferences"))
    def progress(self, change: NameChange) -> str:
        """How many have a version of it; of what is open, how many are written."""
        if change.is_open:
            told = {"n": prepared_of(change), "m": change.conferences}
            return _("pending: %(n)d of %(m)d") % told
        return str(change.conferences)

    @admin.display(description=gettext_lazy("places that moved"))
    def moved_rows(self, change: NameChange) -> int:
        return change.rows_moved
