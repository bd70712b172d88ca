"""Writing a Whoosh index: commits that leave nothing half done, and what goes into them."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex
from whoosh.writing import IndexWriter, SegmentWriter

from search.engine.protocol import IndexChanges, IndexContents, PartFacts, PreparedPart
from search.engine.whoosh.contents import WhooshContents
from search.engine.whoosh.generations import Generations, sync_files
from search.engine.whoosh.schema import EXACT, PART_FACTS, WORDS
from search.engine.whoosh.segments import OpenIndex

logger = logging.getLogger(__name__)


class _Writer(SegmentWriter):
    """Whoosh's writer, which leaves nothing half done.

    What it commits is on the disk when it returns, for then the queue forgets what it was told.
    Where it fails, by a full disk for instance, the next one can go on at once.
    """

    def commit(self, *args: Any, **kwargs: Any) -> None:
        super().commit(*args, **kwargs)
        sync_files(Path(self.storage.folder))

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self.commit()
            return
        try:
            self.cancel()
        except OSError as failed:
            # Closing files writes to them. What they hold is in no table of contents, and goes
            # with the next commit; `error` says what went wrong at first.
            logger.warning("The files of a failed commit could not be closed: %s", failed)


def new_writer(index: FileIndex) -> IndexWriter:
    """A writer that leaves each column a file of its own, which can be mapped.

    It takes no lock of Whoosh's, which a failed commit would keep: the caller holds
    generations.writing().
    """
    return _Writer(index, compound=False, _lk=False)


def add_part(
    writer: IndexWriter, text: str, facts: PartFacts, words: list[str] | None = None
) -> None:
    """Add one part; `words` are those of `text`, where they are known already."""
    writer.add_document(**{WORDS: text if words is None else words, EXACT: text, PART_FACTS: facts})


def delete_parts(writer: IndexWriter, index: OpenIndex, **facts: int) -> None:
    """Remove the parts that have all these facts; `index` is what `writer` writes to, opened."""
    offset = 0
    for segment in index.segments:
        which = np.ones(segment.size, bool)
        for name, value in facts.items():
            which &= segment.fact(name) == value
        for row in np.flatnonzero(which):
            writer.delete_document(offset + int(row))
        offset += segment.size


class _Changes:
    """What one commit holds."""

    def __init__(self, writer: IndexWriter, index: OpenIndex) -> None:
        self._writer, self._index = writer, index

    def replace(self, conference: int, parts: Iterable[PreparedPart]) -> None:
        delete_parts(self._writer, self._index, conference=conference)
        for part, words in parts:
            add_part(self._writer, part.text, part.facts, words)


@contextmanager
def changes(index: OpenIndex) -> Iterator[IndexChanges]:
    """Changes to an index, committed at the end. The caller holds generations.writing()."""
    with new_writer(index.index) as writer:
        yield _Changes(writer, index)


class Generation:
    """A new index beside the live one."""

    def __init__(self, generations: Generations, names: Iterable[str]) -> None:
        self._generations = generations
        self._index = generations.create(names)

    def changes(self) -> AbstractContextManager[IndexChanges]:
        return changes(OpenIndex(self._index))

    def contents(self) -> IndexContents:
        return WhooshContents(OpenIndex(self._index))

    def swap_in(self) -> None:
        self._generations.swap_in(self._index)

    def discard(self) -> None:
        self._generations.discard(self._index)
