"""The search's parameters, as the address carries them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import Jinja2
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.models import Outlet, Speaker, shown_outlets, shown_speakers
from archive.models.outlets import fold_alias
from search.engine.protocol import Sort
from search.query.parser import MAX_LENGTH
from search.results import HITS_PER_PAGE, SearchParams

PART_CHOICES = [
    ("", gettext_lazy("Questions and answers")),
    ("question", gettext_lazy("Questions")),
    ("answer", gettext_lazy("Answers")),
]
# Of what is chosen by links: values and labels, the first the one that is meant by none.
LINKED_CHOICES = {
    "sort": [
        ("relevance", gettext_lazy("Relevance")),
        ("newest", gettext_lazy("Newest first")),
        ("oldest", gettext_lazy("Oldest first")),
    ],
    "view": [("list", gettext_lazy("Passages")), ("kwic", gettext_lazy("Keyword in context"))],
    "context": [
        ("date", gettext_lazy("Date")),
        ("before", gettext_lazy("What stands before")),
        ("after", gettext_lazy("What stands after")),
    ],
    "step": [
        ("", gettext_lazy("As fits")),
        ("year", pgettext_lazy("chart", "By year")),
        ("month", pgettext_lazy("chart", "By month")),
    ],
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several links, and the parameters it changes."""

    label: str
    parameters: dict[str, str]
    chosen: bool = False


class _Lenient(forms.ChoiceField):
    """One of a few values; anything else counts as not given."""

    def clean(self, value: Any) -> str:
        return str(value) if value and self.valid_value(value) else ""


class _Named(forms.CharField):
    """An outlet or speaker, by slug or name. There may be thousands: too many for a list.

    One or two queries, when something is given.
    """

    def __init__(self, model: type[Outlet | Speaker], *, placeholder: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": placeholder})
        super().__init__(required=False, max_length=120, widget=widget, **kwargs)
        self._model = model
        self._found: Outlet | Speaker | None = None

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        self._found = self._look_up(name) if name else None
        if name and self._found is None:
            raise forms.ValidationError(_("Nobody here is called “%(name)s”.") % {"name": name})
        return self._found

    def _look_up(self, name: str) -> Outlet | Speaker | None:
        # A guessed slug of what only drafts have would be answered with the name.
        if issubclass(self._model, Outlet):
            outlets = shown_outlets()
            by_alias = outlets.filter(aliases__folded=fold_alias(name))
            return outlets.filter(slug=name).first() or by_alias.first()
        speakers = shown_speakers()
        return speakers.filter(slug=name).first() or speakers.filter(name=name).first()

    def prepare_value(self, value: Any) -> Any:
        """People read the name; the slug is for addresses."""
        return str(self._found) if self._found else value


class _Day(forms.DateField):
    """A date. What is none is not written back: browsers show no such value."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return self.to_python(value)
        except forms.ValidationError:
            return None


class SearchForm(forms.Form):
    """Names are those of the address: q, in, outlet, speaker, from, to, and those of links."""

    # Django's templates for widgets took a third of the time of the template of results.
    default_renderer = Jinja2()  # one for all, for it keeps what it has compiled

    q = forms.CharField(
        label=gettext_lazy("Search for"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": MAX_LENGTH, "enterkeyhint": "search"}
        ),
    )
    outlet = _Named(Outlet, label=gettext_lazy("Asked by"), placeholder=gettext_lazy("Any outlet"))
    speaker = _Named(
        Speaker, label=gettext_lazy("Answered by"), placeholder=gettext_lazy("Any speaker")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # `in` and `from` are words of Python, so these fields cannot be attributes of the class.
        self.fields["in"] = forms.ChoiceField(
            label=gettext_lazy("Look in"), choices=PART_CHOICES, required=False
        )
        for name, label in (("from", gettext_lazy("From")), ("to", gettext_lazy("To"))):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = _Day(label=label, required=False, widget=widget)
        for name, choices in LINKED_CHOICES.items():
            self.fields[name] = _Lenient(choices=choices, required=False)
        self.order_fields(["q", "in", "outlet", "speaker", "from", "to"])

    def filters(self) -> list[forms.BoundField]:
        """What narrows a search, as fields to fill in."""
        return [self[name] for name in ("in", "outlet", "speaker", "from", "to")]

    def params(self, *, page: int | str = 1, page_size: int = HITS_PER_PAGE) -> SearchParams:
        """What is asked; a field that was not understood counts as not given."""
        given = self.cleaned_data
        sort: Sort = given.get("sort") or "relevance"
        return SearchParams(
            q=given.get("q", ""),
            part=given.get("in", ""),
            outlet=given.get("outlet"),
            speaker=given.get("speaker"),
            since=given.get("from"),
            until=given.get("to"),
            sort=sort,
            page=page,
            page_size=page_size,
        )

    def address(self) -> dict[str, str]:
        """Name to value of what was understood; what goes without saying is left out."""
        written = {name: _written(value) for name, value in self.cleaned_data.items() if value}
        usual = {name: choices[0][0] for name, choices in LINKED_CHOICES.items()}
        return {name: value for name, value in written.items() if value != usual.get(name)}

    def asked(self) -> dict[str, str]:
        """The address without what changes only how a page shows it."""
        shown = {"view", "context", "step"}
        return {name: value for name, value in self.address().items() if name not in shown}

    def parts(self) -> list[Choice]:
        """Questions, answers or both, as links."""
        on = self.cleaned_data.get("in", "")
        return [Choice(str(label), {"in": value}, value == on) for value, label in PART_CHOICES]

    def chosen(self, name: str) -> str:
        """Which value of `name` is on, one of those that links choose."""
        return self.cleaned_data.get(name) or LINKED_CHOICES[name][0][0]

    def links(self, name: str, chosen: str = "") -> list[Choice]:
        """The values of `name` as links; `chosen` is on, or else what the address says."""
        on = chosen or self.chosen(name)
        return [
            Choice(str(label), {name: value}, value == on)
            for value, label in LINKED_CHOICES[name]
            if value
        ]

    def chips(self) -> list[Choice]:
        """The filters that are on, each with the parameters that take it away."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        labels = {**given, "in": dict(PART_CHOICES).get(given.get("in", ""))}
        found = [
            Choice(str(labels[name]), {name: ""})
            for name in ("in", "outlet", "speaker")
            if name in given
        ]
        if "from" in given or "to" in given:
            days = _days(given.get("from"), given.get("to"))
            found.append(Choice(days, {"from": "", "to": ""}))
        return found


class CompletionForm(forms.Form):
    """What has been typed so far."""

    q = forms.CharField(max_length=MAX_LENGTH, strip=False)


def _written(value: Any) -> str:
    """A cleaned value as it stands in an address."""
    if isinstance(value, Outlet | Speaker):
        return value.slug
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _days(first: dt.date | None, last: dt.date | None) -> str:
    days = {name: date_format(day) for name, day in (("first", first), ("last", last)) if day}
    if first and last:
        return _("%(first)s – %(last)s") % days
    return (_("since %(first)s") if first else _("until %(last)s")) % days
