"""From marks to turns, the same for every convention."""

from collections.abc import Sequence

from archive.parsing.conventions.base import Mark, Reading
from archive.parsing.records import Paragraph, Problem, Turn

# Kinds whose mark is all there is to them.
_WHOLE = {"topic", "note"}


def cut(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> Reading:
    """Cut `paragraphs` at `marks`. A marker that no words follow stays text, and is reported.

    Nothing is lost: heading, markers and turns make up `paragraphs`, white space aside.
    """
    marks, problems = _without_empty(paragraphs, marks)
    if not marks:
        return Reading(tuple(paragraphs), (), problems)
    places = [(mark.paragraph, mark.start) for mark in marks]
    heading = _between(paragraphs, (0, 0), places[0])
    turns = []
    for mark, end in zip(marks, [*places[1:], (len(paragraphs), 0)], strict=True):
        printed = paragraphs[mark.paragraph]
        if mark.kind in _WHOLE:
            turns.append(Turn(mark.kind, "", (printed,), printed.line))
            # What follows a note goes on with the turn before it.
            rest = _between(paragraphs, (mark.paragraph + 1, 0), end)
            if rest:
                turns.append(_continued(turns, rest))
            continue
        words = _between(paragraphs, (mark.paragraph, mark.end), end)
        marker = printed.text[mark.start : mark.end].strip()
        turns.append(Turn(mark.kind, mark.label, words, printed.line, marker))
    return Reading(heading, tuple(turns), problems)


def _continued(turns: Sequence[Turn], words: tuple[Paragraph, ...]) -> Turn:
    """`words`, said by whoever spoke last before the notes and topics at the end of `turns`."""
    last = next((turn for turn in reversed(turns) if turn.kind not in _WHOLE), None)
    if last is None:
        return Turn("speech", "", words, words[0].line)
    return Turn(last.kind, last.label, words, words[0].line, continues=True)


def _between(
    paragraphs: Sequence[Paragraph], start: tuple[int, int], end: tuple[int, int]
) -> tuple[Paragraph, ...]:
    """What stands from one place (paragraph, offset) up to another, empty pieces left out."""
    pieces = []
    for at in range(start[0], min(end[0] + 1, len(paragraphs))):
        text = paragraphs[at].text
        first = start[1] if at == start[0] else 0
        last = end[1] if at == end[0] else len(text)
        if piece := text[first:last].strip():
            whole = paragraphs[at]
            part = Paragraph(piece, whole.line, whole.bold)
            pieces.append(whole if piece == text else part)
    return tuple(pieces)


def _without_empty(
    paragraphs: Sequence[Paragraph], marks: Sequence[Mark]
) -> tuple[list[Mark], tuple[Problem, ...]]:
    kept: list[Mark] = []
    problems: list[Problem] = []
    starts = [(mark.paragraph, mark.start) for mark in marks]
    for mark, end in zip(marks, [*starts, (len(paragraphs), 0)][1:], strict=True):
        if mark.kind in _WHOLE or _between(paragraphs, (mark.paragraph, mark.end), end):
            kept.append(mark)
        else:
            printed = paragraphs[mark.paragraph]
            label = printed.text[mark.start : mark.end].strip()
            problems.append(Problem(printed.line, "empty_turn", {"label": label}))
    return kept, tuple(problems)
