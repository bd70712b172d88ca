"""The engine over Whoosh: what search.engine.protocol asks for, from columns of NumPy arrays."""

import threading
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from whoosh.index import EmptyIndexError

from search.engine import protocol
from search.engine.errors import IndexUnavailable, IndexUnreadable
from search.engine.whoosh import word_statistics
from search.engine.whoosh.contents import WhooshContents
from search.engine.whoosh.generations import Generations
from search.engine.whoosh.match_set import MatchSet
from search.engine.whoosh.schema import WORDS, build_schema
from search.engine.whoosh.segments import OpenIndex
from search.engine.whoosh.writer import Generation, changes

# How often, and after how many seconds, an index that is being merged is opened again.
_ATTEMPTS, _PAUSE = 20, 0.05
# A segment numbers its characters in 16 bits. A conference has some 3,000 different ones.
_CHARACTERS = 10_000

# What is open in this process, by the folder of the index. Arrays are only read and have no
# position, so all threads look at the same ones.
_shared: dict[Path, OpenIndex] = {}
_opening = threading.Lock()


class ColumnEngine(protocol.Engine):
    """The engine of one folder of generations; what it has open is the process's."""

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder)

    def open_index(self) -> OpenIndex:
        """The index as it is now. Raises IndexUnavailable."""
        opened = self._current()
        if opened is None:
            with _opening:
                # Another thread may have opened it while this one waited.
                opened = self._current() or self._newest()
        return opened

    def _current(self) -> OpenIndex | None:
        """What is open, if it is the index as it is now. Raises IndexUnavailable."""
        opened = _shared.get(self.generations.folder)
        folder = self.generations.current()
        return opened if opened and opened.folder == folder and opened.is_newest() else None

    def _newest(self) -> OpenIndex:
        """The index as it is now, opened. Raises IndexUnavailable."""
        for _attempt in range(_ATTEMPTS):
            try:
                opened = OpenIndex(self.generations.open())
            except (FileNotFoundError, EmptyIndexError):
                # A writer has merged a segment away since its name was read: read it again.
                time.sleep(_PAUSE)
            except IndexUnavailable:
                raise
            except OSError as error:
                raise IndexUnreadable(f"The search index cannot be read now: {error}.") from error
            except Exception as error:  # damaged pickles raise anything at all
                raise self._unavailable(f"is damaged ({error!r})") from error
            else:
                _shared[self.generations.folder] = opened
                return opened
        raise self._unavailable("lacks files")

    def _unavailable(self, what: str) -> IndexUnavailable:
        return IndexUnavailable(
            f"The search index in {self.generations.current()} {what}. "
            "Run: python manage.py index --rebuild"
        )

    def close(self) -> None:
        """Forget what is open; the next search opens it again."""
        _shared.pop(self.generations.folder, None)

    # What search.engine.protocol.Engine asks for, and says.

    def state(self) -> str:
        opened = self.open_index()
        return f"{opened.folder.name}/{opened.generation}"

    def find(
        self,
        node: protocol.ResolvedNode,
        filters: Mapping[str, protocol.Only] | None = None,
        together: Sequence[str] = (),
        hidden: Sequence[int] = (),
    ) -> protocol.Matches:
        return MatchSet(self.open_index(), node, filters or {}, together, hidden=hidden)

    def passages_of(self, fact: str) -> dict[int, int]:
        return word_statistics.passages_of(self.open_index(), fact)

    def words_beginning_with(
        self, prefix: str, *, limit: int, besides: frozenset[str]
    ) -> list[protocol.WordCount]:
        return word_statistics.words_beginning_with(self.open_index(), prefix, limit, besides)

    def subcorpus(self, fact: Literal["outlet", "speaker"], pk: int) -> protocol.Subcorpus:
        return word_statistics.WhooshSubcorpus(self.open_index(), fact, pk)

    def contents(self) -> protocol.IndexContents:
        return WhooshContents(self.open_index())

    def prepare(self, parts: Iterable[protocol.Part]) -> list[protocol.PreparedPart]:
        words_of = build_schema()[WORDS].to_column_value
        prepared = []
        for part in parts:
            array("q", part.facts)  # what does not fit here does not fit into the index
            prepared.append(protocol.PreparedPart(part, words_of(part.text)))
        different = len(set().union(*(one.part.text for one in prepared)))
        if different > _CHARACTERS:
            raise ValueError(f"It has {different} different characters, over {_CHARACTERS}.")
        return prepared

    def writing(self, *, seconds: float) -> AbstractContextManager[None]:
        return self.generations.writing(seconds=seconds)

    def changes(self) -> AbstractContextManager[protocol.IndexChanges]:
        return changes(self.open_index())

    def create(self, names: Iterable[str]) -> protocol.NewIndex:
        return Generation(self.generations, names)
