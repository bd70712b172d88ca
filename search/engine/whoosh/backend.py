"""The Haystack backend: update_index, SearchQuerySet and the rest, over the engine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.models import Model
from haystack.backends import BaseSearchQuery, log_query
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.exceptions import SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct_tuple
from whoosh.writing import IndexWriter

from search.engine.protocol import PARTS, Only
from search.engine.whoosh.engine import ColumnEngine
from search.engine.whoosh.schema import PART_FACTS, WORDS, build_schema
from search.engine.whoosh.segments import OpenIndex
from search.engine.whoosh.writer import add_part, delete_parts, new_writer
from search.query import parser


class DawenSearchBackend(WhooshSearchBackend):
    """What Haystack asks of the engine. One a thread: Haystack keeps it so."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.engine = ColumnEngine(Path(self.path))

    def setup(self) -> None:
        """What of Haystack's own backend is left asks for these. Raises IndexUnavailable."""
        self.content_field_name, self.schema = self.build_schema({})
        self.index = self.engine.open_index().index
        self.storage = self.index.storage
        self.setup_complete = True

    def build_schema(self, fields: dict[str, Any]) -> tuple[str, Any]:
        return WORDS, build_schema()

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        with self._writer() as (writer, opened):
            for row in iterable:
                _delete_one(writer, opened, get_identifier(row))
                try:
                    document = index.full_prepare(row)
                except SkipDocument:
                    continue
                add_part(writer, document[WORDS], document[PART_FACTS])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        with self._writer() as (writer, opened):
            _delete_one(writer, opened, get_identifier(obj_or_string))

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Empty the index, or what it has of `models`."""
        labels = _LABELS if models is None else [_label(model) for model in models]
        with self._writer() as (writer, opened):
            for label in labels:
                delete_parts(writer, opened, part=_LABELS.index(label))

    @contextmanager
    def _writer(self) -> Iterator[tuple[IndexWriter, OpenIndex]]:
        with self.engine.writing(seconds=60):
            opened = self.engine.open_index()
            with new_writer(opened.index) as writer:
                yield writer, opened

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Haystack's search: our query language, best first, `start_offset` to `end_offset`.

        Raises NotImplementedError where a SearchQuerySet asks for what is not answered here.
        """
        unanswered = sorted(kwargs.keys() - _ANSWERED)
        if unanswered:
            raise NotImplementedError(_UNANSWERED.format(", ".join(unanswered)))
        tree = parser.parse(query_string).tree
        if tree is None:
            return {"results": [], "hits": 0}
        wanted = [_LABELS.index(_label(model)) for model in kwargs.get("models") or ()]
        filters = {"part": Only("part", tuple(wanted))} if wanted else {}
        matches = self.engine.find(tree, filters)
        start, stop = kwargs.get("start_offset") or 0, kwargs.get("end_offset")
        page = matches.page("relevance", start, len(matches) if stop is None else stop)
        result_class = kwargs.get("result_class") or SearchResult
        return {
            "results": [
                result_class(*_LABELS[PARTS.index(match.part)].split("."), match.pk, match.score)
                for match in page
            ],
            "hits": len(matches),
        }

    def more_like_this(self, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        """Raises NotImplementedError: Haystack's own asks for postings that are not there."""
        raise NotImplementedError(_UNANSWERED.format("more_like_this"))


# What of a SearchQuerySet's parameters is answered, or asks for nothing.
_ANSWERED = {"start_offset", "end_offset", "models", "result_class", "fields", "spelling_query"}
_UNANSWERED = "This engine does not answer {}. Ask search.results.run_search, which has more."

# The models of PARTS.
_LABELS = ("archive.exchange", "archive.answer")


def _label(model: type[Model]) -> str:
    return ".".join(get_model_ct_tuple(model))


def _delete_one(writer: IndexWriter, index: OpenIndex, identifier: str) -> None:
    label, pk = identifier.rsplit(".", 1)
    delete_parts(writer, index, part=_LABELS.index(label), row=int(pk))


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
