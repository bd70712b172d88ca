"""The Whoosh schema: one document a part."""

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from whoosh import fields
from whoosh.columns import NumericColumn

from search.engine.analyzer import JiebaAnalyzer
from search.engine.phrases import PhraseField

# Part.QUESTION and Part.ANSWER as they stand in the `part` column.
PARTS = ("question", "answer")
# Columns of numbers: what a hit belongs to. 0 stands for nobody.
NUMBERS = ("conference", "exchange", "outlet", "speaker", "day", "part", "place", "row")
CONTENT = "text"
EXACT = "exact"
CONFERENCE_TERM = "conference_term"


def build_schema() -> fields.Schema:
    """The fields of a part.

    `text`: its words, for ranking. `exact`: its folded characters, for phrases.
    `conference_term`: the conference's id as a term, for removing a conference's parts.
    `day` is written 20200524; `place` orders the parts of one conference as they were said.
    """
    schema = fields.Schema(
        **{
            ID: fields.ID(stored=True, unique=True),
            DJANGO_CT: fields.ID(stored=True),
            DJANGO_ID: fields.ID(stored=True),
            CONTENT: fields.TEXT(analyzer=JiebaAnalyzer(), phrase=False),
            EXACT: PhraseField(),
            CONFERENCE_TERM: fields.ID(),
        }
    )
    for name in NUMBERS:
        schema.add(name, fields.COLUMN(NumericColumn("i")))
    return schema
