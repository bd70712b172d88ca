"""Comparison of what the index has with what the database has."""

from collections import Counter
from dataclasses import dataclass

from archive.models import Conference
from search.engine.protocol import IndexContents
from search.index import documents


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """A conference of which the index has something else than the database."""

    conference: int  # its primary key; it may be gone from the database
    what: str  # a sentence


class Comparison:
    """What an index holds, to be compared with the database one conference at a time."""

    def __init__(self, contents: IndexContents) -> None:
        self._contents = contents

    def conferences(self) -> list[int]:
        """All there are to compare: those in the index, and the published. One query."""
        published = Conference.objects.published().values_list("pk", flat=True)
        return sorted({*published, *self._contents.conferences()})

    def of(self, conference: int, *, in_full: bool = False) -> IndexDifference | None:
        """How the two differ; None when they do not. Two queries.

        `in_full` compares every character and every word, not just which part belongs to what.
        """
        wanted = {part.facts: part for part in documents.of_conference(conference)}
        held = Counter(self._contents.facts_of(conference))
        missing, extra = wanted.keys() - held.keys(), held.keys() - wanted.keys()
        if missing or extra:
            told = f"{len(missing)} parts are not in the index, {len(extra)} should not be"
            return IndexDifference(conference, told)
        if held.total() != len(held):
            return IndexDifference(conference, "a part is in the index twice")
        if in_full and not all(map(self._contents.holds, wanted.values())):
            return IndexDifference(conference, "the index has other words")
        return None
