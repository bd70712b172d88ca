"""On a real corpus of a quarter of a million parts: nothing missing, nothing wrong."""

import importlib.util
import random
from itertools import islice

import numpy as np
import pytest

from archive.text.folding import fold
from search import analysis
from search.engine.protocol import PartFacts
from search.engine.whoosh.generations import Generations
from search.engine.whoosh.segments import OpenIndex
from search.engine.whoosh.writer import add_part, new_writer
from tests.bench.corpus import speeches
from tests.extent import at_night

pytestmark = pytest.mark.corpora

SEGMENTS = 3
LONGEST = 12
SIDES = ("left", "right")
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # of a rolling hash


@pytest.fixture(scope="module", params=[20_000, at_night(None)])
def parts(request):
    """The first so many parts of the corpus; None: all of it."""
    archive = request.getfixturevalue("corpora_folder") / "tw-sayit-akn.tar.xz"
    found = [part.text for part in islice(speeches(archive), request.param)]
    assert len(found) == request.param or len(found) > 250_000
    return found


@pytest.fixture(scope="module")
def index(parts, tmp_path_factory):
    """The parts in an index of several segments. Phrases need no words, so none are cut."""
    generations = Generations(tmp_path_factory.mktemp("corpus"))
    whoosh = generations.create()
    for batch in np.array_split(np.arange(len(parts)), SEGMENTS):
        writer = new_writer(whoosh)
        for number in batch:
            add_part(
                writer, parts[number], PartFacts(1, 1, 0, 0, 20200101, 1, 0, int(number), 1), []
            )
        writer.commit(merge=False)
    return OpenIndex(whoosh)


def scan(folded, phrases):
    """Phrase to the parts in which it stands, by looking through every character of every part.

    One pass a length: each window's rolling hash says which may be one of the phrases, and every
    one that may be is compared character by character.
    """
    text = np.frombuffer("\0".join((*folded, "")).encode("utf-32-le"), np.uint32)
    starts = np.cumsum([0, *(len(part) + 1 for part in folded)])
    hashes = np.zeros(len(text), np.uint64)
    found = {}
    for length in range(1, LONGEST + 1):
        hashes = hashes[: len(text) - length + 1] * MULTIPLIER + text[length - 1 :]
        wanted = {phrase for phrase in phrases if len(phrase) == length}
        maybe = np.zeros(1 << 16, bool)
        maybe[[_hash(phrase) & 0xFFFF for phrase in wanted]] = True
        places = np.flatnonzero(maybe[(hashes & np.uint64(0xFFFF)).astype(np.intp)])
        places = places[np.argsort(hashes[places], kind="stable")]
        of_place = hashes[places]
        for phrase in wanted:
            first, end = (of_place.searchsorted(np.uint64(_hash(phrase)), s) for s in SIDES)
            here = places[first:end]
            for offset, character in enumerate(phrase):
                here = here[text[here + offset] == ord(character)]
            found[phrase] = np.unique(np.searchsorted(starts, here, side="right") - 1)
    return found


def _hash(phrase):
    value = 0
    for character in phrase:
        value = (value * int(MULTIPLIER) + ord(character)) % 2**64
    return value


def engine(index, phrase):
    """The parts in which `phrase` stands by the index, in order."""
    found = [
        segment.fact("row")[np.unique(segment.exact.documents(segment.exact.find(phrase)))]
        for segment in index.segments
    ]
    return np.sort(np.concatenate(found))


def test_random_phrases_equal_a_scan(parts, index):
    chance = random.Random(0)
    folded = [fold(part) for part in parts]
    phrases = []
    for _ in range(min(5000, len(parts) // 20)):
        part = chance.choice(folded)
        length = min(chance.randint(1, LONGEST), len(part))
        at = chance.randint(0, len(part) - length)
        phrases.append(part[at : at + length])
    found = scan(folded, phrases)
    for phrase in phrases:
        assert np.array_equal(engine(index, phrase), found[phrase]), phrase


def test_the_scan_finds_what_python_finds(parts):
    folded = [fold(part) for part in parts[:2000]]
    phrases = ["的", "我们", "没有", "时", folded[7][:LONGEST]]
    found = scan(folded, phrases)
    for phrase in phrases:
        assert list(found[phrase]) == [at for at, part in enumerate(folded) if phrase in part]
        assert len(found[phrase])


@pytest.mark.skipif(importlib.util.find_spec("rjieba") is None, reason="rjieba is not installed")
def test_the_fast_tokenizer_cuts_the_same_words(parts, monkeypatch):
    some = parts[::40]
    analysis.load_dictionary()
    fast = [list(analysis.words(part)) for part in some]
    monkeypatch.setattr(analysis, "_fast_tokenizer", lambda: None)
    monkeypatch.setattr(analysis, "_cutter", analysis._Cutter())
    assert [list(analysis.words(part)) for part in some] == fast
