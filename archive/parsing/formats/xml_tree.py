"""XML to a tree, with nothing fetched, nothing expanded and no more memory than a tree may take."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from lxml import etree

from archive.parsing.formats.limits import MEGABYTE, check_size, too_complex
from archive.parsing.records import Problem, TranscriptError

Element = etree._Element  # the class has no public name

LARGEST_XML = 16 * MEGABYTE
# Tags and attributes. A tree takes about 130 bytes for each, however short they are in the file.
MOST_MARKS = 1_000_000
_ENTITY = b"<!ENTITY"


def parse_xml(content: bytes, file_format: str) -> Element:
    """The root element of an XML file.

    Raises TranscriptError "too_big", "too_complex", "xml_entities" or "malformed_xml".
    """
    check_size(content, file_format, LARGEST_XML)
    if content.count(b"<") + content.count(b"=") > MOST_MARKS:
        raise too_complex(file_format, f"it has more than {MOST_MARKS} tags and attributes")
    # UTF-16 puts a NUL beside each of these letters.
    if _ENTITY in content or _ENTITY in content.replace(b"\0", b""):
        at = content.find(b"<\0!") if _ENTITY not in content else content.find(_ENTITY)
        raise TranscriptError("xml_entities", content[: max(0, at)].count(b"\n") + 1)
    # A parser of its own for each file: what one keeps of a broken file is no help to the next.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from error


def _malformed(error: etree.XMLSyntaxError) -> TranscriptError:
    line, column = error.position
    reason = re.sub(r",? line \d+, column \d+.*", "", error.msg or "the XML cannot be read")
    return TranscriptError("malformed_xml", max(1, line or 1), column=column or 1, reason=reason)


def line_of(element: Element) -> int:
    """The 1-based line an element begins on."""
    return element.sourceline or 1


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1_000)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


class TreeStep(NamedTuple):
    """What is met on the way through a tree: an element opening or closing, or text."""

    kind: Literal["open", "close", "text"]
    element: Element  # of text: the element it stands in
    text: str = ""


def walk_tree(root: Element) -> Iterator[TreeStep]:
    """Every step through `root` in the order of the file; comments and instructions are no text.

    No recursion: the depth of a file is nobody's stack.
    """
    path: list[tuple[Element, Iterator[Element]]] = []
    yield from _opened(root, path)
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            yield TreeStep("close", element)
            if path and element.tail:
                yield TreeStep("text", path[-1][0], element.tail)
        elif isinstance(child.tag, str):
            yield from _opened(child, path)
        else:
            if isinstance(child, etree._Entity):
                # `&nbsp;` of a DTD that was not fetched: HTML's own names are known all the same.
                yield TreeStep("text", element, html.unescape(child.text or ""))
            if child.tail:
                yield TreeStep("text", element, child.tail)


def _opened(element: Element, path: list[tuple[Element, Iterator[Element]]]) -> Iterator[TreeStep]:
    path.append((element, iter(element)))
    yield TreeStep("open", element)
    if element.text:
        yield TreeStep("text", element, element.text)


def pictures_left_out(pictures: Counter[str]) -> Problem:
    """That these kinds of things are in the file, and cannot be read as text."""
    kinds = ", ".join(f"{kind}: {count}" for kind, count in pictures.items())
    return Problem(None, "pictures_left_out", {"count": pictures.total(), "kinds": kinds})
