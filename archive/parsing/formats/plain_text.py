"""Plain text and Markdown to paragraphs. Both are read alike: people save either as .txt."""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.cleanup import SENTENCE_ENDS
from archive.parsing.formats.encoding import decode
from archive.parsing.formats.front_matter import split_front_matter
from archive.parsing.formats.limits import too_complex
from archive.parsing.formats.line_wrapping import Line, unwrap
from archive.parsing.formats.markdown import read_inline
from archive.parsing.formats.whitespace import squeeze_spaces, without_controls
from archive.parsing.records import Document, Paragraph

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t\u3000]{1,8}(?=\S)")
_CLOSING_MARKS = re.compile(r"\s#{1,6}\s{0,8}$")
_QUOTED = re.compile(r"(?:\s{0,3}>(?!>)\s?){1,5}")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)\w{0,20}\s{0,8}")
_UNDERLINES = {"=": 1, "-": 2}
_LONGEST_HEADING = 100
_MOST_LINES = 300_000  # of which each makes a paragraph; no transcript comes near
_NO_TITLE_ENDS = (*SENTENCE_ENDS, *"：:；;，,")


def read_text(content: bytes, filename: str) -> Document:
    """The paragraphs of a text file. Raises "too_complex", and what decode() raises."""
    return _read(content, "text/plain")


def read_markdown(content: bytes, filename: str) -> Document:
    """The paragraphs of a Markdown file. Raises "too_complex", and what decode() raises."""
    return _read(content, "text/markdown")


def _read(content: bytes, media_type: str) -> Document:
    decoded = decode(content)
    text, problems = without_controls(decoded.text)
    rows = _LINE_END.split(text)
    if len(rows) > _MOST_LINES:
        raise too_complex("text", f"it has more than {_MOST_LINES:,} lines")
    lines = [Line(number, row) for number, row in enumerate(rows, 1)]
    front = split_front_matter(lines)
    body = [_without_quote_mark(line) for line in front.body if not _FENCE.fullmatch(line.text)]
    paragraphs = tuple(p for block in unwrap(body) for p in _block(block))
    return Document(
        paragraphs,
        media_type,
        decoded.encoding,
        front.facts,
        problems=(*decoded.problems, *problems, *front.problems),
    )


def _without_quote_mark(line: Line) -> Line:
    quoted = _QUOTED.match(line.text)
    return Line(line.number, line.text[quoted.end() :]) if quoted else line


def _block(block: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of the lines between two blank ones."""
    underlined = _underlined(block)
    if underlined:
        yield from _inline(block[:1], underlined)
    elif any(_is_table_rule(line.text) for line in block):
        cells = (cell for line in block for cell in _cells(line))
        yield from (p for cell in cells for p in _inline([cell]))
    else:
        yield from _inline(block)


def _inline(block: Sequence[Line], heading: int = 0) -> Iterator[Paragraph]:
    marks = [_HEADING.match(line.text) for line in block]
    bare = [
        _CLOSING_MARKS.sub("", line.text[mark.end() :]) if mark else _without_break(line.text)
        for line, mark in zip(block, marks, strict=True)
    ]
    # The whole block at once, because emphasis may reach over several lines.
    for piece in read_inline("\n".join(bare)):
        mark = marks[piece.line]
        level = len(mark[1]) if mark else heading
        text = squeeze_spaces(piece.text)
        if text:
            yield Paragraph(text, block[piece.line].number, piece.bold, level)


def _without_break(text: str) -> str:
    """`text` without the backslash that breaks a line in Markdown."""
    return text.removesuffix("\\") if not text.endswith("\\\\") else text


def _underlined(block: Sequence[Line]) -> int:
    """The level of a heading that is underlined in the way of Markdown; 0 when it is none."""
    if len(block) != 2:
        return 0
    words, rule = block[0].text.strip(), block[1].text.strip()
    if len(rule) < 3 or len(set(rule)) > 1 or len(words) > _LONGEST_HEADING:
        return 0
    return 0 if words.endswith(_NO_TITLE_ENDS) else _UNDERLINES.get(rule[0], 0)


def _is_table_rule(text: str) -> bool:
    marks = set(text.strip())
    return marks <= set("|:- \t") and {"|", "-"} <= marks


def _cells(line: Line) -> list[Line]:
    if _is_table_rule(line.text):
        return []
    return [Line(line.number, cell) for cell in line.text.strip().strip("|").split("|")]
