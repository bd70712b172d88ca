"""Known items: does the paragraph that answers a question come first? CMRC 2018, MRR@10."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from search.analysis import words
from tests.bench import bigrams, fts5, ours
from tests.bench.measure import clock

Best = Callable[[str], list[int]]  # a question -> the numbers of ten paragraphs, best first


def measure(folder: Path, gold: Path) -> dict[str, Any]:
    """The mean reciprocal rank of each way of ranking, and its milliseconds a question."""
    documents = dict(_table(gold / "docs.tsv"))
    number = {name: at for at, name in enumerate(documents, start=1)}
    wanted = {line[0]: number[line[2]] for line in _lines(gold / "qrels.txt", None)}
    all_questions = [(text, wanted[name]) for name, text in _table(gold / "queries.tsv")]
    questions = [(text, item) for text, item in all_questions if text.strip()]
    texts = list(documents.values())
    ways = {"Dawen": _ours(folder, texts)} | _fts5(folder, texts)
    return {
        "documents": len(texts),
        "questions": len(questions),
        "empty": len(all_questions) - len(questions),
        "ways": {name: _score(name, best, questions) for name, best in ways.items()},
    }


def _lines(path: Path, separator: str | None) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split(separator)


def _table(path: Path) -> list[tuple[str, str]]:
    return [(name, text) for name, text in _lines(path, "\t")]


def _ours(folder: Path, texts: list[str]) -> Best:
    opened = ours.of_texts(folder / "known", texts)
    return lambda text: [
        match.pk for match in ours.ask_words(opened, text).page("relevance", 0, 10)
    ]


def _fts5(folder: Path, texts: list[str]) -> dict[str, Best]:
    cut = (" ".join(word.text for word in words(text)) for text in texts)
    database = fts5.create(folder / "known.sqlite3", map(bigrams.tokens, texts), cut)

    def by_words(text: str) -> list[int]:
        terms = (word.text for word in words(text))
        return fts5.best(database, "words", fts5.quoted(terms, " OR "))

    def by_pairs(text: str) -> list[int]:
        return fts5.best(database, "pairs", fts5.quoted(bigrams.wordlike(text), " OR "))

    return {"FTS5, any word, BM25": by_words, "FTS5, any pair, BM25": by_pairs}


def _score(name: str, best: Best, questions: list[tuple[str, int]]) -> dict[str, float]:
    total = first = 0.0
    with clock() as spent:
        for text, wanted in tqdm(questions, desc=f"rank: {name}", unit=" questions", mininterval=1):
            found = best(text)
            if wanted in found:
                total += 1 / (found.index(wanted) + 1)
                first += found[0] == wanted
    each = len(questions)
    return {"mrr": total / each, "first": first / each, "ms": spent.seconds * 1000 / each}
