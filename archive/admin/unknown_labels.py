"""Labels that no outlet has, across the archive, to be resolved in bulk."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from archive.admin.access import render_admin, require_permission
from archive.admin.name_changes import tell_done
from archive.admin.name_forms import reason_field
from archive.editing import name_curation
from archive.editing.names.changes import check_change
from archive.editing.names.kinds import NameRefused
from archive.editing.names.wanted import naming
from archive.editing.public_change import public_change
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.editing.retries import retried
from archive.models import NameChange, Outlet
from archive.models.outlets import fold_alias
from archive.views.pagination import page_of

_PAGE = 25  # labels, each with its near names


class LabelForm(forms.Form):
    """What becomes of one label: `verb` with the `outlet` or the kind of a new one.

    `other` counts where it is filled in.
    """

    label = forms.CharField(max_length=200, widget=forms.HiddenInput)
    decision = forms.CharField(
        label=gettext_lazy("This label"), required=False, widget=forms.Select
    )
    other = forms.CharField(
        label=gettext_lazy("Another outlet"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-names", "autocomplete": "off"}),
    )

    use_required_attribute = False

    def __init__(self, *args: Any, near: list[tuple[Outlet, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("decision", "other"):
            self.fields[name].widget.attrs["aria-describedby"] = f"{self.prefix}-name"
        self.near = near  # outlets, each with the name of it that is near
        self.fields["decision"].widget.choices = [
            ("", _("leave for later")),
            (_("is a name of"), [(f"name:{outlet.slug}", outlet.name) for outlet, _name in near]),
            (_("is a new outlet"), [(f"new:{kind}", name) for kind, name in Outlet.Kind.choices]),
            ("none:", _("is no outlet")),
        ]

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if not fold_alias(label):
            raise forms.ValidationError(_("A name needs letters, not only marks."))
        return label

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        verb, _colon, detail = values.get("decision", "").partition(":")
        if other := values.get("other", ""):
            verb, detail = "name", other
        if verb == "name":
            known = Outlet.objects.filter(slug=detail).first() or Outlet.objects.named(detail)
            values["outlet"] = known
            if known is None:
                self.add_error("other", _("No outlet is called so. Choose one from the list."))
        elif verb not in ("", "none", "new") or (verb == "new" and detail not in Outlet.Kind):
            self.add_error("decision", _("Choose one from the list."))
        return values | {"verb": verb, "kind": detail}


class ReasonForm(forms.Form):
    """Why what is public is changed, once for all labels of a page."""

    reason = reason_field()


@require_http_methods(["GET", "HEAD", "POST"])
def unknown(request: HttpRequest) -> HttpResponse:
    """The list of unknown labels, for staff who may give outlets names."""
    user = require_permission(request, "archive.add_outletalias")
    if heeded := request.POST.get("heed", "")[:200]:
        name_curation.heed_label(heeded)
        return redirect(f"{request.path}?ignored=1")
    ignored = request.GET.get("ignored") == "1"
    labels = name_curation.unknown_labels(ignored=ignored)
    page = page_of(request, labels, _PAGE)
    rows = _sent(request) if request.method == "POST" else _asked([one.label for one in page])
    reason = ReasonForm(request.POST if request.method == "POST" else None)
    refused = False
    if request.method == "POST" and reason.is_valid() and all(f.is_valid() for f in rows.values()):
        why = reason.cleaned_data["reason"]
        refused = _look(rows.values(), reason, user, why)
        if reason.is_valid() and all(form.is_valid() for form in rows.values()):
            _resolve(request, [form.cleaned_data for form in rows.values()], user, why)
            return redirect(request.get_full_path())
    found = {one.label: one for one in labels}
    context = {
        "title": _("Unknown outlets"),
        "page_obj": page,
        "page_query": "ignored=1" if ignored else "",
        "ignored": ignored,
        "rows": [(found.get(label), form) for label, form in rows.items()],
        "others": list(Outlet.objects.values_list("slug", "name", "name_en")),
        "reason": reason["reason"],
    }
    return render_admin(request, "outlet/unknown", Outlet, context, 403 if refused else 200)


def _look(forms: Iterable[LabelForm], reason: ReasonForm, user: User, why: str) -> bool:
    """Say in the forms what published conferences print, where a right or a reason is wanted.

    Answers whether it is a right.
    """
    refused = False
    for form in forms:
        change = _wanted(form.cleaned_data)
        try:
            if change is not None:
                check_change(change, user=user, reason=why)
        except RightWanted as error:
            refused = True
            form.add_error("decision", str(error))
        except ReasonWanted as error:
            if not reason.errors:
                reason.add_error("reason", str(error))
        except NameRefused:
            continue  # told when it is done: the others are
    return refused


def _wanted(decided: dict[str, Any]) -> NameChange | None:
    match decided["verb"]:
        case "name":
            return naming(decided["outlet"], decided["label"])
        case "new":
            return naming(Outlet(name=decided["label"]), decided["label"])
    return None


def _asked(labels: list[str]) -> dict[str, LabelForm]:
    """A form for each label, with the outlets of near names. Two queries."""
    known = name_curation.KnownNames()
    near = {label: known.nearest(label) for label in labels}
    outlets = Outlet.objects.in_bulk({pk for keys in near.values() for pk in keys})
    return {
        label: LabelForm(
            prefix=str(number),
            initial={"label": label},
            near=[(outlets[pk], name) for pk, name in near[label].items()],
        )
        for number, label in enumerate(labels)
    }


def _sent(request: HttpRequest) -> dict[str, LabelForm]:
    """What was decided of the labels that stood on the page, which may be on another by now."""
    labels = [request.POST.get(f"{number}-label", "")[:200] for number in range(_PAGE)]
    asked = _asked([label for label in labels if label])
    for number, label in enumerate(labels):
        if label:
            near = asked[label].near
            asked[label] = LabelForm(request.POST, prefix=str(number), near=near)
    return asked


def _resolve(
    request: HttpRequest, decisions: list[dict[str, Any]], user: User, reason: str
) -> None:
    """Do what was decided, each label on its own: one that fails leaves the others done."""
    done: Counter[str] = Counter()
    for decided in decisions:
        label, verb = decided["label"], decided["verb"]
        if verb == "new" and not user.has_perm("archive.add_outlet"):
            raise PermissionDenied
        try:
            change = _do(label, verb, decided, user, reason)
        except (NameRefused, ReasonWanted, RightWanted) as error:
            messages.error(request, str(error))
            continue
        if change is not None and change.is_open:
            tell_done(request, change)
        done["exchanges"] += 0 if change is None else change.rows_moved
        done["labels"] += bool(verb)
    if done["labels"]:
        said = ngettext("%(n)d label resolved.", "%(n)d labels resolved.", done["labels"])
        moved = ngettext(
            "%(n)d exchange has its outlet now.",
            "%(n)d exchanges have their outlet now.",
            done["exchanges"],
        )
        parts = (said % {"n": done["labels"]}, moved % {"n": done["exchanges"]})
        messages.success(request, " ".join(parts))


@retried
@public_change()
def _do(
    label: str, verb: str, decided: dict[str, Any], user: User, reason: str
) -> NameChange | None:
    """Resolve one label; the change of a name that it makes, if any."""
    match verb:
        case "name":
            return name_curation.add_name(decided["outlet"], label, user=user, reason=reason)
        case "new":
            outlet = name_curation.new_outlet(label, decided["kind"], user=user, reason=reason)
            return NameChange.objects.filter(named=outlet.address_kind, row=outlet.pk).first()
        case "none":
            name_curation.ignore_label(label)
    return None
