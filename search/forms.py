"""The search's parameters, as the address carries them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.models import Outlet, Speaker
from search.query import MAX_LENGTH
from search.results import PAGE_SIZE, SearchParams, Sort

PARTS = [("", _("Questions and answers")), ("question", _("Questions")), ("answer", _("Answers"))]
SORTS = [
    ("relevance", _("Relevance")),
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
]


class SearchForm(forms.Form):
    """Names are those of the address: q, in, outlet, speaker, from, to, sort."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": MAX_LENGTH}),
    )
    outlet = forms.ModelChoiceField(
        label=_("Asked by"),
        queryset=Outlet.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any outlet"),
    )
    speaker = forms.ModelChoiceField(
        label=_("Answered by"),
        queryset=Speaker.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any speaker"),
    )
    sort = forms.ChoiceField(label=_("Sort by"), choices=SORTS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # `in` and `from` are words of Python, so these fields cannot be attributes of the class.
        self.fields["in"] = forms.ChoiceField(label=_("Look in"), choices=PARTS, required=False)
        for name, label in (("from", _("From")), ("to", _("To"))):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=widget)
        for name, who in (
            ("outlet", Outlet.objects.that_asked()),
            ("speaker", Speaker.objects.that_answered()),
        ):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = who
        self.order_fields(["q", "in", "outlet", "speaker", "from", "to", "sort"])

    def params(self, *, page: int | str = 1, page_size: int = PAGE_SIZE) -> SearchParams:
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
