"""Mending what copying broke: split paragraphs and gaps between Han characters.

Pure. Nothing here takes away a character that is not white space.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.parsing.records import Paragraph
from archive.text.han import HAN

# The inside of a character class: what is written without spaces in Chinese.
_CHINESE = HAN + r"、。〈-】〔-〛！（），：；？～"
# These belong to Chinese and to English alike, so the other side has to decide.
_SHARED = r"“”‘’…—·"

_GAP = re.compile(
    rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}{_SHARED}])|(?<=[{_SHARED}])\s+(?=[{_CHINESE}])"
)
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")

SENTENCE_ENDS = tuple("。！？!?….")
CLOSERS = "”’」』）)】］]〉》\"'"
_PART_ENDS = (*SENTENCE_ENDS, "：", "；", ":", ";")


def close_gaps(text: str) -> str:
    """`text` without the white space between Han characters and beside Chinese punctuation.

    >>> close_gaps("中国在不 少国家 GDP")
    '中国在不少国家 GDP'
    """
    return _GAP.sub("", text) if _HAS_CHINESE.search(text) else text


def is_finished(text: str) -> bool:
    """Whether `text` ends as a sentence does, any closing quotes and brackets aside."""
    return text.rstrip(CLOSERS).endswith(SENTENCE_ENDS)


def join_pieces(pieces: Iterable[str]) -> str:
    """Pieces of one broken text made whole: Chinese runs on, everything else takes a space."""
    parts: list[str] = []
    for piece in pieces:
        if parts and not _GAP.search(f"{parts[-1][-1]} {piece[0]}"):
            parts.append(" ")
        parts.append(piece)
    return "".join(parts)


def join_broken(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of one turn, with those that break off joined to the ones that go on.

    A paragraph is whole when it ends in sentence-final punctuation (closing quotes and brackets
    may follow), a colon or a semicolon. A joined paragraph has the line it begins on.
    """
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if groups and not _is_whole(groups[-1][-1].text):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return tuple(_joined(group) for group in groups)


def tidy(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of one turn, joined where they were broken and without stray gaps."""
    return tuple(_without_gaps(paragraph) for paragraph in join_broken(paragraphs))


def _without_gaps(paragraph: Paragraph) -> Paragraph:
    text = close_gaps(paragraph.text)
    return paragraph if text == paragraph.text else replace(paragraph, text=text)


def _joined(group: Sequence[Paragraph]) -> Paragraph:
    if len(group) == 1:
        return group[0]
    return Paragraph(join_pieces(piece.text for piece in group), group[0].line)


def _is_whole(text: str) -> bool:
    return text.rstrip(CLOSERS).endswith(_PART_ENDS)
