"""Lines to paragraphs: whether a file is wrapped at some width, and what belongs together.

A program that wraps text fills each line as far as the next word allows. So a line was wrapped
when its width and the next line's first word together exceed the width of the file; and a file is
wrapped when a width can be found at which nearly all neighbouring lines pass that test.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from archive.parsing.cleanup import join_pieces

_NARROWEST, _WIDEST = 30, 200
# So many pairs of lines have to fit one width, and such a share of all. The more there are, the
# fewer can be chance.
_FEW, _SHARE_OF_FEW, _MANY, _SHARE_OF_MANY = 3, 0.8, 10, 0.5
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    r"\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_CANNOT_BEGIN = "，。、：；！？）》」』】”’,.:;!?)"
_MARKUP = r"[*_\\>\s]{0,6}"
# A line that begins so begins a paragraph, however full the line before it is.
_SPEAKER = re.compile(
    _MARKUP
    + r"(?:Q(?:[*_]{0,2}\s{2}|\t|[.:：])|A[:：]|<[A-Z]{1,20}>"
    + r"|[A-Z][A-Z][A-Z .,'’()-]{0,50}:|[A-Z][A-Z .'’-]{2,40}\.\s{2}"
    + r"|(?:Question|Answer|Moderator|Spokes\w{3,8}|Correspondent|Reporter|Pregunta)\s?:"
    + r"|(?:[^\s：:，。]{0,20}(?:记者|記者|기자)|问|答|問|主持人)[*_]{0,2}\s?[：:]"
    + r"|[《\[【〔]|#{1,6}\s)"
)
_FIRST_WORD = re.compile(r"[^ \t]+(?:[ \t]+$)?")
_BULLET = re.compile(r"(\s{0,8}(?:[-*+]|\d{1,3}[.)])\s{1,4})\S")
_ENDS_AT_BREAK = "\\"


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two neighbouring lines with words on both."""

    width: int  # of the first
    needed: int  # by the first word of the second, the space before it included
    slack: int  # Chinese punctuation may hang over the edge or be pulled into the line


def unwrap(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The paragraphs of each block of lines that no blank line parts."""
    blocks = [(block, _pairs(block)) for block in _blocks(lines)]
    width = _wrap_width([pair for _, pairs in blocks for pair in pairs if pair])
    for block, pairs in blocks:
        yield block if width is None else _paragraphs(block, pairs, width)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for has_words, block in groupby(lines, key=lambda line: bool(line.text.strip())):
        if has_words:
            yield list(block)


def _pairs(block: Sequence[Line]) -> list[_Pair | None]:
    """Each line with the next one; None where that one begins a paragraph in any case."""
    return [
        None if _begins_paragraph(one.text, other.text) else _pair(one.text, other.text)
        for one, other in pairwise(block)
    ]


def _wrap_width(pairs: Sequence[_Pair]) -> int | None:
    """The width in columns that the file is wrapped at; None when it is not."""
    steps = [0] * (_WIDEST + 2)
    for pair in pairs:
        first = max(pair.width - pair.slack, _NARROWEST)
        last = min(pair.width + pair.needed + pair.slack - 1, _WIDEST)
        if first <= last:
            steps[first] += 1
            steps[last + 1] -= 1
    fitting = list(accumulate(steps))
    most = max(fitting)
    share = most / max(len(pairs), 1)
    if (most < _FEW or share < _SHARE_OF_FEW) and (most < _MANY or share < _SHARE_OF_MANY):
        return None
    return fitting.index(most)


def _paragraphs(block: Sequence[Line], pairs: Sequence[_Pair | None], width: int) -> list[Line]:
    groups = [[block[0]]]
    for line, pair in zip(block[1:], pairs, strict=True):
        if pair and pair.width - pair.slack <= width < pair.width + pair.needed + pair.slack:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Line(group[0].number, _joined(group)) for group in groups]


def _joined(group: Sequence[Line]) -> str:
    if len(group) == 1:
        return group[0].text
    # A gap of two spaces may be a marker's, and no-break spaces at an end are white space too.
    return join_pieces([group[0].text.rstrip(), *(line.text.strip() for line in group[1:])])


def _begins_paragraph(before: str, text: str) -> bool:
    if before.rstrip().endswith(_ENDS_AT_BREAK) or before.lstrip().startswith("#"):
        return True
    if _SPEAKER.match(text):
        return True
    # Indented more than the line before it, unless it stands under the words of a list's item.
    bullet = _BULLET.match(before)
    margin = len(bullet[1]) if bullet else _indent(before)
    return _indent(text) > margin


def _indent(text: str) -> int:
    blank = text[: len(text) - len(text.lstrip())]
    return _width(blank.expandtabs(4))


def _pair(before: str, text: str) -> _Pair:
    before, text = before.rstrip(" \t\u3000"), text.lstrip(" \t\u3000")
    chinese = _WIDE.match(text) is not None
    if not chinese:
        # The two spaces of a hard break belong to the word that they follow.
        first = _FIRST_WORD.match(text)
        return _Pair(_width(before), 1 + (_width(first[0]) if first else 0), 0)
    after = text[1:2]
    needed = 2 + (2 if after and after in _CANNOT_BEGIN else 0)
    apart = 0 if _WIDE.match(before[-1:]) or before.endswith(("”", "’", "…", "—")) else 1
    return _Pair(_width(before), needed + apart, 2)


def _width(text: str) -> int:
    """Columns: a character of Chinese, Japanese or Korean takes two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
