"""Haystack's Whoosh as it comes, with jieba's own ChineseAnalyzer, on a sample of the parts.

It gets folded text and folded queries, which is kinder to it than it is by itself: what it misses
is then not missed for being in other characters.
"""

import warnings
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.qparser import QueryParser

from archive.text.folding import fold
from tests.bench import corpus
from tests.bench.measure import answers, clock, megabytes
from tests.bench.queries import load


def _schema() -> fields.Schema:
    """What Haystack's WhooshSearchBackend makes of a model with one document field."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 is older than Python's newer warnings
        from jieba.analyse import ChineseAnalyzer
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        django_ct=fields.ID(stored=True),
        django_id=fields.ID(stored=True),
        text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer(), sortable=False),
    )


def build(folder: Path, step: int) -> dict[str, Any]:
    """The index of every `step`-th part; cutting words is part of it. Added, never updated."""
    home = folder / "stock"
    home.mkdir()
    made = index.create_in(str(home), _schema())
    count = characters = 0
    with clock() as spent, made.writer() as writer:
        for number, part in enumerate(corpus.read(folder, "stock Whoosh", step=step)):
            writer.add_document(
                id=f"archive.answer.{number}",
                django_ct="archive.answer",
                django_id=str(number),
                text=fold(part.text),
            )
            count, characters = count + 1, characters + len(part.text)
    return {
        "seconds": spent.seconds,
        "cpu": spent.cpu,
        "megabytes": megabytes(home),
        "parts": count,
        "characters": characters,
    }


def ask(folder: Path) -> dict[str, Any]:
    """How long and how many: phrases in quotation marks, and words without them."""
    asked = load(folder)
    opened = index.open_dir(str(folder / "stock"))
    parser = QueryParser("text", schema=opened.schema)
    with opened.searcher() as searcher:

        def search(text: str) -> int:
            return len(searcher.search(parser.parse(fold(text)), limit=10))

        def phrase(text: str) -> int:
            return search('"{}"'.format(fold(text).replace('"', "")))

        for warming in (phrase, search):
            answers(warming, asked["warm"])
        found = {kind: answers(phrase, asked[kind]) for kind in ("phrases", "frequent")}
        found |= {kind: answers(search, asked[kind]) for kind in ("ranked", "ranked frequent")}
    return {"asked": found}
