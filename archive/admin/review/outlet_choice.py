"""The choice of an outlet on the review page: one of the list, a near name, or a new one."""

from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from archive.admin.review.forms import TurnForm, find_outlet
from archive.editing.name_curation import add_name, new_outlet
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.models import Outlet


class Settled(NamedTuple):
    """Which outlet a question is to have."""

    slug: str  # "" when that is left to the label
    learnt: Outlet | None = None  # the outlet that has the label as a name from now on


class NamePrinted(ValueError):
    """A label that published conferences print: they change with it, for a reason."""

    def __init__(self) -> None:
        said = _(
            "Published conferences print this label. Whoever may publish settles it among the"
            " unknown outlets, with a reason; here, choose an outlet for this file alone."
        )
        super().__init__(said)


def settle_outlet(form: TurnForm, *, user: User) -> Settled:
    """The outlet chosen, made when it is new.

    Where the label is to be a name of it from now on, it becomes one, and the choice is left to
    the label. Raises PermissionDenied for who may not add what is needed, and NamePrinted where
    published conferences print the label. To be called in the transaction that saves the choice.
    """
    try:
        return _settled(form, user)
    except (ReasonWanted, RightWanted) as error:
        raise NamePrinted from error


def _settled(form: TurnForm, user: User) -> Settled:
    values, before = form.cleaned_data, str(form.initial["outlet_slug"])
    if values["kind"] != "question":
        return Settled(before)
    outlet = _outlet(form, values, user)
    if outlet is None:
        return Settled(before if values["outlet"] else "")
    label = values["asked_by"]
    if label and values["add_alias"] and Outlet.objects.named(label) is None:
        _allow(user, "archive.add_outletalias")
        add_name(outlet, label, user=user)
        return Settled("", outlet)
    return Settled(outlet.slug)


def _outlet(form: TurnForm, values: dict[str, Any], user: User) -> Outlet | None:
    """The outlet chosen; None when that was not touched."""
    if values["new_outlet"]:
        _allow(user, "archive.add_outlet")
        kind = values["new_outlet_kind"] or Outlet.Kind.ONLINE
        made = new_outlet(values["new_outlet"], kind, user=user)
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
