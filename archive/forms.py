"""The forms of the admin: uploading a transcript, and the names of an outlet."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import OutletAlias
from archive.models.outlets import fold_alias

if TYPE_CHECKING:
    from archive.models import Outlet

    Upload = UploadedFile[bytes]
    AliasModelForm = forms.ModelForm[OutletAlias]
    AliasFormSetBase = forms.BaseInlineFormSet[OutletAlias, Outlet, forms.ModelForm[OutletAlias]]
else:
    Upload = UploadedFile
    AliasModelForm = forms.ModelForm
    AliasFormSetBase = forms.BaseInlineFormSet

UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes; a long day's transcript has 200,000
FILENAME_LENGTH = 255  # as long as Transcript.filename


class UploadForm(forms.Form):
    """A transcript to look at before it is saved."""

    file = forms.FileField(
        label=gettext_lazy("Transcript"),
        max_length=FILENAME_LENGTH,
        help_text=gettext_lazy("Text, Markdown, HTML, DOCX, PDF or XML, up to 10 MB."),
    )
    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Only when the transcript does not say it."),
    )

    def clean_file(self) -> Upload:
        file: Upload = self.cleaned_data["file"]
        size = file.size or 0
        if size > UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("The file has %(size)s; a transcript may have %(limit)s at most."),
                code="too_large",
                params={
                    "size": filesizeformat(size),
                    "limit": filesizeformat(UPLOAD_LIMIT),
                },
            )
        return file


class DecisionForm(forms.Form):
    """What to do with a transcript that was looked at. The preview page fills it in."""

    sha = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)
    filename = forms.CharField(max_length=FILENAME_LENGTH, widget=forms.HiddenInput)
    date = forms.DateField(required=False, widget=forms.HiddenInput(), input_formats=["%Y-%m-%d"])
    decision = forms.ChoiceField(
        choices=[
            ("draft", gettext_lazy("Save as draft")),
            ("publish", gettext_lazy("Publish")),
        ]
    )


class AliasForm(AliasModelForm):
    """One alias. Two outlets may not share one, however differently it is printed."""

    class Meta:
        model = OutletAlias
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        folded = fold_alias(name)
        if not folded:
            raise forms.ValidationError(_("A name needs letters, not only marks."))
        others = OutletAlias.objects.exclude(pk=self.instance.pk).select_related("outlet")
        taken = others.filter(folded=folded).first()
        if taken is not None:
            raise forms.ValidationError(
                _("“%(name)s” already is a name of %(outlet)s."),
                params={"name": name, "outlet": taken.outlet.name},
            )
        return name


class AliasFormSet(AliasFormSetBase):
    """The aliases of one outlet, none of them twice."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            data: dict[str, Any] = getattr(form, "cleaned_data", {})
            name = data.get("name")
            if not name or data.get("DELETE"):
                continue
            if fold_alias(name) in seen:
                raise forms.ValidationError(
                    _("“%(name)s” stands here twice."), params={"name": name}
                )
            seen.add(fold_alias(name))
