"""Tantivy, two fields of one index: pairs of characters (exact), and words (ranked)."""

from pathlib import Path
from typing import Any

import tantivy

from search.analysis import load_dictionary, words
from tests.bench import bigrams, corpus
from tests.bench.measure import answers, clock, megabytes
from tests.bench.queries import load


def build(folder: Path) -> dict[str, Any]:
    """The index, with as many threads as Tantivy likes."""
    home = folder / "tantivy"
    home.mkdir()
    schema = tantivy.SchemaBuilder()
    for name in ("pairs", "words"):
        schema.add_text_field(name, tokenizer_name="spaces")
    index = tantivy.Index(schema.build(), path=str(home))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    parts = corpus.read(folder, "Tantivy")
    with clock() as spent, (folder / "words.txt").open(encoding="utf-8", newline="\n") as cut:
        writer = index.writer()
        for part, line in zip(parts, cut, strict=True):
            writer.add_document(
                tantivy.Document(pairs=bigrams.tokens(part.text), words=line.removesuffix("\n"))
            )
        writer.commit()
        writer.wait_merging_threads()
    return {"seconds": spent.seconds, "cpu": spent.cpu, "megabytes": megabytes(home)}


def ask(folder: Path) -> dict[str, Any]:
    """How long and how many, for every kind of query."""
    index = tantivy.Index.open(str(folder / "tantivy"))
    schema, searcher = index.schema, index.searcher()
    asked = load(folder)
    load_dictionary()

    def phrase(text: str) -> int:
        return _hits(searcher, _phrase(schema, bigrams.phrase(text)))

    def ranked(text: str) -> int:
        terms = dict.fromkeys(word.text for word in words(text))
        wanted = [tantivy.Query.term_query(schema, "words", term) for term in terms]
        all_of_them = [(tantivy.Occur.Must, one) for one in wanted]
        return _hits(searcher, tantivy.Query.boolean_query(all_of_them))

    for warming in (phrase, ranked):
        answers(warming, asked["warm"])
    found = {kind: answers(phrase, asked[kind]) for kind in ("phrases", "frequent")}
    found |= {kind: answers(ranked, asked[kind]) for kind in ("ranked", "ranked frequent")}
    return {"asked": found, "segments": searcher.num_segments}


def _phrase(schema: Any, tokens: list[str]) -> Any:
    if len(tokens) > 1:
        return tantivy.Query.phrase_query(schema, "pairs", list(tokens))
    if len(tokens[0]) > 1:
        return tantivy.Query.term_query(schema, "pairs", tokens[0])
    return tantivy.Query.regex_query(schema, "pairs", f"{tokens[0]}.?")


def _hits(searcher: Any, wanted: Any) -> int:
    return int(searcher.search(wanted, limit=10, count=True).count)
