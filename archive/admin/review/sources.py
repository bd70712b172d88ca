"""The paragraphs of a file beside the turns that were made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.parsing.records import Paragraph, Turn
from archive.text.folding import squeeze

_BEGINNING = 12  # characters by which a turn is found in its paragraph


@dataclass(frozen=True, slots=True)
class Source:
    """One paragraph of the file, cut where it prints who speaks."""

    line: int
    no: str  # the line, of its first paragraph: only one may carry the anchor
    before: str
    marker: str
    text: str


def starts_of(paragraphs: Sequence[Paragraph], turns: Sequence[Turn]) -> list[int]:
    """For each turn the index of the first paragraph that is shown beside it.

    Of turns that begin in one paragraph the first has it, and the others what comes after it.
    """
    starts: list[int] = []
    at, taken = 0, -1
    for turn in turns:
        at = _find(paragraphs, turn, at)
        starts.append(max(at, taken + 1, starts[-1] if starts else 0))
        taken = at
    return [min(start, len(paragraphs)) for start in starts]


def _find(paragraphs: Sequence[Paragraph], turn: Turn, at: int) -> int:
    """The first paragraph from `at` on that holds the beginning of `turn`, else one of its line."""
    words = squeeze(turn.paragraphs[0].text)[:_BEGINNING]
    on_line = None
    for index in range(at, len(paragraphs)):
        if paragraphs[index].line > turn.line:
            break
        if paragraphs[index].line == turn.line:
            on_line = index if on_line is None else on_line
            if words in squeeze(paragraphs[index].text):
                return index
    return at if on_line is None else on_line


def sources_of(paragraphs: Sequence[Paragraph], marker: str) -> Iterator[Source]:
    before = None
    for number, paragraph in enumerate(paragraphs):
        mark = marker.strip() if number == 0 else ""
        cut = paragraph.text.partition(mark) if mark else ("", "", "")
        start, mark, text = cut if cut[1] else ("", "", paragraph.text)
        no = str(paragraph.line) if paragraph.line != before else ""
        yield Source(paragraph.line, no, start, mark, text)
        before = paragraph.line
