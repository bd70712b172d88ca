"""What other apps add to the pages of the archive, which does not know them.

The search fills in the words; without it the pages do without.
"""

from collections.abc import Callable
from dataclasses import dataclass

from archive.models import Outlet, Speaker


@dataclass(frozen=True, slots=True)
class RecurringWord:
    """A word that somebody says more often than all others do."""

    text: str
    count: int  # occurrences in what this outlet asked or this speaker answered
    elsewhere: int  # occurrences in what all others asked or answered
    url: str  # where they can be read


Finder = Callable[[Outlet | Speaker], list[RecurringWord]]
_finders: list[Finder] = []


def offer_words(finder: Finder) -> None:
    """Let `finder` answer what the words of an outlet or a speaker are."""
    _finders[:] = [finder]


def recurring_words(row: Outlet | Speaker) -> list[RecurringWord]:
    """The words of an outlet's questions or a speaker's answers, the most telling first."""
    return [word for find in _finders for word in find(row)]
