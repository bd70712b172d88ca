"""The forms of the second step."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class DigitsForm(forms.Form):
    """Six digits."""

    digits = forms.RegexField(
        r"\A[0-9]{6}\Z",
        label=gettext_lazy("Six digits"),
        error_messages={"invalid": gettext_lazy("Write the six digits that the telephone shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def __init__(self, data: Any = None) -> None:
        if data is not None:
            # Telephones show them in two threes; so do people type them.
            typed = {name: data.get(name, "") for name in self.base_fields}
            data = typed | {"digits": "".join(typed["digits"].split())}
        super().__init__(data)


class TokenForm(DigitsForm):
    """Six digits, or a recovery code instead of them."""

    recovery = forms.CharField(
        label=gettext_lazy("Recovery code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["digits"].required = False

    def clean_recovery(self) -> str:
        """Without the hyphens, and whichever case it was typed in."""
        code = re.sub(r"[\s\-–]", "", self.cleaned_data["recovery"]).lower()
        if code and not re.fullmatch(r"[a-z2-7]{16}", code):
            raise forms.ValidationError(_("A recovery code has sixteen letters and digits."))
        return code

    def clean(self) -> None:
        super().clean()
        if not self.errors and not any(self.cleaned_data.get(name) for name in self.fields):
            self.add_error("digits", _("Write the six digits that the telephone shows."))


class ProofForm(TokenForm):
    """Digits, a recovery code or the password: who changes the second step shows that he may."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
