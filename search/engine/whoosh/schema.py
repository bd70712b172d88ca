"""The Whoosh schema: one document a part, held in three columns."""

from whoosh import fields

from search.engine.whoosh.analyzer import JiebaAnalyzer
from search.engine.whoosh.doc_values import FactsColumn
from search.engine.whoosh.phrases import PhraseField
from search.engine.whoosh.postings import WordsField

WORDS = "text"  # its words, for ranking
EXACT = "exact"  # its folded characters, for phrases
PART_FACTS = "facts"  # what it belongs to


def build_schema() -> fields.Schema:
    """The fields of a part. Nothing goes into Whoosh's own postings: the columns are the index."""
    return fields.Schema(
        **{
            WORDS: WordsField(JiebaAnalyzer()),
            EXACT: PhraseField(),
            PART_FACTS: fields.COLUMN(FactsColumn()),
        }
    )
