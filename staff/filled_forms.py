"""Filling a form of a page that is made already, whichever page it is. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import html

# What libxml2 takes into no text.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PRESSED = {"submit", "button", "image", "reset", "file", "password"}
# Hidden fields that count, and do not say what the form is about.
_COUNTING = re.compile(r"(?:\A|-)(?:seen|TOTAL_FORMS)\Z")
_CONTROLS = "descendant::input | descendant::select | descendant::textarea | descendant::button"

Fields = Sequence[tuple[str, str]]


def fill(page: str, fields: Fields, note: str) -> str | None:
    """`page` with `fields` in the form that has them, headed by the markup `note`; None where no
    form of it has them, or where that is about something else than it was.
    """
    document = html.document_fromstring(page)
    typed: dict[str, list[str]] = defaultdict(list)
    for name, text in fields:
        typed[name].append(_NO_TEXT.sub("", text))
    found = [form for form in document.forms if form.method == "POST" and _is_same(form, typed)]
    form = max(found, key=lambda one: _likeness(one, typed), default=None)
    if form is None or not any(_likeness(form, typed)):
        return None
    known = {control.get("name") for control in _controls(form)}
    for control in _controls(form):
        _set(control, typed.get(control.get("name") or "", []))
    _add_rest(form, {name: texts for name, texts in typed.items() if name not in known})
    _focus(document, form, dict(fields))
    form.insert(0, html.fragment_fromstring(note))
    written: str = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    return written


def _controls(form: Any) -> list[Any]:
    return [one for one in form.xpath(_CONTROLS) if one.get("name")]


def _kind(control: Any) -> str:
    """ "hidden", "checkbox", "textarea", …"""
    if control.tag == "button":
        return "submit"
    return str(control.get("type") or "text").lower() if control.tag == "input" else control.tag


def _is_same(form: Any, typed: dict[str, list[str]]) -> bool:
    """Whether the hidden fields, which say what a form is about, are as they were."""
    return all(
        typed[control.get("name")] == [control.get("value") or ""]
        for control in _controls(form)
        if _kind(control) == "hidden"
        and control.get("name") in typed
        and not _COUNTING.search(control.get("name"))
    )


def _likeness(form: Any, typed: dict[str, list[str]]) -> tuple[int, int]:
    """How many of the names it has: where somebody can type, and at all."""
    every = {one.get("name") for one in _controls(form)}
    seen = {one.get("name") for one in _controls(form) if _kind(one) not in _PRESSED | {"hidden"}}
    return len(seen & typed.keys()), len(every & typed.keys())


def _set(control: Any, texts: list[str]) -> None:
    """What was sent of it: of a box that was not ticked nothing was."""
    kind = _kind(control)
    if kind in _PRESSED:
        return
    if kind in ("checkbox", "radio"):
        _switch(control, "checked", on=(control.get("value") or "on") in texts)
    elif kind == "select":
        for option in control.iter("option"):
            value = option.get("value")
            _switch(option, "selected", on=(option.text if value is None else value) in texts)
    elif kind == "hidden":
        if texts and _COUNTING.search(control.get("name")):
            control.set("value", texts[0])
    elif texts:
        text = texts.pop(0)  # of several of one name each has its own
        if kind == "textarea":
            control.text = f"\n{text}"  # the first one belongs to the tag
        else:
            control.set("value", text)


def _switch(control: Any, name: str, *, on: bool) -> None:
    if on:
        control.set(name, name)
    else:
        control.attrib.pop(name, None)


def _focus(document: Any, form: Any, typed: dict[str, str]) -> None:
    """Where most was typed, so that a browser shows that place of a long page."""
    seen = [one for one in _controls(form) if _kind(one) not in _PRESSED | {"hidden"}]
    if seen:
        for other in document.xpath("//*[@autofocus]"):
            del other.attrib["autofocus"]
        longest = max(seen, key=lambda one: len(typed.get(one.get("name"), "")))
        longest.set("autofocus", "autofocus")


def _add_rest(form: Any, rest: dict[str, Iterable[str]]) -> None:
    """Fields that a script had added, such as another name of an outlet: at the end of the form."""
    for name, texts in rest.items():
        for text in filter(None, texts):
            label = html.Element("label")
            label.text = f"{name} "
            label.append(html.Element("input", {"name": name, "value": text}))
            row = html.Element("p")
            row.append(label)
            form.append(row)
