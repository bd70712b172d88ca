"""The open index: its segments as arrays, and what is counted over all of them."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex

from search.analysis import Word
from search.engine.protocol import PARTS
from search.engine.whoosh.doc_values import FactsReader
from search.engine.whoosh.phrases import PhraseReader
from search.engine.whoosh.postings import WordsReader
from search.engine.whoosh.schema import EXACT, PART_FACTS, WORDS

# BM25's free parameters. A small B: long statements are not better for being long, and short
# answers are not drowned. docs/search.md has what was tried.
K1, B = 1.2, 0.5


class Segment:
    """One segment: its columns, which rows are alive, and how rows weigh in BM25."""

    def __init__(self, segment: Any, columns: Any, schema: Any) -> None:
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()

        def column(name: str) -> Any:
            return columns.column_reader(name, schema[name].column_type)

        self.exact: PhraseReader = column(EXACT)
        self.words: WordsReader = column(WORDS)
        self._facts: FactsReader = column(PART_FACTS)
        self._dead = np.fromiter(segment.deleted_docs(), np.int64)
        self.weights: NDArray[np.float32]  # BM25's K1 * (1 - B + B * length / mean length)

    @cached_property
    def alive(self) -> NDArray[np.bool_] | None:
        """Which rows are not deleted; None when all are there."""
        if not len(self._dead):
            return None
        alive = np.ones(self.size, bool)
        alive[self._dead] = False
        return alive

    def untouched(self) -> bool:
        """Whether its files are as they were opened, or gone."""
        columns = (self.exact, self.words, self._facts)
        return all(column.stored.untouched() for column in columns)

    def fact(self, name: str) -> NDArray[np.signedinteger]:
        """A number of every row: see PartFacts."""
        return self._facts.fact(name)


def _opened(index: FileIndex, segment: Any) -> Segment:
    columns = segment.codec().per_document_reader(index.storage, segment)
    try:
        return Segment(segment, columns, index.schema)
    finally:
        columns.close()


class OpenIndex:
    """All segments of a Whoosh index as it is now. Views of files, little in memory.

    Raises FileNotFoundError when a writer has merged one away since its name was read.
    """

    def __init__(self, index: FileIndex) -> None:
        # Not through Whoosh's own readers: they open every file of a segment, and leave those open
        # when one is missing. The columns are mapped, and outlive the files they come from.
        self.index = index
        self.folder = Path(index.storage.folder)
        contents = index._read_toc()
        self.generation: int = contents.generation
        # A merge of segments in which all was deleted leaves one without rows, and without columns.
        segments = (segment for segment in contents.segments if segment.doc_count_all())
        self.segments = [_opened(index, segment) for segment in segments]
        # Deleted rows count here: they are in the postings' frequencies too, until a merge.
        self.size = sum(segment.size for segment in self.segments)
        lengths = sum(int(segment.words.lengths.sum()) for segment in self.segments)
        mean = lengths / max(1, self.size) or 1.0
        for segment in self.segments:
            segment.weights = (K1 * (1 - B + B * segment.words.lengths / mean)).astype(np.float32)

    def words_of(self, text: str) -> list[Word]:
        """The words of a question, by the analyzer that cut the words of the index."""
        tokens = self.index.schema[WORDS].analyzer(text, chars=True, mode="query")
        return [Word(token.text, token.startchar, token.endchar) for token in tokens]

    @cached_property
    def spoken(self) -> tuple[NDArray[np.signedinteger], NDArray[np.signedinteger], NDArray[Any]]:
        """Everything that was said, month by month: rows of the month (202005), the part (its
        place in PARTS), and how many characters."""
        cells, lengths = [], []
        for segment in self.segments:
            alive = slice(None) if segment.alive is None else segment.alive
            months = segment.fact("day")[alive] // 100
            cells.append(months * len(PARTS) + segment.fact("part")[alive])
            lengths.append(segment.fact("length")[alive])
        every, which = np.unique(np.concatenate(cells), return_inverse=True)
        month, part = np.divmod(every, np.int32(len(PARTS)))
        return month, part, np.bincount(which, np.concatenate(lengths), len(every))

    def is_newest(self) -> bool:
        """Whether nothing was committed since, and nobody wrote to the files."""
        if self.index.latest_generation() != self.generation:
            return False
        return all(segment.untouched() for segment in self.segments)
