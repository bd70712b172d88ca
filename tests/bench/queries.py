"""What is asked: drawn from the parts with a fixed seed, and the right answers by brute force."""

import json
import random
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import jieba
import numpy as np

from archive.text.folding import fold
from search.analysis import words
from tests.bench import corpus
from tests.bench.measure import answers

Queries = dict[str, list[str]]

_SAMPLE = 20  # every so manyth part is counted for the frequent phrases
_END = "\n"  # between texts: fold() leaves none in them
_HAN = re.compile("[\u4e00-\u9fff]+")


def draw(folder: Path, seed: int, number: int, frequent: int) -> dict[str, Any]:
    """`number` random phrases of 2 to 8 characters, the `frequent` most frequent words of two."""
    texts = [part.text for part in corpus.read(folder, "draw queries")]
    chance = random.Random(seed)
    phrases = [_phrase(texts, chance) for _ in range(number)]
    warm = [_phrase(texts, chance) for _ in range(20)]
    common = _frequent(texts[::_SAMPLE], frequent)
    drawn = {
        "warm": [text for text in warm if any(words(text))],
        "phrases": phrases,
        "frequent": common,
        "ranked": [text for text in phrases if any(words(text))],
        "ranked frequent": common,
    }
    (folder / "queries.json").write_text(json.dumps(drawn), encoding="utf-8")
    return {"counts": {kind: len(texts) for kind, texts in drawn.items()}, "frequent": common}


def load(folder: Path) -> Queries:
    """The queries that were drawn."""
    found: Queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    return found


def _phrase(texts: list[str], chance: random.Random) -> str:
    """A run of a random text without white space."""
    while True:
        text, length = chance.choice(texts), chance.randint(2, 8)
        start = chance.randint(0, max(0, len(text) - length))
        phrase = text[start : start + length]
        if len(phrase) == length and not any(char.isspace() for char in phrase):
            return phrase


def _frequent(texts: list[str], number: int) -> list[str]:
    """The most frequent pairs of Han characters that jieba has as a word."""
    jieba.initialize()
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN.findall(fold(text)):
            counts.update(one + other for one, other in pairwise(run))
    known = (pair for pair, _count in counts.most_common() if jieba.dt.FREQ.get(pair))
    return [pair for pair, _ in zip(known, range(number), strict=False)]


def scan(folder: Path, step: int) -> dict[str, Any]:
    """The right answers: phrases by reading all folded text, ranked ones by reading all words.

    Also what is right of every `step`-th part, of which stock Whoosh's index is made.
    """
    asked = load(folder)
    folded = [fold(part.text) for part in corpus.read(folder, "fold for the scan")]
    sample = _Text(folded[::step])
    text = _Text(folded)
    del folded
    right = {kind: answers(text.count, asked[kind]) for kind in ("phrases", "frequent")}
    some = {kind: [sample.count(one) for one in asked[kind]] for kind in ("phrases", "frequent")}
    of_all, of_sample = _with_all_words(folder, asked, step)
    return {
        "asked": right,
        "truth": {kind: [one.hits for one in found] for kind, found in right.items()} | of_all,
        "sample_truth": some | of_sample,
    }


class _Text:
    """Folded texts one after the other."""

    def __init__(self, folded: list[str]) -> None:
        self._all = _END.join((*folded, ""))
        self._ends = np.cumsum([len(text) + 1 for text in folded])

    def count(self, phrase: str) -> int:
        """How many texts have the phrase."""
        wanted, found = fold(phrase), 0
        at = self._all.find(wanted)
        while at >= 0:
            found += 1
            end = int(self._ends[np.searchsorted(self._ends, at, side="right")])
            at = self._all.find(wanted, end)
        return found


def _with_all_words(
    folder: Path, asked: Queries, step: int
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """For each ranked query, how many parts have all its words: of all, and of the sample."""
    kinds = {kind: [_terms(text) for text in asked[kind]] for kind in ("ranked", "ranked frequent")}
    needed = {term for queries in kinds.values() for terms in queries for term in terms}
    rows: dict[str, set[int]] = {term: set() for term in needed}
    for row, line in enumerate(corpus.read_words(folder, "read words for the scan")):
        for term in needed.intersection(line.split(" ")):
            rows[term].add(row)
    found = {
        kind: [set.intersection(*(rows[term] for term in terms)) for terms in queries]
        for kind, queries in kinds.items()
    }
    return (
        {kind: [len(one) for one in sets] for kind, sets in found.items()},
        {
            kind: [sum(not row % step for row in one) for one in sets]
            for kind, sets in found.items()
        },
    )


def _terms(text: str) -> list[str]:
    return list(dict.fromkeys(word.text for word in words(text)))
