"""Styles of a Word paragraph: bold, a heading, a numbered item."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.parsing.formats.docx.attributes import switch, to_int, value
from archive.parsing.formats.xml_tree import Element

# Word keeps these names in English whatever language it speaks; the ids it translates.
_HEADING = re.compile(r"heading\s?([1-6])", re.IGNORECASE)
_NAMED_HEADINGS = {"title": 1, "subtitle": 2}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it says nothing and the style it is based on decides."""

    based_on: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    heading: int | None = None
    list_id: str | None = None
    depth: int = 0


@dataclass(slots=True)
class Styles:
    """The styles of a document by id, each with what it inherits."""

    styles: Mapping[str, Style]
    default: str = ""  # the id of what paragraphs without a style have
    _whole: dict[str, Style] = field(default_factory=dict)

    def get(self, style_id: str) -> Style:
        """The style, with what it does not say taken from those it is based on."""
        if style_id not in self._whole:
            self._whole[style_id] = self._inherited(style_id)
        return self._whole[style_id]

    def _inherited(self, style_id: str) -> Style:
        chain: list[Style] = []
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self.styles:
            seen.add(style_id)
            chain.append(self.styles[style_id])
            style_id = chain[-1].based_on
        numbered = next((style for style in chain if style.list_id is not None), Style())
        return Style(
            bold=next((s.bold for s in chain if s.bold is not None), None),
            hidden=next((s.hidden for s in chain if s.hidden is not None), None),
            heading=next((s.heading for s in chain if s.heading is not None), None),
            list_id=numbered.list_id,
            depth=numbered.depth,
        )


def read_styles(root: Element | None) -> Styles:
    """The styles of `styles.xml`; none where there is no such part."""
    if root is None:
        return Styles({})
    styles: dict[str, Style] = {}
    default = ""
    for element in root.iterfind("{*}style"):
        style_id = value(element, "styleId")
        styles[style_id] = _style(element)
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
            default = style_id
    return Styles(styles, default)


def _style(element: Element) -> Style:
    paragraph = element.find("{*}pPr")
    list_id, depth = numbering_of(paragraph)
    run = element.find("{*}rPr")
    return Style(
        based_on=value(element.find("{*}basedOn")),
        bold=switch(run, "b"),
        hidden=switch(run, "vanish"),
        heading=_heading(value(element.find("{*}name"))) or outline(paragraph),
        list_id=list_id,
        depth=depth,
    )


def _heading(name: str) -> int | None:
    found = _HEADING.fullmatch(name.strip())
    return int(found[1]) if found else _NAMED_HEADINGS.get(name.strip().lower())


def outline(properties: Element | None) -> int | None:
    """The heading level that an outline level of 0 to 5 stands for."""
    found = None if properties is None else properties.find("{*}outlineLvl")
    level = to_int(value(found), 9)
    return level + 1 if level < 6 else None


def numbering_of(properties: Element | None) -> tuple[str | None, int]:
    """The list of a paragraph and how deep in it; None when nothing is said, "0" for no list."""
    found = None if properties is None else properties.find("{*}numPr")
    if found is None:
        return None, 0
    return value(found.find("{*}numId")) or None, to_int(value(found.find("{*}ilvl")))
