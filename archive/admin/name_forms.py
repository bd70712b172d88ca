"""Forms in which names change: with a reason where published conferences show them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.editing.names.changes import check_change
from archive.editing.names.kinds import NameRefused, names_of
from archive.editing.names.wanted import renaming
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.models import Conference, NameChange, OutletAlias, SpeakerAlias
from archive.models.outlets import fold_alias

if TYPE_CHECKING:
    NamesModelForm = forms.ModelForm[Any]
    AliasModelForm = forms.ModelForm[OutletAlias]
    AliasFormSetBase = forms.BaseInlineFormSet[Any, Any, Any]
else:
    NamesModelForm = AliasModelForm = forms.ModelForm
    AliasFormSetBase = forms.BaseInlineFormSet

NAME_FIELDS = ("name", "name_en", "slug")
WANTED = (NameRefused, ReasonWanted, RightWanted)


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Only where published conferences show what changes: readers see it in their change"
            " logs."
        ),
    )


class NamesForm(NamesModelForm):
    """An outlet or a speaker."""

    reason = reason_field()


class OutletForm(NamesForm):
    """An outlet, whose names may be those of others so far."""

    take = forms.BooleanField(
        label=gettext_lazy("Move names here that other outlets have, with their questions"),
        required=False,
    )


class AddressForm(NamesModelForm):
    """A conference, of which nothing but the address is changed here. `user` is who asks."""

    reason = reason_field()
    user: User | None = None
    is_refused = False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        change = self.wanted()
        if change is None:
            return values
        try:
            check_change(change, user=self.user, reason=values.get("reason", ""))
        except RightWanted as error:
            self.is_refused = True
            self.add_error("slug", str(error))
        except ReasonWanted as error:
            self.add_error("reason", str(error))
        except NameRefused as error:
            self.add_error("slug", str(error))
        return values

    def wanted(self) -> NameChange | None:
        """The change of the address; None where it stays. A query."""
        slug = self.cleaned_data.get("slug")
        row = Conference.objects.filter(pk=self.instance.pk).first()
        return renaming(row, slug=slug) if row is not None and slug else None


class AliasForm(AliasModelForm):
    """One alias of an outlet."""

    class Meta:
        model = OutletAlias
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not fold_alias(name):
            raise forms.ValidationError(_("A name needs letters, not only marks."))
        return name


class NamesFormSet(AliasFormSetBase):
    """The aliases of an outlet or a speaker, none of them twice; and all that its form changes of
    its names is looked at here, with them.

    `user`, `reason` and `take` are those of the request.
    """

    user: User | None = None
    reason = ""
    take = False
    is_refused = False  # for want of the right to publish

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for name in self._given():
            if fold_alias(name) in seen:
                raise forms.ValidationError(
                    _("“%(name)s” stands here twice."), params={"name": name}
                )
            seen.add(fold_alias(name))
        change = None if any(self.errors) else self.wanted()
        if change is None:
            return
        try:
            check_change(change, user=self.user, reason=self.reason)
        except WANTED as error:
            self.is_refused = isinstance(error, RightWanted)
            raise forms.ValidationError(str(error)) from error

    def wanted(self) -> NameChange | None:
        """The change of all names; None where they stay. A few queries."""
        row: Any = self.instance
        stored = type(row)._default_manager.filter(pk=row.pk).first() or row
        fields = {name: getattr(row, name) or "" for name in NAME_FIELDS}
        # What another editor added since the page was shown stays.
        gone = {form.initial["name"] for form in self.initial_forms if "name" in form.initial}
        known = set(names_of(stored).get("names", ()))
        return renaming(stored, names=known - gone | {*self._given()}, take=self.take, **fields)

    def _given(self) -> list[str]:
        given = (getattr(form, "cleaned_data", {}) for form in self.forms)
        return [one["name"] for one in given if one.get("name") and not one.get("DELETE")]


class OtherNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """One other name of a speaker."""

    class Meta:
        model = SpeakerAlias
        fields = ["name"]
