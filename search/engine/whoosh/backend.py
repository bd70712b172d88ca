"""The Haystack engine: its Whoosh backend with our schema, our search and our generations."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.db.models import Model
from haystack.backends import BaseSearchQuery, log_query
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.exceptions import SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct_tuple
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.writing import IndexWriter, SegmentWriter

from search.engine.errors import IndexUnavailable, IndexUnreadable
from search.engine.whoosh.doc_values import PARTS, Facts
from search.engine.whoosh.executor import Node, Only
from search.engine.whoosh.generations import Generations, sync_files
from search.engine.whoosh.match_set import Matches
from search.engine.whoosh.schema import EXACT, FACTS, WORDS, build_schema
from search.engine.whoosh.segments import OpenIndex
from search.query import parser

logger = logging.getLogger(__name__)

# How often, and after how many seconds, an index that is being merged is opened again.
_ATTEMPTS, _PAUSE = 20, 0.05


# What is open in this process, by the folder of the index. Arrays are only read and have no
# position, so all threads look at the same ones.
_shared: dict[Path, OpenIndex] = {}
_opening = threading.Lock()


class DawenSearchBackend(WhooshSearchBackend):
    """One a thread (Haystack keeps it so); what they have open is the process's."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.generations = Generations(Path(self.path))

    def setup(self) -> None:
        """What of Haystack's own backend is left asks for these. Raises IndexUnavailable."""
        self.content_field_name, self.schema = self.build_schema({})
        self.index = self.open_index().index
        self.storage = self.index.storage
        self.setup_complete = True

    def build_schema(self, fields: dict[str, Any]) -> tuple[str, Any]:
        return WORDS, build_schema()

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

    def find(
        self,
        node: Node,
        filters: Mapping[str, Only] | None = None,
        together: Sequence[str] = (),
        hidden: Sequence[int] = (),
    ) -> Matches:
        """Every part that matches, but of `hidden` conferences. Raises IndexUnavailable."""
        return Matches(self.open_index(), node, filters or {}, together, hidden=hidden)

    # Writing. The caller holds generations.writing().

    def writer(self) -> IndexWriter:
        """A writer on the current generation. Raises IndexUnavailable."""
        return new_writer(self.open_index().index)

    def delete(self, writer: IndexWriter, **facts: int) -> None:
        """Remove from the current generation the parts that have all these facts."""
        offset = 0
        for segment in self.open_index().segments:
            which = np.ones(segment.size, bool)
            for name, value in facts.items():
                which &= segment.fact(name) == value
            for row in np.flatnonzero(which):
                writer.delete_document(offset + int(row))
            offset += segment.size

    # Haystack's own interface: update_index, SearchQuerySet and the rest.

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        with self.generations.writing(seconds=60), self.writer() as writer:
            for row in iterable:
                self._delete_one(writer, get_identifier(row))
                try:
                    document = index.full_prepare(row)
                except SkipDocument:
                    continue
                add_part(writer, document[WORDS], document[FACTS])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        with self.generations.writing(seconds=60), self.writer() as writer:
            self._delete_one(writer, get_identifier(obj_or_string))

    def _delete_one(self, writer: IndexWriter, identifier: str) -> None:
        label, pk = identifier.rsplit(".", 1)
        self.delete(writer, part=_LABELS.index(label), row=int(pk))

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Empty the index, or what it has of `models`."""
        labels = _LABELS if models is None else [_label(model) for model in models]
        with self.generations.writing(seconds=60), self.writer() as writer:
            for label in labels:
                self.delete(writer, part=_LABELS.index(label))

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Haystack's search: our query language, best first, `start_offset` to `end_offset`."""
        tree = parser.parse(query_string).tree
        if tree is None:
            return {"results": [], "hits": 0}
        wanted = [_LABELS.index(_label(model)) for model in kwargs.get("models") or ()]
        filters = {"part": Only("part", tuple(wanted))} if wanted else {}
        matches = self.find(tree, filters)
        start, stop = kwargs.get("start_offset") or 0, kwargs.get("end_offset")
        page = matches.page("relevance", start, len(matches) if stop is None else stop)
        result_class = kwargs.get("result_class") or SearchResult
        return {
            "results": [
                result_class(*_LABELS[PARTS.index(match.part)].split("."), match.pk, match.score)
                for match in page
            ],
            "hits": len(matches),
            "facets": {},
            "spelling_suggestion": None,
        }


# The models of PARTS.
_LABELS = ("archive.exchange", "archive.answer")


def _label(model: type[Model]) -> str:
    return ".".join(get_model_ct_tuple(model))


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


def add_part(writer: IndexWriter, text: str, facts: Facts, words: list[str] | None = None) -> None:
    """Add one part; `words` are those of `text`, where they are known already."""
    writer.add_document(**{WORDS: text if words is None else words, EXACT: text, FACTS: facts})


class DawenSearchQuery(BaseSearchQuery):
    """What a SearchQuerySet builds, in the words of our query language."""

    def build_query(self) -> str:
        if not self.query_filter:
            return "*"
        pieces = [self._piece(child) for child in self.query_filter.children]
        return " ".join(pieces)

    def _piece(self, child: Any) -> str:
        if not isinstance(child, tuple) or self.query_filter.connector != "AND":
            raise NotImplementedError("Search with search.results.run_search: it has OR and NOT.")
        expression, value = child
        text = str(getattr(value, "query_string", value))
        return f'"{text}"' if expression.endswith("__exact") else text


class DawenEngine(WhooshEngine):
    backend = DawenSearchBackend
    query = DawenSearchQuery


__all__ = ["DawenEngine", "DawenSearchBackend", "IndexWriter", "add_part", "new_writer"]
