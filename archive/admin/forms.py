"""The forms of the admin: uploading a transcript, and applying it."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Conference, MovedAddress
from archive.parsing.conventions import CONVENTIONS

UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes; a long day's transcript has 200,000
FILES_AT_ONCE = 50  # in one request; with script each file is a request of its own
FILENAME_LENGTH = 255  # as long as Transcript.filename
_NAME_OF_PASTED = 60  # characters of its first line
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\\\]+")  # nothing of which a file name is made
_SLUG = re.compile(r"^(?:.*/conferences/)?([-\w]+)(?:[/?#].*)?$")


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it came, or why it is not taken."""

    filename: str
    content: bytes
    error: str = ""  # a sentence; then `content` is empty


class FilesInput(forms.FileInput):
    """Any number of files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; one that is not taken does not stop the others."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Sent]:
        files: list[UploadedFile[bytes]] = [file for file in data or () if file]
        if len(files) > FILES_AT_ONCE:
            raise forms.ValidationError(
                _("You chose %(count)d files; up to %(limit)d can be taken at once."),
                code="too_many",
                params={"count": len(files), "limit": FILES_AT_ONCE},
            )
        return [self._sent(file) for file in files]

    def _sent(self, file: "UploadedFile[bytes]") -> Sent:
        name, size = file.name or "", file.size or 0
        if size > UPLOAD_LIMIT:
            return Sent(name, b"", _too_large(size))
        try:
            super().clean(file)
        except forms.ValidationError as error:
            return Sent(name, b"", " ".join(error.messages))
        return Sent(name, file.read())


class UploadForm(forms.Form):
    """Transcripts to be read: files, or words that were pasted."""

    anything_lost = False  # whether files were sent that did not arrive, which is told of each

    file = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        max_length=FILENAME_LENGTH,
        help_text=gettext_lazy("Text, Markdown, HTML, DOCX, PDF or XML, up to 10 MB each."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("The whole transcript, with its heading and date."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the text"),
        required=False,
        max_length=FILENAME_LENGTH - len(".txt"),
        help_text=gettext_lazy("Such as its title. Left empty, its first line is taken."),
    )
    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy(
            "Only when the transcript does not say it. It counts for all files sent with it."
        ),
    )
    convention = forms.ChoiceField(
        label=gettext_lazy("Convention"),
        required=False,
        choices=[
            ("", gettext_lazy("found by itself")),
            *((one.name, one.name) for one in CONVENTIONS),
        ],
        help_text=gettext_lazy("How the transcript marks who speaks."),
    )

    def clean_text(self) -> str:
        """As it would stand in a file: browsers send every line with a carriage return."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        size = len(text.encode())
        if size > UPLOAD_LIMIT:
            raise forms.ValidationError(_too_large(size), code="too_large")
        return text if text.strip() else ""

    def clean(self) -> None:
        super().clean()
        files, text = self.cleaned_data.get("file"), self.cleaned_data.get("text")
        if not (self.errors or files or text or self.anything_lost):
            raise forms.ValidationError(_("Choose a file, or paste the text of a transcript."))

    def sent(self) -> list[Sent]:
        """All that came, once the form is valid."""
        sent: list[Sent] = list(self.cleaned_data["file"])
        text: str = self.cleaned_data["text"]
        if text:
            name = self.cleaned_data["name"] or text.strip().split("\n", 1)[0][:_NAME_OF_PASTED]
            sent.append(Sent(f"{_NO_NAME.sub(' ', name).strip()}.txt", text.encode()))
        return sent


def _too_large(size: int) -> str:
    told = {"size": filesizeformat(size), "limit": filesizeformat(UPLOAD_LIMIT)}
    return _("The file has %(size)s; a transcript may have %(limit)s at most.") % told


class ApplyForm(forms.Form):
    """Applying what was looked at."""

    seen = forms.CharField(max_length=80, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Readers see it in the change log, with the checksums of both."),
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class CorrectsForm(forms.Form):
    """Which conference a transcript corrects, by its address."""

    address = forms.CharField(
        label=gettext_lazy("Address of the conference"),
        max_length=500,
        help_text=gettext_lazy("Such as 2020-05-24, or the address of its page."),
    )

    def clean_address(self) -> Conference:
        address: str = self.cleaned_data["address"]
        match = _SLUG.search(address.strip())
        slug = match[1] if match else ""
        moved = MovedAddress.objects.new_slug(MovedAddress.Kind.CONFERENCE, slug)
        found = Conference.objects.filter(slug=moved or slug).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no conference at “%(address)s”. Copy it from the page you mean."),
                params={"address": address},
            )
        return found
