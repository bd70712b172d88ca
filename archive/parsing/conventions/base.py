"""Base classes of the conventions: what each offers and answers."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.parsing.records import Paragraph, Problem, Turn, TurnKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a convention sees that somebody begins to speak, or that a note stands.

    The marker is `text[start:end]` of the paragraph; the turn begins at `end`, and what stands
    before `start` belongs to the turn before. A topic or a note is the whole paragraph.
    """

    paragraph: int  # index
    start: int
    end: int
    kind: TurnKind
    label: str = ""  # who, as printed, without the marks around it; "" when nobody is named


@dataclass(frozen=True, slots=True)
class Reading:
    """A document cut into turns: every character is in the heading, or a marker, or a turn."""

    heading: tuple[Paragraph, ...]  # what stands before the first turn
    turns: tuple[Turn, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Convention:
    """One way of marking who speaks. `find` is pure and linear in the size of the text."""

    name: str
    find: Callable[[Sequence[Paragraph]], Sequence[Mark]]  # in order; no two overlap
    # How far its marks are believed, from 0 to 1: the marks times this are its score.
    trust: float = 1.0
    # Its marks cannot be anything else, so they count in a file of another convention too.
    unmistakable: bool = False


def without_doubtful(marks: Sequence[Mark], is_sure: Callable[[Mark], bool]) -> list[Mark]:
    """`marks` less the answers that nothing but the look of their label speaks for.

    A speaker's label begins the file, or follows a question, or comes twice, or `is_sure`.
    """
    counts = Counter(mark.label for mark in marks if mark.kind != "question")
    kept: list[Mark] = []
    for mark in marks:
        expected = mark.kind == "question" or not kept or kept[-1].kind == "question"
        if expected or counts[mark.label] > 1 or is_sure(mark):
            kept.append(mark)
    return kept
