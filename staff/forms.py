"""The form of the second step."""

from typing import Any

from django import forms
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
