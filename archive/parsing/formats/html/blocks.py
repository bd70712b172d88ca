"""The blocks of text of an HTML tree, and which blocks each of its containers holds.

The tree is walked once and without recursion, so deep nesting costs no stack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.parsing.formats.line_wrapping import Line, unwrap
from archive.parsing.formats.whitespace import squeeze_spaces

_NO_TEXT = frozenset(
    "script style noscript template title head iframe object svg math canvas audio video "
    "datalist".split()
)
# Buttons and choices are not prose, wherever they stand.
_CONTROLS = frozenset("select button textarea option".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark o:p q rp rt "
    "ruby s samp small span strike strong sub sup time tt u var wbr nobr blink".split()
)
# What some pages put beside the date in the same line, to be told from it by its class.
_INLINE_BUTTONS = re.compile(r"share|print|font-?size|zihao|sns|weixin", re.IGNORECASE)
_BOLD = frozenset(("b", "strong"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(r"font-weight\s?:\s?(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
# libxml2 keeps line numbers in 16 bits.
_LAST_LINE = 65535
_LONGEST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the page shows it."""

    text: str
    line: int
    bold: bool
    heading: int
    linked: float  # share of its characters that stand in links
    hidden: bool  # or a button


@dataclass(slots=True)
class Region:
    """An element that holds blocks `start` to `end`."""

    tag: str
    names: str  # its class and id
    role: str
    start: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    """What holds for the text of an element: what it says itself, and what it lies in."""

    is_block: bool = True
    skipped: bool = False
    hidden: bool = False
    bold: bool = False
    linked: bool = False
    verbatim: bool = False
    heading: int = 0


_PLAIN = _Style()


@dataclass(slots=True)
class _Walk:
    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open_regions: list[Region] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=lambda: [_PLAIN])  # of the open elements
    pieces: list[tuple[str, _Style]] = field(default_factory=list)
    line: int = 1
    first_line: int = 0  # of the pieces


def read_blocks(root: etree._Element) -> tuple[list[Block], list[Region]]:
    """The blocks in order, and the elements around them, an outer one before its inner ones."""
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            _enter(walk, element)
            _add(walk, element.text)
        else:
            _leave(walk)
            _add(walk, element.tail)
    _flush(walk)
    return walk.blocks, walk.regions


def _enter(walk: _Walk, element: etree._Element) -> None:
    tag = str(element.tag)
    if element.sourceline and element.sourceline < _LAST_LINE:
        walk.line = element.sourceline
    style = _style(tag, element.attrib, walk.styles[-1])
    if style.is_block:
        _flush(walk)
        names = f"{element.get('class', '')} {element.get('id', '')}".strip()
        region = Region(tag, names[:_LONGEST_NAMES], element.get("role", ""), len(walk.blocks))
        walk.regions.append(region)
        walk.open_regions.append(region)
    walk.styles.append(style)


def _leave(walk: _Walk) -> None:
    if walk.styles[-1].is_block:
        _flush(walk)
        walk.open_regions.pop().end = len(walk.blocks)
    walk.styles.pop()


def _style(tag: str, attributes: "etree._Attrib", outer: _Style) -> _Style:
    css = attributes.get("style", "")
    names = attributes.get("class", "")[:_LONGEST_NAMES] if tag == "span" else ""
    return _Style(
        is_block=tag not in _INLINE or bool(names and _INLINE_BUTTONS.search(names)),
        skipped=outer.skipped or tag in _NO_TEXT,
        hidden=outer.hidden
        or tag in _CONTROLS
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(css and _HIDDEN_STYLE.search(css)),
        bold=outer.bold or tag in _BOLD or bool(css and _BOLD_STYLE.search(css)),
        linked=outer.linked or (tag == "a" and "href" in attributes),
        verbatim=outer.verbatim or tag == "pre",
        heading=_HEADINGS.get(tag, outer.heading),
    )


def _add(walk: _Walk, text: str | None) -> None:
    if not text:
        return
    style = walk.styles[-1]
    if not style.skipped and (walk.pieces or not text.isspace()):
        if not walk.pieces:
            blank = len(text) - len(text.lstrip())
            walk.first_line = walk.line + text.count("\n", 0, blank)
        walk.pieces.append((text, style))
    walk.line += text.count("\n")


def _flush(walk: _Walk) -> None:
    pieces = walk.pieces
    if not pieces:
        return
    walk.pieces = []
    text = "".join(piece for piece, _ in pieces)
    linked = sum(len(piece) for piece, style in pieces if style.linked) / len(text)
    bold = all(style.bold or piece.isspace() for piece, style in pieces)
    first = pieces[0][1]
    lines = _verbatim(walk, text) if first.verbatim else [Line(walk.first_line, text)]
    for line in lines:
        words = squeeze_spaces(line.text)
        if words:
            block = Block(words, line.number, bold, first.heading, linked, first.hidden)
            walk.blocks.append(block)


def _verbatim(walk: _Walk, text: str) -> Iterator[Line]:
    """In <pre> the lines are those of a plain text, which may be wrapped."""
    rows = text.lstrip("\n").split("\n")
    for block in unwrap([Line(walk.first_line + at, row) for at, row in enumerate(rows)]):
        yield from block
