"""The difference of two texts: right where it is cheap, bounded whatever the texts are."""

import time
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing import transcript_diff
from archive.parsing.records import ParsedExchange
from archive.parsing.transcript_diff import Effort, compare_exchanges, marked

SENTENCE = "我们的立场是明确的。"
# Each took seconds to minutes while only the product of two lengths was bounded.
ENDLESS = {
    "one sentence": (SENTENCE * 500, SENTENCE * 250 + "变了。" + SENTENCE * 250),
    "a short sentence": ("好。" * 2_500, "好。" * 1_250 + "变了。" + "好。" * 1_250),
    "a long turn": (SENTENCE * 12_000, SENTENCE * 9_000 + "变了。" + SENTENCE * 11_000),
    "sentences in turn": ("好。变。" * 1_250, "好。好。好。变。" * 600),
    "one character": ("的" * 2_000, "的的的了" * 500),
    "two characters": ("的在" * 900, "的的的在" * 450),
    "one paragraph": ("的" * 120_000, "的" * 60_000 + "了" + "的" * 140_000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_repeated_words_take_no_longer_than_others(name):
    began = time.process_time()
    runs = marked(*ENDLESS[name])
    assert time.process_time() - began < 2
    assert any(run.kind in ("gone", "new") for run in runs)


def test_one_change_among_repeated_sentences_is_found():
    runs = marked(*ENDLESS["a long turn"])
    (new,) = (run.text for run in runs if run.kind == "new")
    assert new == "变了。" + SENTENCE * 8_000
    assert not any(run.kind == "gone" for run in runs)


def test_all_exchanges_together_are_bounded():
    hard = ("的在" * 400, "的的的在" * 200)
    old = [ParsedExchange("question", "甲", "", hard[0] + str(n), (), 0) for n in range(600)]
    new = [ParsedExchange("question", "甲", "", hard[1] + str(n), (), 0) for n in range(600)]
    began = time.process_time()
    changes = compare_exchanges(old, new, {n: n for n in range(600)})
    assert len(changes) == 600
    assert time.process_time() - began < 20


PIECES = st.lists(
    st.sampled_from(["好。", "变。", "的", "的的", "了", "x", " ", "\n"]), max_size=60
)


@given(PIECES, PIECES, st.integers(0, 500), st.integers(0, 50))
def test_all_of_both_texts_is_marked_however_soon_it_gives_up(old, new, steps, plenty):
    a, b = "".join(old), "".join(new)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transcript_diff, "_PLENTY", plenty)
        patched.setattr(transcript_diff, "_LEAST_CUT", 10_000)  # nothing is cut
        runs = marked(a, b, Effort(steps))
    assert "".join(run.text for run in runs if run.kind != "new") == a
    assert "".join(run.text for run in runs if run.kind != "gone") == b
    assert all((one.kind, other.kind) != ("same", "same") for one, other in pairwise(runs))


@given(PIECES, PIECES)
def test_ordinary_texts_are_compared_as_ever(old, new):
    bounded = transcript_diff._BoundedMatcher(old, new, Effort())
    plain = SequenceMatcher(None, old, new, autojunk=False)
    assert bounded.get_opcodes() == plain.get_opcodes()
