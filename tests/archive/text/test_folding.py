"""fold(): one character for one, and the same for all of a kind."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import find_all, fold

EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_character_folds_to_one_character_and_no_further():
    folded = fold(EVERY_CHARACTER)
    assert len(folded) == len(EVERY_CHARACTER)
    assert fold(folded) == folded


@given(st.text(), st.text())
def test_folding_keeps_offsets(one, other):
    assert fold(one + other) == fold(one) + fold(other)
    assert len(fold(one)) == len(one)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("臺灣問題", "台湾问题"),
        ("ＣＮＮ", "cnn"),
        ("Émile", "émile"),
        ("「一帶一路」", '"一带一路"'),
        ("“一带一路”", '"一带一路"'),
        ("『準則』", "'准则'"),
        ("1—4月", "1-4月"),
        ("1–4月", "1-4月"),
        ("中国\u3000外交\n部", "中国 外交 部"),
        ("，：；！？", ",:;!?"),
    ],
)
def test_forms_of_the_same_characters_are_one(typed, meant):
    assert fold(typed) == fold(meant) == meant


@pytest.mark.parametrize("char", ["ß", "…", "ﬁ", "İ", "㈠"])
def test_a_character_that_would_become_several_is_kept(char):
    assert len(fold(char)) == 1


def test_kinds_that_differ_stay_apart():
    assert len(set(fold("“‘-_《（·"))) == 7


def test_occurrences_may_overlap():
    assert list(find_all("哈哈哈", "哈哈")) == [0, 1]
    assert list(find_all("哈哈哈", "")) == []
