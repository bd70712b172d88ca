"""The form of the second step."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class DigitsForm(forms.Form):
    """Six digits."""

    digits = forms.RegexField(
        r"\A[0-9]{6}\Z",
        label=_("Six digits"),
        error_messages={"invalid": _("Write the six digits that the telephone shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def __init__(self, data: Any = None) -> None:
        if data is not None:
            # Telephones show them in two threes; so do people type them.
            data = {"digits": "".join(data.get("digits", "").split())}
        super().__init__(data)


class NextForm(forms.Form):
    """?next=/admin/…: an address of this site, or none."""

    next = forms.CharField(required=False)

    def address(self, usual: str) -> str:
        """Where to go; `usual` when nothing safe was asked for."""
        self.is_valid()
        wanted: str = self.cleaned_data.get("next", "")
        # No host is allowed, so only a path of this one passes.
        return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else usual
