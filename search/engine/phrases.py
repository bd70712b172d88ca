"""Exact phrases in Whoosh: a column that holds the folded text of every part, and a query that
finds the parts in which a phrase occurs. jieba has no say here."""

import math
import re
from bisect import bisect_right
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import FieldType
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import Query
from whoosh.scoring import BaseScorer, bm25

from search.text import fold

# UTF-8 never holds this byte, so no phrase reaches across it into the next part.
_END_OF_PART = b"\xff"
_B, _K1 = 0.75, 1.2  # BM25's free parameters, as Whoosh sets them for words


def _encode(folded: str) -> bytes:
    return folded.encode("utf-8", "surrogatepass")


class PhraseColumn(VarBytesColumn):
    """The folded texts of a segment, one after the other. Written, merged and deleted with it."""

    class Reader(VarBytesColumn.Reader):
        """Answers which rows hold a phrase."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            rows = sum(self._lengths[:doccount])
            self._texts = dbfile.get(basepos, rows)
            self._starts = list(self._offsets[:doccount])

        def find(self, folded: str) -> dict[int, int]:
            """Row -> how many times `folded` begins in it, for the rows in which it does."""
            counts: dict[int, int] = {}
            if not folded:
                return counts
            pattern = re.compile(re.escape(_encode(folded)))
            hit = pattern.search(self._texts)
            while hit:
                row = bisect_right(self._starts, hit.start()) - 1
                counts[row] = counts.get(row, 0) + 1
                hit = pattern.search(self._texts, hit.start() + 1)
            return counts


class PhraseField(FieldType):
    """A field that is a PhraseColumn and nothing else: not indexed, not stored."""

    indexed = False
    stored = False

    def __init__(self) -> None:
        self.column_type = PhraseColumn()

    def to_column_value(self, value: str) -> bytes:
        return _encode(fold(value)) + _END_OF_PART

    def from_column_value(self, value: bytes) -> str:
        return value.removesuffix(_END_OF_PART).decode("utf-8", "surrogatepass")


class PhraseQuery(Query):
    """The documents whose PhraseField `fieldname` holds `phrase`, scored by BM25 plus `bonus`."""

    def __init__(
        self, fieldname: str, phrase: str, *, length_field: str, bonus: float = 0.0
    ) -> None:
        self.fieldname = fieldname
        self.phrase = fold(phrase)
        self.length_field = length_field
        self.bonus = bonus
        self.boost = 1.0
        self._found: dict[Any, dict[int, int]] = {}

    def __repr__(self) -> str:
        return f"PhraseQuery({self.fieldname!r}, {self.phrase!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PhraseQuery) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[str, str, str, float]:
        return self.fieldname, self.phrase, self.length_field, self.bonus

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, ixreader: Any) -> int:
        size: int = ixreader.doc_count()
        return size

    def _counts(self, searcher: Any) -> dict[int, int]:
        """Document -> occurrences in the segment of `searcher`; the segment is read once."""
        reader = searcher.reader()
        if reader not in self._found:
            column = searcher.phrase_column(self.fieldname)
            found = column.find(self.phrase) if column else {}
            self._found[reader] = {
                doc: count for doc, count in found.items() if not reader.is_deleted(doc)
            }
        return self._found[reader]

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        parent = searcher.get_parent()
        frequency = sum(len(self._counts(leaf)) for leaf, _offset in parent.leaf_searchers())
        counts = self._counts(searcher)
        if not counts:
            return NullMatcher()
        ids = sorted(counts)
        return ListMatcher(
            ids,
            weights=[float(counts[doc]) for doc in ids],
            scorer=PhraseScorer(searcher, self.length_field, frequency, self.bonus),
            term=(self.fieldname, self.phrase),
        )


class PhraseScorer(BaseScorer):
    """BM25 of a phrase as if it were one word, `frequency` being the parts that hold it."""

    def __init__(self, searcher: Any, length_field: str, frequency: int, bonus: float) -> None:
        parent = searcher.get_parent()
        self._idf = math.log(parent.doc_count_all() / (frequency + 1)) + 1
        self._mean = parent.avg_field_length(length_field) or 1
        self._length_of = searcher.doc_field_length
        self._field = length_field
        self._bonus = bonus

    def score(self, matcher: Matcher) -> float:
        # None where no part of the segment has a word, only punctuation.
        length = self._length_of(matcher.id(), self._field, 1) or 1
        return self._bonus + float(bm25(self._idf, matcher.weight(), length, self._mean, _B, _K1))
