"""SQLite FTS5, twice in one file: over pairs of characters (exact), and over words (ranked)."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from search.analysis import load_dictionary, words
from tests.bench import bigrams, corpus
from tests.bench.measure import answers, clock, megabytes
from tests.bench.queries import load

# "ascii" splits at ASCII characters only, and bigrams.py leaves none there but letters and digits.
_TABLE = "CREATE VIRTUAL TABLE {} USING fts5(t, content='', tokenize='ascii', detail='full')"


def build(folder: Path) -> dict[str, Any]:
    """Both tables, in one transaction."""
    home = folder / "fts5"
    home.mkdir()
    pairs = (bigrams.tokens(part.text) for part in corpus.read(folder, "FTS5: pairs"))
    with clock() as spent:
        create(home / "fts5.sqlite3", pairs, corpus.read_words(folder, "FTS5: words"))
    return {"seconds": spent.seconds, "cpu": spent.cpu, "megabytes": megabytes(home)}


def create(path: Path, pairs: Iterable[str], cut: Iterable[str]) -> sqlite3.Connection:
    """The tables `pairs` and `words`, filled."""
    database = sqlite3.connect(path)
    database.execute(_TABLE.format("pairs"))
    database.execute(_TABLE.format("words"))
    database.executemany("INSERT INTO pairs(rowid, t) VALUES (?, ?)", enumerate(pairs, start=1))
    database.executemany("INSERT INTO words(rowid, t) VALUES (?, ?)", enumerate(cut, start=1))
    database.commit()
    return database


def ask(folder: Path) -> dict[str, Any]:
    """How long and how many, for every kind of query."""
    database = sqlite3.connect(folder / "fts5" / "fts5.sqlite3")
    asked = load(folder)
    load_dictionary()

    def phrase(text: str) -> int:
        tokens = bigrams.phrase(text)
        prefix = "*" if len(text) == 1 else ""
        wanted = f'"{" ".join(tokens)}"{prefix}'
        database.execute(
            "SELECT rowid FROM pairs WHERE pairs MATCH ? LIMIT 10", [wanted]
        ).fetchall()
        return _count(database, "SELECT count(*) FROM pairs WHERE pairs MATCH ?", wanted)

    def ranked(text: str) -> int:
        wanted = quoted((word.text for word in words(text)), " ")
        best(database, "words", wanted)
        return _count(database, "SELECT count(*) FROM words WHERE words MATCH ?", wanted)

    for warming in (phrase, ranked):
        answers(warming, asked["warm"])
    found = {kind: answers(phrase, asked[kind]) for kind in ("phrases", "frequent")}
    found |= {kind: answers(ranked, asked[kind]) for kind in ("ranked", "ranked frequent")}
    return {"asked": found}


def quoted(terms: Iterable[str], joiner: str) -> str:
    """The different terms as strings of FTS5's query language."""
    return joiner.join(f'"{term}"' for term in dict.fromkeys(terms))


def best(database: sqlite3.Connection, table: str, wanted: str) -> list[int]:
    """The ten rows that BM25 puts first; none when nothing is wanted."""
    if not wanted:
        return []
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT 10"  # noqa: S608
    return [row for (row,) in database.execute(sql, [wanted])]


def _count(database: sqlite3.Connection, sql: str, wanted: str) -> int:
    ((number,),) = database.execute(sql, [wanted])
    return int(number)
