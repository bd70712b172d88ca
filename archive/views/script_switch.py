"""A transcript in the other script of Chinese (?script=hant, ?script=hans)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import urlencode

from archive.http_cache.decorators import tell_shown
from archive.models import Conference, Exchange
from archive.text.chinese_scripts import TAGS, Script, convert, other, script_of
from archive.views.contents import ContentsLine
from archive.views.list_options import chosen


class ScriptForm(forms.Form):
    """`script` is hans or hant; anything else counts as not given."""

    script = forms.ChoiceField(choices=[(name, name) for name in TAGS], required=False)


@dataclass(frozen=True, slots=True)
class ScriptChoice:
    """In which script a Chinese conference is shown, and where it is in the other one."""

    original: Script
    script: Script
    other_address: str  # the query string, with "?", or "." for none

    @property
    def is_converted(self) -> bool:
        return self.script != self.original

    @property
    def query(self) -> str:
        """What a link to another text takes along, so that it is shown in the same script."""
        return f"?script={self.script}" if self.is_converted else ""


def switch_script(
    request: HttpRequest,
    conference: Conference,
    exchanges: Iterable[Exchange],
    neighbours: Iterable[Exchange | None] = (),
    lines: Iterable[ContentsLine] = (),
) -> ScriptChoice | None:
    """How the page is shown; None when it is not Chinese. No queries.

    When it is asked for in the other script, that replaces the texts of `conference`, `exchanges`
    (fetched for_reading), `neighbours` (of which only the beginning is shown) and `lines` as they
    stand in memory, and the conference's language. They are for showing then, and not for saving.
    """
    original = script_of(conference.language)
    if original is None:
        return None
    asked = chosen(ScriptForm(request.GET)).get("script")
    script: Script = other(original) if asked == other(original) else original
    tell_shown(request, script=script)
    if script != original:
        _rewrite(conference, script)
        for exchange in exchanges:
            _rewrite_whole(exchange, script)
        for neighbour in neighbours:
            _in_place(neighbour, script, "question", "asked_by")
        for line in lines:
            _in_place(line, script, "topic", "who", "words")
    return ScriptChoice(original, script, _address(request, other(script), original))


def _address(request: HttpRequest, script: Script, original: Script) -> str:
    kept = {"q": request.GET.get("q", ""), "script": "" if script == original else script}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"?{query}" if query else "."


def _rewrite(conference: Conference, script: Script) -> None:
    _in_place(conference, script, "title", "headline", "lead", "source_name")
    _in_place(conference, script, "institution", "venue", "occasion")
    conference.language = TAGS[script]
    for appearance in _appearances(conference):
        _in_place(appearance, script, "role")
        _in_place(appearance.speaker, script, "name")


def _rewrite_whole(exchange: Exchange, script: Script) -> None:
    _in_place(exchange, script, "question", "asked_by", "reporter", "topic")
    _in_place(exchange.outlet, script, "name")
    for answer in exchange.said:
        _in_place(answer, script, "text", "label")
        _in_place(answer.speaker, script, "name")


def _appearances(conference: Conference) -> Iterable[Any]:
    """Those prefetched; rows that would be fetched here are not those the template shows."""
    fetched: dict[str, Iterable[Any]] = getattr(conference, "_prefetched_objects_cache", {})
    return fetched.get("appearances", ())


def _in_place(row: Any, script: Script, *names: str) -> None:
    for name in names if row is not None else ():
        setattr(row, name, convert(getattr(row, name), script))
