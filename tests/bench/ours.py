# ruff: noqa: E402 -- Django must be set up before Haystack is imported.
"""This program's index, built and asked as the program does it."""

import os
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from search.analysis import load_dictionary
from search.engine.protocol import AnyWords, PartFacts, ResolvedNode
from search.engine.whoosh.generations import Generations
from search.engine.whoosh.match_set import MatchSet
from search.engine.whoosh.segments import OpenIndex
from search.engine.whoosh.writer import add_part, new_writer
from search.query import parser
from search.results import literal_terms
from tests.bench import corpus
from tests.bench.measure import answers, clock, megabytes
from tests.bench.queries import load

_MARK = "基准测试之新会"  # a phrase that only the new conference has
_NEW = 200_000  # its number


def ask_words(index: OpenIndex, text: str) -> MatchSet:
    """What the search page asks for plain words: all of them, and any where no part has all.

    This is the one place to change when search.results asks otherwise.
    """
    matches = MatchSet(index, parser.Words(text), {}, together(text))
    return matches if len(matches) else MatchSet(index, AnyWords(text), {}, together(text))


def together(text: str) -> list[str]:
    """The words of `text` that do better to stand close to each other."""
    return literal_terms(parser.Query(parser.Words(text), ()))


def open_index(generations: Generations) -> OpenIndex:
    """The index as it is now."""
    return OpenIndex(generations.open())


def facts_of(part: corpus.Part, row: int) -> PartFacts:
    """What the part of that number belongs to: made up, but as many of each as in life."""
    return PartFacts(
        conference=part.conference,
        exchange=part.conference * 10_000 + part.place // 2,
        outlet=part.by,
        speaker=part.by,
        day=part.day,
        part=part.place % 2,
        place=part.place,
        row=row,
        length=len(part.text),
    )


def build(folder: Path) -> dict[str, Any]:
    """A generation with every part, built beside and swapped in. The words are cut already."""
    generations = Generations(folder / "ours")
    parts = corpus.read(folder, "Dawen")
    with clock() as spent, (folder / "words.txt").open(encoding="utf-8", newline="\n") as cut:
        index = generations.create()
        with new_writer(index) as writer:
            for row, (part, line) in enumerate(zip(parts, cut, strict=True), start=1):
                add_part(writer, part.text, facts_of(part, row), line.split())
        generations.swap_in(index)
    size = megabytes(generations.current())
    return {"seconds": spent.seconds, "cpu": spent.cpu, "megabytes": size}


def of_texts(folder: Path, texts: list[str]) -> OpenIndex:
    """An index of `texts`, numbered from 1, which belong to nothing in particular."""
    generations = Generations(folder)
    index = generations.create()
    with new_writer(index) as writer:
        for row, text in enumerate(texts, start=1):
            add_part(writer, text, facts_of(corpus.Part(row, 20180101, 1, 1, text), row))
    generations.swap_in(index)
    return open_index(generations)


def ask(folder: Path) -> dict[str, Any]:
    """How long and how many, for every kind of query, with all that the page of results shows."""
    asked = load(folder)
    load_dictionary()
    with clock() as spent:
        index = open_index(Generations(folder / "ours"))

    def page(node: ResolvedNode, words: Sequence[str] = ()) -> int:
        matches = MatchSet(index, node, {}, words)
        matches.page("relevance", 0, 10)
        for facet in ("year", "outlet", "speaker"):
            matches.facet(facet)
        return matches.counts.parts

    def phrase(text: str) -> int:
        return page(parser.Phrase(text))

    def ranked(text: str) -> int:
        return page(parser.Words(text), together(text))

    for warming in (phrase, ranked):
        answers(warming, asked["warm"])
    found = {kind: answers(phrase, asked[kind]) for kind in ("phrases", "frequent")}
    found |= {kind: answers(ranked, asked[kind]) for kind in ("ranked", "ranked frequent")}
    return {"asked": found, "open_seconds": spent.seconds, "segments": len(index.segments)}


def update(folder: Path, exchanges: int) -> dict[str, Any]:
    """Add one conference to the full index: seconds to the end of the commit, and until found."""
    generations = Generations(folder / "ours")
    of_corpus = corpus.read(folder, "update")
    texts = [f"{_MARK}。{part.text}" for part in islice(of_corpus, 2 * exchanges)]
    load_dictionary()
    started = time.perf_counter()
    with generations.writing(seconds=10), new_writer(generations.open()) as writer:
        for place, text in enumerate(texts):
            part = corpus.Part(_NEW, 20261123, 1, place, text)
            add_part(writer, text, facts_of(part, 10**9 + place))
    committed = time.perf_counter() - started
    found = len(MatchSet(open_index(generations), parser.Phrase(_MARK), {}))
    return {
        "parts": len(texts),
        "committed_seconds": committed,
        "found_seconds": time.perf_counter() - started,
        "found": found,
    }
