"""Two rows that are one: choose the other, see what will move, confirm."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from archive.admin.access import render_admin, require_permission
from archive.admin.name_changes import tell_done
from archive.admin.name_forms import reason_field
from archive.editing.name_curation import NamedRow, merge
from archive.editing.names.kinds import NameRefused
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.models import Conference, NameChange, Outlet, Speaker


@dataclass(frozen=True, slots=True)
class MergeKind:
    """What differs between merging outlets and merging speakers."""

    model: type[NamedRow]
    related: str  # what moves: exchanges or answers
    moves: Any  # the same in words
    title: Any

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def url(self, one: NamedRow, into: NamedRow | None = None) -> str:
        url = reverse(f"admin:archive_{self.name}_merge", args=[one.pk])
        return f"{url}?{urlencode({'into': into.slug})}" if into else url


OUTLETS = MergeKind(
    Outlet,
    "exchanges",
    gettext_lazy("Questions"),
    gettext_lazy("Merge two outlets"),
)
SPEAKERS = MergeKind(
    Speaker,
    "answers",
    gettext_lazy("Answers"),
    gettext_lazy("Merge two speakers"),
)


class IntoForm(forms.Form):
    """The row that stays, by its slug or a name that nobody else has."""

    into = forms.CharField(
        label=gettext_lazy("Merge into"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-names", "autocomplete": "off"}),
    )
    reason = reason_field()

    def __init__(self, kind: MergeKind, one: NamedRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others: QuerySet[Any] = kind.model._default_manager.exclude(pk=one.pk)

    def clean_into(self) -> NamedRow:
        typed: str = self.cleaned_data["into"]
        rows = self._others.filter(slug=typed) or self._others.filter(name=typed)
        found: list[NamedRow] = list(rows[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("“%(name)s” is the name of none other, or of several. Choose one from the list."),
                params={"name": typed},
            )
        return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, pk: int, kind: MergeKind) -> HttpResponse:
    """The page on which the row `pk` is merged into another of its kind."""
    user = require_permission(request, f"archive.merge_{kind.name}")
    one: Any = get_object_or_404(kind.model, pk=pk)
    data = request.POST if request.method == "POST" else request.GET
    form = IntoForm(kind, one, data if "into" in data else None)
    if not form.is_valid():
        others = kind.model._default_manager.exclude(pk=pk).values_list("slug", "name", "name_en")
        return _page(request, kind, one, {"form": form, "others": list(others)})
    into: NamedRow = form.cleaned_data["into"]
    shown = _what_moves(kind, one, into) | {"form": form}
    if request.method != "POST":
        return _page(request, kind, one, shown)
    try:
        done = merge(one, into, user=user, reason=form.cleaned_data["reason"])
    except (RightWanted, ReasonWanted) as error:
        is_right = isinstance(error, RightWanted)
        form.add_error(None if is_right else "reason", str(error))
        return _page(request, kind, one, shown, status=403 if is_right else 200)
    except NameRefused as error:
        messages.error(request, str(error))
        return redirect(f"admin:archive_{kind.name}_changelist")
    return _merged(request, kind, one, into, done)


def _merged(
    request: HttpRequest, kind: MergeKind, one: NamedRow, into: NamedRow, done: NameChange
) -> HttpResponse:
    if done.is_open:
        tell_done(request, done)
        return redirect("admin:archive_namechange_change", done.pk)
    said = {"one": one.name, "into": into.name, "count": done.rows_moved}
    messages.success(request, _("“%(one)s” is “%(into)s” now. Moved: %(count)s.") % said)
    return redirect(f"admin:archive_{kind.name}_change", into.pk)


def _page(
    request: HttpRequest, kind: MergeKind, one: NamedRow, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    changelist = reverse(f"admin:archive_{kind.name}_changelist")
    told = {"title": kind.title, "moves": kind.moves, "one": one, "changelist": changelist}
    return render_admin(request, "merge", kind.model, told | context, status)


def _what_moves(kind: MergeKind, one: NamedRow, into: NamedRow) -> dict[str, Any]:
    """What the page shows before it is done: both rows side by side. Six queries at most."""
    sides = [_side(kind, row) for row in (one, into)]
    both = 0
    if isinstance(one, Speaker):
        theirs = Conference.objects.filter(appearances__speaker=into.pk)
        both = theirs.filter(appearances__speaker=one).count()
    return {"into": into, "sides": sides, "both": both, "swapped": kind.url(into, one)}


def _side(kind: MergeKind, row: NamedRow) -> dict[str, Any]:
    counted = kind.model._default_manager.filter(pk=row.pk).aggregate(count=Count(kind.related))
    aliases = row.aliases.order_by("name").values_list("name", flat=True)
    return {"row": row, "names": list(aliases), "count": counted["count"]}
