"""On a real corpus of a quarter of a million parts: nothing missing, nothing wrong."""

import importlib.util
import random

import numpy as np
import pytest

from search import analysis
from search.engine.backend import add_part, new_writer
from search.engine.facts import Facts
from search.engine.generations import Generations
from search.engine.segments import OpenIndex
from search.text import fold
from tests.bench.corpus import speeches

pytestmark = pytest.mark.corpora

PHRASES = 5000
SEGMENTS = 3


@pytest.fixture(scope="module")
def parts(request):
    archive = request.getfixturevalue("corpora_folder") / "tw-sayit-akn.tar.xz"
    return [part.text for part in speeches(archive)]


@pytest.fixture(scope="module")
def index(parts, tmp_path_factory):
    """The parts in an index of several segments. Phrases need no words, so none are cut."""
    generations = Generations(tmp_path_factory.mktemp("corpus"))
    whoosh = generations.create()
    for batch in np.array_split(np.arange(len(parts)), SEGMENTS):
        writer = new_writer(whoosh)
        for number in batch:
            add_part(writer, parts[number], Facts(1, 1, 0, 0, 20200101, 1, 0, int(number), 1), [])
        writer.commit(merge=False)
    return OpenIndex(whoosh)


def scan(starts, text, phrase):
    """The parts in which `phrase` stands, by looking through all of the text."""
    found, at = [], text.find(phrase)
    while at >= 0:
        part = int(np.searchsorted(starts, at, side="right")) - 1
        found.append(part)
        at = text.find(phrase, int(starts[part + 1]))
    return found


def engine(index, phrase):
    return [
        int(segment.fact("row")[row])
        for segment in index.segments
        for row in np.unique(segment.exact.documents(segment.exact.find(phrase)))
    ]


def test_five_thousand_random_phrases_equal_a_scan(parts, index):
    assert len(parts) > 250_000
    chance = random.Random(0)
    folded = [fold(part) for part in parts]
    starts = np.cumsum([0, *(len(part) + 1 for part in folded)])
    text = "\0".join((*folded, ""))
    for _ in range(PHRASES):
        part = chance.choice(folded)
        length = min(chance.randint(1, 12), len(part))
        at = chance.randint(0, len(part) - length)
        phrase = part[at : at + length]
        assert sorted(engine(index, phrase)) == scan(starts, text, phrase), phrase


@pytest.mark.skipif(importlib.util.find_spec("rjieba") is None, reason="rjieba is not installed")
def test_the_fast_tokenizer_cuts_the_same_words(parts, monkeypatch):
    some = parts[::40]
    analysis.warm()
    fast = [list(analysis.words(part)) for part in some]
    monkeypatch.setattr(analysis, "_fast_tokenizer", lambda: None)
    monkeypatch.setattr(analysis, "_cutter", analysis._Cutter())
    assert [list(analysis.words(part)) for part in some] == fast
