"""HTML to paragraphs: fragments as they are, whole saved pages without their furniture."""

import re
from collections.abc import Sequence

from lxml import etree

from archive.parsing.formats.encoding import decode
from archive.parsing.formats.html.attributes import check_attributes
from archive.parsing.formats.html.blocks import Block, read_blocks
from archive.parsing.formats.html.main_text import main_blocks
from archive.parsing.formats.html.metadata import read_facts
from archive.parsing.formats.limits import MEGABYTE, check_size, too_complex
from archive.parsing.formats.whitespace import without_controls
from archive.parsing.records import Document, Paragraph, Problem, TranscriptError

_PAGE = re.compile(r"<(?:html|body)[\s>]|<!doctype", re.IGNORECASE)
# An element takes about a kilobyte of memory, and the parser logs every tag that it mends.
_LARGEST, _MOST_TAGS = 24 * MEGABYTE, 400_000
_MOST_RANGES, _SHOWN = 8, 20


def read_html(content: bytes, filename: str) -> Document:
    """The paragraphs of a fragment, or those of a page that belong to the transcript.

    What a page says besides is named by the problem "left_out". Raises TranscriptError "too_big",
    "too_complex", "too_deep", and what encoding.decode raises.
    """
    check_size(content, "HTML", _LARGEST)
    decoded = decode(content)
    text, problems = without_controls(decoded.text)
    root = _parse(text)
    if root is None:
        return Document((), "text/html", decoded.encoding, problems=decoded.problems)
    blocks, regions = read_blocks(root)
    facts = read_facts(root, [block for block in blocks if block.heading == 1])
    if _PAGE.search(text):
        keep = main_blocks(blocks, regions, facts.title)
    else:
        keep = [at for at, block in enumerate(blocks) if not block.hidden]
    kept = (blocks[at] for at in keep)
    return Document(
        tuple(Paragraph(one.text, one.line, one.bold, one.heading) for one in kept),
        "text/html",
        decoded.encoding,
        facts,
        problems=(*decoded.problems, *problems, *_left_out(blocks, keep)),
    )


def _parse(text: str) -> etree._Element | None:
    """The tree; None for a file without an element or text."""
    if text.count("<") > _MOST_TAGS:
        raise too_complex("HTML", f"it has more than {_MOST_TAGS:,} tags")
    check_attributes(text)
    # The bytes are recoded, so that what the page says of its encoding is of no account.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        # The parser mends everything but nesting without end, and an empty file.
        if _is_too_deep(error.error_log):
            raise TranscriptError("too_deep") from error
        return None
    if _is_too_deep(parser.error_log):
        raise TranscriptError("too_deep")
    return root


def _is_too_deep(log: "etree._ListErrorLog") -> bool:
    return any("depth" in entry.message.lower() for entry in log.filter_from_errors())


def _left_out(blocks: Sequence[Block], keep: Sequence[int]) -> tuple[Problem, ...]:
    kept = set(keep)
    left = [at for at in range(len(blocks)) if at not in kept]
    if not left:
        return ()
    ranges: list[list[int]] = []  # of indices: the first and the last
    for at in left:
        if ranges and at - 1 == ranges[-1][1]:
            ranges[-1][1] = at
        else:
            ranges.append([at, at])
    shown = [_range(blocks[first], blocks[last]) for first, last in ranges]
    more = ["…"] if len(shown) > _MOST_RANGES else []
    size = sum(len(blocks[at].text) for at in left)
    lines = ", ".join(shown[:_MOST_RANGES] + more)
    return (Problem(None, "left_out", {"characters": size, "lines": lines}),)


def _range(first: Block, last: Block) -> str:
    lines = f"{first.line}" if first.line == last.line else f"{first.line}-{last.line}"
    return f"{lines} “{first.text[:_SHOWN].rstrip()}…”"
