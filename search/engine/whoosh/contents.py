"""Contents of an open index, by conference."""

import numpy as np

from search.engine.protocol import Part, PartFacts
from search.engine.whoosh.schema import EXACT, WORDS
from search.engine.whoosh.segments import OpenIndex, Segment


class WhooshContents:
    """The living rows of an open index, found by their conference."""

    def __init__(self, index: OpenIndex) -> None:
        self._segments, self._schema = index.segments, index.index.schema
        # For every living row of the index: its conference, its segment, and the row there.
        pieces = [_located(at, segment) for at, segment in enumerate(index.segments)]
        located = np.concatenate([np.empty((0, 3), np.int64), *pieces])
        located = located[np.argsort(located[:, 0], kind="stable")]
        keys, begins = np.unique(located[:, 0], return_index=True)
        self._located = dict(
            zip(keys.tolist(), np.split(located[:, 1:], begins[1:]), strict=bool(len(keys)))
        )
        self._last: tuple[int, dict[PartFacts, tuple[Segment, int]]] = 0, {}

    def conferences(self) -> list[int]:
        return list(self._located)

    def facts_of(self, conference: int) -> list[PartFacts]:
        return [facts for facts, _place in self._rows(conference)]

    def holds(self, part: Part) -> bool:
        conference = part.facts.conference
        if self._last[0] != conference:  # who asks for one part asks for its neighbours
            self._last = conference, dict(self._rows(conference))
        place = self._last[1].get(part.facts)
        return place is not None and self._says(*place, part.text)

    def _rows(self, conference: int) -> list[tuple[PartFacts, tuple[Segment, int]]]:
        found = []
        for at, row in self._located.get(conference, ()):
            segment = self._segments[at]
            facts = PartFacts(*(int(segment.fact(name)[row]) for name in PartFacts._fields))
            found.append((facts, (segment, int(row))))
        return found

    def _says(self, segment: Segment, row: int, text: str) -> bool:
        """Whether the row is `text`, has its words, and is found by it."""
        exact = self._schema[EXACT].to_column_value(text)
        if segment.words[row] != self._schema[WORDS].to_column_value(text):
            return False
        found = segment.exact.documents(segment.exact.find(exact[:40])) if exact else [row]
        return segment.exact[row] == exact and row in found


def _located(at: int, segment: Segment) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = np.arange(segment.size) if segment.alive is None else np.flatnonzero(segment.alive)
    conferences = segment.fact("conference")[rows].astype(np.int64)
    return np.stack([conferences, np.full(len(rows), at, np.int64), rows], axis=1)
