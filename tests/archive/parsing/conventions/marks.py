"""What the tests of the conventions share: paragraphs from lines, and marks as short tuples."""

from collections.abc import Sequence
from itertools import pairwise

from archive.parsing.conventions.base import Mark
from archive.parsing.records import Paragraph


def make_paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, line) for line, text in enumerate(texts, 1)]


def told(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> list[tuple[str, str, str]]:
    """Kind, label and the first words behind the marker (of a topic or note, the paragraph)."""
    return [
        (
            mark.kind,
            mark.label,
            paragraphs[mark.paragraph].text[0 if mark.kind in ("topic", "note") else mark.end :],
        )
        for mark in marks
    ]


def check_order(marks: Sequence[Mark]) -> None:
    """Raises ValueError when two marks overlap or stand in the wrong order: a convention's bug."""
    for one, other in pairwise(marks):
        if (other.paragraph, other.start) < (one.paragraph, one.end):
            raise ValueError(f"marks overlap: {one} and {other}")
