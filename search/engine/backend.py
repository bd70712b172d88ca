"""The Haystack engine: its Whoosh backend with our schema, our search and our generations."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Model
from haystack.backends import BaseSearchQuery, log_query
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct_tuple
from whoosh import query as whoosh_query
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.writing import IndexWriter

from search import query
from search.engine.generations import Generations
from search.engine.matching import Filters, Match, find
from search.engine.schema import CONFERENCE_TERM, CONTENT, NUMBERS, PARTS, build_schema
from search.engine.searcher import PartsSearcher


class DawenSearchBackend(WhooshSearchBackend):
    """One a thread (Haystack keeps it so): its searcher stays open until the index changes."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.generations = Generations(Path(self.path))
        self._searcher: PartsSearcher | None = None
        self._folder: Path | None = None

    def setup(self) -> None:
        """Open the current generation. Raises IndexUnavailable."""
        self.content_field_name, self.schema = self.build_schema({})
        self.index = self.generations.open()
        self.storage = self.index.storage
        self.setup_complete = True

    def build_schema(self, fields: dict[str, Any]) -> tuple[str, Any]:
        return CONTENT, build_schema()

    def searcher(self) -> PartsSearcher:
        """A searcher of the index as it is now. Raises IndexUnavailable."""
        folder = self.generations.current()
        if self._searcher is None or folder != self._folder or not self._searcher.up_to_date():
            self.setup()
            self._folder = folder
            # The old one is left to the garbage collector: closing it would pull its files away
            # from a search that is still reading them.
            self._searcher = PartsSearcher(
                self.index.reader(), weighting=BM25F, fromindex=self.index
            )
        return self._searcher

    def find(self, tree: query.Node, filters: Filters) -> list[Match]:
        """Every part that matches, in no order. Raises IndexUnavailable."""
        return find(self.searcher(), tree, filters)

    # Writing. The caller holds generations.writing().

    def add_conference(
        self, writer: IndexWriter, conference: int, documents: Iterable[dict[str, Any]]
    ) -> int:
        """Replace all that `writer`'s index has of a conference; answers how many it has now."""
        writer.delete_by_term(CONFERENCE_TERM, str(conference))
        count = 0
        for document in documents:
            writer.add_document(**_row(document))
            count += 1
        return count

    def writer(self) -> IndexWriter:
        """A writer on the current generation. Raises IndexUnavailable."""
        self.searcher()
        index: FileIndex = self.index
        return index.writer()

    # Haystack's own interface: update_index, SearchQuerySet and the rest.

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        with self.generations.writing(seconds=60), self.writer() as writer:
            for row in iterable:
                try:
                    writer.update_document(**_row(index.full_prepare(row)))
                except SkipDocument:
                    writer.delete_by_term(ID, get_identifier(row))

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        with self.generations.writing(seconds=60), self.writer() as writer:
            writer.delete_by_term(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Empty the index, or what it has of `models`."""
        with self.generations.writing(seconds=60), self.writer() as writer:
            if models is None:
                writer.delete_by_query(whoosh_query.Every())
            for model in models or ():
                writer.delete_by_term(DJANGO_CT, ".".join(get_model_ct_tuple(model)))

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Haystack's search: our query language, best first, `start_offset` to `end_offset`."""
        tree = query.parse(query_string).tree
        matches = self.find(tree, Filters()) if tree else []
        wanted = kwargs.get("models")
        if wanted:
            labels = {".".join(get_model_ct_tuple(model)) for model in wanted}
            matches = [match for match in matches if _label(match) in labels]
        matches.sort(key=lambda match: (-match.score, -match.day, match.place))
        page = matches[kwargs.get("start_offset") or 0 : kwargs.get("end_offset")]
        result_class = kwargs.get("result_class") or SearchResult
        return {
            "results": [
                result_class(*_label(match).split("."), str(match.pk), match.score)
                for match in page
            ],
            "hits": len(matches),
            "facets": {},
            "spelling_suggestion": None,
        }


def _label(match: Match) -> str:
    return "archive.exchange" if match.part == PARTS[0] else "archive.answer"


def _row(document: dict[str, Any]) -> dict[str, Any]:
    """What Haystack prepared, as Whoosh takes it."""
    row = {name: document[name] for name in (ID, DJANGO_CT, DJANGO_ID, *NUMBERS)}
    row[DJANGO_ID] = str(row[DJANGO_ID])
    row[CONFERENCE_TERM] = str(document["conference"])
    row[CONTENT] = row["exact"] = document[CONTENT]
    return row


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


__all__ = ["DawenEngine", "DawenSearchBackend", "IndexWriter"]
