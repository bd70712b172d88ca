"""The choice of an outlet on the review page: one of the list, a near name, or a new one."""

from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from archive.admin.review.forms import TurnForm, find_outlet
from archive.editing.name_curation import add_name, new_outlet
from archive.models import Outlet


class Settled(NamedTuple):
    """Which outlet a question is to have."""

    slug: str  # "" when that is left to the label
    learnt: Outlet | None = None  # the outlet that has the label as a name from now on


def settle_outlet(form: TurnForm, *, user: User) -> Settled:
    """The outlet chosen, made when it is new.

    Where the label is to be a name of it from now on, it becomes one, and the choice is left to
    the label. Raises PermissionDenied for who may not add what is needed. To be called in the
    transaction that saves the choice.
    """
    values, before = form.cleaned_data, str(form.initial["outlet_slug"])
    if values["kind"] != "question":
        return Settled(before)
    outlet = _outlet(form, values, user)
    if outlet is None:
        return Settled(before if values["outlet"] else "")
    label = values["asked_by"]
    if label and values["add_alias"] and Outlet.objects.named(label) is None:
        _allow(user, "archive.add_outletalias")
        add_name(outlet, label)
        return Settled("", outlet)
    return Settled(outlet.slug)


def _outlet(form: TurnForm, values: dict[str, Any], user: User) -> Outlet | None:
    """The outlet chosen; None when that was not touched."""
    if values["new_outlet"]:
        _allow(user, "archive.add_outlet")
        made = new_outlet(values["new_outlet"], values["new_outlet_kind"] or Outlet.Kind.ONLINE)
        if values["new_outlet_en"]:
            made.name_en = values["new_outlet_en"]
            made.save(update_fields=["name_en"])
        return made
    typed = values["outlet"]
    if typed and typed != form.initial["outlet"]:
        return find_outlet(typed)
    if values["nearest"]:
        return Outlet.objects.filter(slug=values["nearest"]).first()
    return None


def _allow(user: User, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied
