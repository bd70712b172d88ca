"""What every convention offers and answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.ingest.records import Paragraph, Problem, Turn


@dataclass(frozen=True, slots=True)
class Reading:
    """A document cut into turns: every paragraph is in the heading or in one turn."""

    heading: tuple[Paragraph, ...]  # what stands before the first turn
    turns: tuple[Turn, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Convention:
    """One way of marking who speaks."""

    name: str
    read: Callable[[Sequence[Paragraph]], Reading]
    score: Callable[[Reading], int]  # how well it fits, in turns told; 0 when it does not
