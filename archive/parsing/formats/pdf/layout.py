"""Printed lines to paragraphs: by indents, last lines that end early, gaps, and sizes.

Pure. The measures are those of the whole document, in points; a line's `y` grows upwards.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.parsing.cleanup import is_finished
from archive.parsing.records import Paragraph, Problem

_DIGITS = re.compile(r"\d{1,9}")
_PAGE_NUMBER = re.compile(
    r"[-–—·\s]{0,5}(?:Page\s|第\s?)?\d{1,4}(?:\s?页)?(?:\s?(?:of|/|,|，|共|之)\s?(?:共\s?)?\d{1,4}\s?页?)?"
    r"[-–—·\s]{0,5}",
    re.IGNORECASE,
)
# Running heads stand among the first or the last lines of a page.
_EDGE = 3
_SAME_HEIGHT_ON_PAGE = 4.0
_SHOWN = 60
_NARROWEST = 0.6  # of the width of a page: text runs on at least to here


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line."""

    page: int
    text: str
    left: float
    right: float
    y: float  # of the baseline
    height: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document."""

    left: float
    right: float
    gap: float
    height: float


def to_paragraphs(
    pages: Sequence[Sequence[PrintedLine]], width: float
) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs of all pages, and a problem that names what repeats on them.

    `width` is that of a page.
    """
    numbers = {id(line): at for at, line in enumerate(_all(pages), 1)}
    furniture = _furniture(pages)
    lines = [line for line in _all(pages) if id(line) not in furniture]
    problems = _named([line for line in _all(pages) if id(line) in furniture], numbers)
    if not lines:
        return (), problems
    usual = _measure(lines, width)
    groups: list[list[PrintedLine]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks(before, line, usual):
            groups.append([])
        groups[-1].append(line)
    return tuple(_paragraph(group, numbers[id(group[0])], usual) for group in groups), problems


def _all(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[PrintedLine]:
    return (line for page in pages for line in page)


def _furniture(pages: Sequence[Sequence[PrintedLine]]) -> set[int]:
    """The lines at the edges of pages that come again on others, numbers aside, by id."""
    edges: dict[str, list[PrintedLine]] = {}
    found: set[int] = set()
    for page in pages:
        ordered = sorted(page, key=lambda line: -line.y)
        outermost = ordered[:1] + ordered[-1:]
        for line in {id(one): one for one in ordered[:_EDGE] + ordered[-_EDGE:]}.values():
            edges.setdefault(_DIGITS.sub("#", line.text), []).append(line)
            if _PAGE_NUMBER.fullmatch(line.text) and any(line is one for one in outermost):
                found.add(id(line))
    enough = max(2, round(0.3 * len(pages)))
    for lines in edges.values():
        for line in lines:
            same = [one for one in lines if abs(one.y - line.y) < _SAME_HEIGHT_ON_PAGE]
            if len({one.page for one in same}) >= enough:
                found.update(id(one) for one in same)
    return found


def _named(lines: Sequence[PrintedLine], numbers: dict[int, int]) -> tuple[Problem, ...]:
    if not lines:
        return ()
    first: dict[str, str] = {}
    for line in lines:
        first.setdefault(_DIGITS.sub("#", line.text), line.text)
    shown = ", ".join(f"“{text[:_SHOWN]}”" for text in list(first.values())[:5])
    size = sum(len(line.text) for line in lines)
    return (Problem(numbers[id(lines[0])], "left_out", {"characters": size, "lines": shown}),)


def _measure(lines: Sequence[PrintedLine], width: float) -> _Measures:
    height = Counter(line.height for line in lines).most_common(1)[0][0]
    body = [line for line in lines if abs(line.height - height) < 0.15 * height] or list(lines)
    lefts = Counter(round(line.left) for line in body)
    return _Measures(
        left=lefts.most_common(1)[0][0],
        # Where all lines are short, none of them is full.
        right=max(_right_edge(body, height), _NARROWEST * width),
        gap=_usual_gap(body, height),
        height=height,
    )


def _right_edge(lines: Sequence[PrintedLine], height: float) -> float:
    """Where full lines end: as far right as more than a stray line or two reaches."""
    rights = sorted((line.right for line in lines), reverse=True)
    enough = max(2, len(rights) // 20)
    for at, right in enumerate(rights):
        # Sorted, so the line that many places on tells how many lie within one letter of it.
        if at + enough - 1 < len(rights) and rights[at + enough - 1] > right - height:
            return right
    return rights[0]


def _usual_gap(lines: Sequence[PrintedLine], height: float) -> float:
    """From line to line inside a paragraph: the smallest gap that is not rare."""
    gaps = [
        round(2 * (one.y - other.y)) / 2
        for one, other in pairwise(lines)
        if one.page == other.page and one.y > other.y
    ]
    counts = Counter(gap for gap in gaps if 0.5 * height < gap < 4 * height)
    common = [gap for gap, count in counts.items() if count * 10 >= len(gaps)]
    return min(common, default=1.5 * height)


def _breaks(before: PrintedLine, line: PrintedLine, usual: _Measures) -> bool:
    """Whether `line` begins a paragraph."""
    if abs(before.height - line.height) > 0.15 * max(before.height, line.height):
        return True
    usual_gap = usual.gap * max(1, line.height / usual.height)
    if before.page == line.page and not 0 < before.y - line.y <= 1.3 * usual_gap:
        return True
    if _ends_early(before, line, usual):
        return True
    indent = line.left - usual.left
    slack = 0.6 * usual.height
    if indent > slack:
        as_before = abs(line.left - before.left) < slack
        return not as_before or is_finished(before.text)
    return indent < -slack and is_finished(before.text)


def _ends_early(before: PrintedLine, line: PrintedLine, usual: _Measures) -> bool:
    """Whether the first word of `line` would have had room behind `before`."""
    width = (line.right - line.left) / max(1, len(line.text))
    word = 2 if _is_wide(line.text[0]) else len(line.text.split(" ", 1)[0]) + 1
    # A Chinese line may end one letter early, to keep a mark away from the next line's start.
    return before.right + (word + 1) * width < usual.right


def _paragraph(lines: Sequence[PrintedLine], number: int, usual: _Measures) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text += ("" if _runs_on(text, line.text) else " ") + line.text
    heading = 1 if lines[0].height >= 1.3 * usual.height and len(text) <= 200 else 0
    return Paragraph(text, number, all(line.bold for line in lines), heading)


def _runs_on(text: str, following: str) -> bool:
    """Whether nothing was printed between two lines: Chinese, or a word with its hyphen."""
    if text[-1] in "-\u2010\u2011" and text[-2:-1].isalpha():
        return True
    return _is_wide(text[-1]) or _is_wide(following[0])


def _is_wide(char: str) -> bool:
    """Letters written without spaces between words. Hangul has spaces."""
    return unicodedata.east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"
