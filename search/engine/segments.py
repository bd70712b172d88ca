"""The open index: its segments as arrays, and what is counted over all of them."""

from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engine.facts import FactsReader
from search.engine.phrases import PhraseReader
from search.engine.postings import WordsReader
from search.engine.schema import EXACT, FACTS, WORDS

Column = TypeVar("Column")

# BM25's free parameters. A small B: long statements are not better for being long, and short
# answers are not drowned. docs/search.md has what was tried.
K1, B = 1.2, 0.5


class Segment:
    """One segment: its columns, which rows are alive, and how rows weigh in BM25."""

    def __init__(self, reader: Any) -> None:
        self.size: int = reader.doc_count_all()
        self.exact = _column(reader, EXACT, PhraseReader)
        self.words = _column(reader, WORDS, WordsReader)
        self._facts = _column(reader, FACTS, FactsReader)
        self._dead = np.fromiter(reader.segment().deleted_docs(), np.int64)
        self.weights: NDArray[np.float32]  # BM25's K1 * (1 - B + B * length / mean length)

    @cached_property
    def alive(self) -> NDArray[np.bool_] | None:
        """Which rows are not deleted; None when all are there."""
        if not len(self._dead):
            return None
        alive = np.ones(self.size, bool)
        alive[self._dead] = False
        return alive

    def fact(self, name: str) -> NDArray[np.int32]:
        """A number of every row: see Facts."""
        return self._facts.fact(name)

    def living(self, rows: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of `rows` are not deleted."""
        return np.ones(len(rows), bool) if self.alive is None else self.alive[rows]


def _column(reader: Any, name: str, kind: type[Column]) -> Column:
    """A column of a segment. Raises FileNotFoundError when a writer has merged it away since."""
    column = reader.column_reader(name, translate=False)
    if not isinstance(column, kind):
        # Whoosh hands out an empty column for a file that is not there.
        raise FileNotFoundError(f"{reader} has no column {name!r}.")
    return column


class OpenIndex:
    """All segments of a Whoosh reader. One thread's own; views of files, little in memory."""

    def __init__(self, reader: Any) -> None:
        leaves = [leaf for leaf, _offset in reader.leaf_readers()]
        self.segments = [Segment(leaf) for leaf in leaves if leaf.doc_count_all()]
        # Deleted rows count here: they are in the postings' frequencies too, until a merge.
        self.size = sum(segment.size for segment in self.segments)
        lengths = sum(int(segment.words.lengths.sum()) for segment in self.segments)
        mean = lengths / max(1, self.size) or 1.0
        for segment in self.segments:
            segment.weights = (K1 * (1 - B + B * segment.words.lengths / mean)).astype(np.float32)
