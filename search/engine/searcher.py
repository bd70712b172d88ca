"""A Whoosh searcher that keeps the columns of its segments open between searches."""

from array import array
from typing import Any

from whoosh.searching import Searcher

from search.engine.phrases import PhraseColumn


class PartsSearcher(Searcher):
    """A searcher with its columns at hand. One thread's own: Whoosh's readers keep a position."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._columns: dict[str, Any] = {}

    def phrase_column(self, fieldname: str) -> PhraseColumn.Reader | None:
        """The phrase column of this segment; None where no document has the field."""
        column: PhraseColumn.Reader | None = self._column(fieldname)
        return column

    def numbers(self, fieldname: str) -> "array[int]":
        """The numbers of this segment's column `fieldname`, by document number."""
        column: array[int] | None = self._column(fieldname)
        if column is None:
            # Whoosh writes no column in which every row would have the default.
            column = self._columns[fieldname] = array("i", bytes(4 * self.doc_count_all()))
        return column

    def _column(self, fieldname: str) -> Any:
        if fieldname not in self._columns:
            reader = self.reader()
            column = None
            if reader.has_column(fieldname):
                column = reader.column_reader(fieldname, translate=False)
                if not isinstance(column, PhraseColumn.Reader):
                    column = column.load()
            self._columns[fieldname] = column
        return self._columns[fieldname]
