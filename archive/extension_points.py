"""Extension points: what other apps add to the pages of the archive, which does not know them.

The search fills in the words; without it the pages do without.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

from archive.models import Outlet, Speaker


@dataclass(frozen=True, slots=True)
class RecurringWord:
    """A word that somebody says more often than all others do."""

    text: str
    count: int  # occurrences in what this outlet asked or this speaker answered
    elsewhere: int  # occurrences in what all others asked or answered
    url: str  # where they can be read


# Answers None when nobody can tell now.
WordsFinder = Callable[[Outlet | Speaker], list[RecurringWord] | None]
# Of the outlet or the speaker of a primary key: another one whenever the words may be others.
WordsState = Callable[[type[Outlet | Speaker], int], tuple[Any, ...]]
_finders: list[tuple[WordsFinder, WordsState]] = []


def register_words(finder: WordsFinder, state: WordsState) -> None:
    """Let `finder` answer what the words of an outlet or a speaker are, and `state` whether they
    are what they were."""
    _finders[:] = [(finder, state)]


def profile_words(row: Outlet | Speaker) -> list[RecurringWord] | None:
    """The words of an outlet's questions or a speaker's answers, the most telling first; None when
    nobody can tell now."""
    for find, _state in _finders:
        return find(row)
    return []


def profile_words_state(model: type[Outlet | Speaker], pk: int) -> tuple[Any, ...]:
    """Another one whenever recurring_words() may answer something else."""
    return tuple(state(model, pk) for _find, state in _finders)


Staff = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the editors' desk, and where it is seen to."""

    text: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class DeskPanel:
    """One kind of thing that waits for an editor: how many, and the first of them."""

    SHOWN: ClassVar[int] = 5

    title: str
    count: int
    url: str  # where all of them are
    lines: list[DeskLine]
    nothing: str  # a sentence for when there is none


def first_rows(waiting: QuerySet[Any, Any]) -> tuple[list[Any], int]:
    """Those that a panel shows, and how many there are. One query where a panel holds them all,
    else two."""
    first = list(waiting[: DeskPanel.SHOWN])
    return first, len(first) if len(first) < DeskPanel.SHOWN else waiting.count()


# Answers None for who may not see it.
Panel = Callable[[Staff], DeskPanel | None]
_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Put `panel` on the editors' desk, after those of the archive."""
    if panel not in _panels:
        _panels.append(panel)


def registered_panels(user: Staff) -> list[DeskPanel]:
    """What other apps have on the desk of `user`."""
    made = (panel(user) for panel in _panels)
    return [panel for panel in made if panel is not None]
