"""Options of lists: the order, a letter, a year. Nonsense counts as not given."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.views.counts import NameCount

LONG = 40  # of more names there is an index of letters
# The first Chinese character of each letter in GB 2312, which sorts the common 3,755 by sound.
_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRSTS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_STARTS = [char.encode("gb2312") for char in _FIRSTS]
_COMMON_END = "座".encode("gb2312")
OTHER = "#"


class ListForm(forms.Form):
    """?sort=name&letter=W of a list of names."""

    sort = forms.ChoiceField(choices=[("count", ""), ("name", "")], required=False)
    letter = forms.RegexField(r"\A[A-Z#]\Z", required=False)


class YearForm(forms.Form):
    """?year=2020 of a list of conferences."""

    year = forms.IntegerField(min_value=dt.MINYEAR, max_value=dt.MAXYEAR, required=False)


@dataclass(frozen=True, slots=True)
class Link:
    """One of several links of which one is on."""

    label: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Names in the order that was chosen, and the links that choose another."""

    rows: list[NameCount]
    orders: list[Link]
    letters: list[Link]
    page_query: str


def chosen(form: forms.Form) -> dict[str, Any]:
    """Name to value of what `form` was given and understood."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def listing(request: HttpRequest, rows: Sequence[NameCount]) -> Listing:
    """`rows`, which come most frequent first, as ?sort= and ?letter= want them."""
    given = chosen(ListForm(request.GET))
    letter = given.get("letter", "")
    order = "name" if letter else given.get("sort", "count")
    kept = [row for row in rows if not letter or letter_of(row) == letter]
    if order == "name":
        kept.sort(key=_sound)
    return Listing(
        rows=kept,
        orders=[
            Link(_("Most frequent first"), "?", order == "count"),
            Link(_("By name"), "?sort=name", order == "name"),
        ],
        letters=_letters(rows, letter) if len(rows) > LONG else [],
        page_query=urlencode({"letter": letter} if letter else {"sort": order}),
    )


def _letters(rows: Iterable[NameCount], on: str) -> list[Link]:
    found = sorted({letter_of(row) for row in rows}, key=lambda letter: (letter == OTHER, letter))
    return [Link(letter, "?" + urlencode({"letter": letter}), letter == on) for letter in found]


def letter_of(row: NameCount) -> str:
    """The letter a name is looked for under: of its sound in Chinese, of its English name else."""
    return _letter(_shown(row)[:1].upper(), row.slug[:1].upper())


@lru_cache(maxsize=8192)  # a list asks for that of every name
def _letter(first: str, of_slug: str) -> str:
    if first.isascii():
        return first if first.isalpha() else OTHER
    code = first.encode("gb2312", "ignore")
    if len(code) != 2 or not _STARTS[0] <= code <= _COMMON_END:
        return of_slug if of_slug.isalpha() else OTHER
    return _LETTERS[sum(start <= code for start in _STARTS) - 1]


def _shown(row: NameCount) -> str:
    """The name by which the language of the page sorts."""
    english = (get_language() or "").startswith("en")
    return row.name_en if english and row.name_en else row.name


def _sound(row: NameCount) -> tuple[bool, str, bytes]:
    letter = letter_of(row)
    return letter == OTHER, letter, _shown(row).casefold().encode("gb18030", "replace")
