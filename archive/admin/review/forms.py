"""The forms of the review page. Each is filled from what was understood and compared with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.review.layout import KIND_NAMES, Row
from archive.models import Outlet
from archive.models.conferences import validate_web_address
from archive.parsing.facts import values_of
from archive.parsing.records import ParsedConference, ParsedSpeaker

ABOUT = "about"
_LANGUAGES = [
    ("zh-Hans", gettext_lazy("Simplified Chinese")),
    ("zh-Hant", gettext_lazy("Traditional Chinese")),
    *((code, name) for code, name in (("zh", "中文"), ("en", "English"), ("fr", "Français"))),
    *((code, name) for code, name in (("es", "Español"), ("ja", "日本語"), ("ko", "한국어"))),
    *((code, name) for code, name in (("de", "Deutsch"), ("ru", "Русский"), ("und", "–"))),
]
_LONGEST = 200_000  # characters of one turn


class OpenForm(forms.Form):
    """Which turn's form is open, and whether that turn alone is asked for (by the script)."""

    turn = forms.RegexField(r"\A(?:about|\d{1,6})\Z", required=False)
    at = forms.IntegerField(min_value=0, max_value=999_999, required=False)  # of a long transcript
    alone = forms.BooleanField(required=False)
    closed = forms.BooleanField(required=False)  # the turn alone, without its form


class DeedForm(forms.Form):
    """What a pressed button asks for: save, join, split:3, line:3, undo:7, draft, publish."""

    do = forms.RegexField(r"\A(?:save|join|draft|publish|(?:split|line|undo):\d{1,6})\Z")
    turn = forms.RegexField(r"\A(?:about|\d{1,6})\Z", required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    reason = forms.CharField(max_length=2000, required=False, strip=True)

    @property
    def deed(self) -> tuple[str, int]:
        """The verb and its number, 0 where there is none."""
        verb, _colon, number = self.cleaned_data["do"].partition(":")
        return verb, int(number or 0)


class TurnForm(forms.Form):
    """One turn: what it is, who speaks, what is said."""

    kind = forms.ChoiceField(
        choices=KIND_NAMES, label=gettext_lazy("This is"), widget=forms.RadioSelect
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    nearest = forms.SlugField(max_length=120, required=False)
    asked_by = forms.CharField(
        label=gettext_lazy("As printed"), max_length=200, required=False, help_text=""
    )
    reporter = forms.CharField(label=gettext_lazy("Reporter"), max_length=120, required=False)
    add_alias = forms.BooleanField(required=False)
    new_outlet = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    new_outlet_en = forms.CharField(
        label=gettext_lazy("English name"), max_length=120, required=False
    )
    new_outlet_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Outlet.Kind, required=False
    )
    speaker = forms.CharField(
        label=gettext_lazy("Who speaks"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(choices=[("turn", ""), ("label", "")], required=False)
    office = forms.CharField(
        label=gettext_lazy("Office on the day"), max_length=200, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=_LONGEST,
        required=False,
        help_text=gettext_lazy("One paragraph a line. What is emptied is left out."),
        widget=forms.Textarea,
    )
    split_kind = forms.ChoiceField(
        label=gettext_lazy("The new turn is"), choices=KIND_NAMES, required=False
    )

    def clean_outlet(self) -> str:
        """A name must be known; what stood there before is let be."""
        name: str = self.cleaned_data["outlet"]
        if name and name != self.initial.get("outlet") and find_outlet(name) is None:
            raise forms.ValidationError(
                _("No outlet is called “%(name)s”. Choose one of the list, or add it as new."),
                params={"name": name},
            )
        return name

    def clean_new_outlet(self) -> str:
        name: str = self.cleaned_data["new_outlet"]
        taken = Outlet.objects.named(name) if name else None
        if taken is not None:
            raise forms.ValidationError(
                _("“%(name)s” already is a name of %(outlet)s."),
                params={"name": name, "outlet": taken.name},
            )
        return name


def find_outlet(name: str) -> Outlet | None:
    """The outlet that an editor means by `name`. At most two queries."""
    return Outlet.objects.named(name) or Outlet.objects.filter(name=name).first()


def turn_values(row: Row, office: str) -> dict[str, Any]:
    """What the form of a turn shows before anything is changed."""
    return {
        "kind": row.turn.kind,
        "outlet": row.outlet.name if row.outlet else "",
        "outlet_slug": row.turn.outlet_slug or "",
        "asked_by": row.asked_by,
        "reporter": row.reporter,
        "add_alias": row.is_unknown,
        "speaker": row.speaker,
        "scope": "turn",
        "office": office,
        "words": row.turn.text,
        "split_kind": "answer" if row.turn.kind == "question" else "question",
    }


class AboutForm(forms.Form):
    """What is said of the whole conference, and the office each speaker held that day."""

    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    headline = forms.CharField(
        label=gettext_lazy("Headline"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead = forms.CharField(
        label=gettext_lazy("Lead"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    institution = forms.CharField(label=gettext_lazy("Host"), max_length=200, required=False)
    venue = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    occasion = forms.CharField(label=gettext_lazy("Occasion"), max_length=200, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=_LANGUAGES)
    source_name = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    source_url = forms.URLField(
        label=gettext_lazy("Source address"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    recording_url = forms.URLField(
        label=gettext_lazy("Recording address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[validate_web_address],
        help_text=gettext_lazy("Of a video or audio."),
    )

    def __init__(self, speakers: tuple[ParsedSpeaker, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = speakers
        for number, speaker in enumerate(speakers):
            self.fields[f"office_{number}"] = forms.CharField(
                label=_("Office of %(name)s") % {"name": speaker.name},
                max_length=200,
                required=False,
            )
        language = self.fields["language"]
        told = self.initial.get("language")
        if isinstance(language, forms.ChoiceField) and told not in dict(_LANGUAGES):
            language.choices = [*_LANGUAGES, (told, told)]


def about_values(parsed: ParsedConference) -> dict[str, Any]:
    """What the form about the conference shows before anything is changed."""
    return values_of(parsed) | {f"office_{n}": one.role for n, one in enumerate(parsed.speakers)}
