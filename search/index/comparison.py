"""What the index has beside what the database has."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from archive.models import Conference
from archive.text.folding import fold
from search.analysis import words
from search.engine.whoosh.doc_values import Facts
from search.engine.whoosh.segments import OpenIndex, Segment
from search.index import documents


@dataclass(frozen=True, slots=True)
class Difference:
    """A conference of which the index has something else than the database."""

    conference: int  # its primary key; it may be gone from the database
    what: str  # a sentence


class Comparison:
    """An open index, by conference, to be compared with the database one conference at a time."""

    def __init__(self, index: OpenIndex) -> None:
        self._segments = index.segments
        # For every living row of the index: its conference, its segment, and the row there.
        pieces = [_located(at, segment) for at, segment in enumerate(index.segments)]
        located = np.concatenate([np.empty((0, 3), np.int64), *pieces])
        located = located[np.argsort(located[:, 0], kind="stable")]
        keys, begins = np.unique(located[:, 0], return_index=True)
        self._located = dict(
            zip(keys.tolist(), np.split(located[:, 1:], begins[1:]), strict=bool(len(keys)))
        )

    def conferences(self) -> list[int]:
        """All there are to compare: those in the index, and the published. One query."""
        published = Conference.objects.published().values_list("pk", flat=True)
        return sorted({*published, *self._located})

    def of(self, conference: int, *, in_full: bool = False) -> Difference | None:
        """How the two differ; None when they do not. Two queries.

        `in_full` compares every character and every word, not just which part belongs to what.
        """
        wanted = {part.facts: part.text for part in documents.of_conference(conference)}
        held = dict(self._held(conference))
        missing, extra = wanted.keys() - held.keys(), held.keys() - wanted.keys()
        if missing or extra:
            told = f"{len(missing)} parts are not in the index, {len(extra)} should not be"
            return Difference(conference, told)
        if len(held) != len(self._located.get(conference, ())):
            return Difference(conference, "a part is in the index twice")
        for facts, (segment, row) in held.items() if in_full else ():
            said = [word.text for word in words(wanted[facts])]
            if segment.words[row] != said or not _holds(segment, row, wanted[facts]):
                return Difference(conference, "the index has other words")
        return None

    def _held(self, conference: int) -> Iterator[tuple[Facts, tuple[Segment, int]]]:
        for at, row in self._located.get(conference, ()):
            segment = self._segments[at]
            facts = Facts(*(int(segment.fact(name)[row]) for name in Facts._fields))
            yield facts, (segment, int(row))


def differences(
    comparison: Comparison, conferences: Collection[int], *, in_full: Collection[int] = ()
) -> list[Difference]:
    """Those of `conferences` that differ; `in_full` are compared to the last character."""
    found = (comparison.of(one, in_full=one in in_full) for one in conferences)
    return [difference for difference in found if difference]


def _located(at: int, segment: Segment) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = np.arange(segment.size) if segment.alive is None else np.flatnonzero(segment.alive)
    conferences = segment.fact("conference")[rows].astype(np.int64)
    return np.stack([conferences, np.full(len(rows), at, np.int64), rows], axis=1)


def _holds(segment: Segment, row: int, text: str) -> bool:
    """Whether the row is `text`, and is found by it. NUL stands for no character here."""
    folded = fold(text).replace("\0", "\N{REPLACEMENT CHARACTER}")
    found = segment.exact.documents(segment.exact.find(folded[:40])) if folded else [row]
    return segment.exact[row] == folded and row in found
