"""Which exchange of a corrected transcript is which of the one before."""

from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.similarity import match_texts

OLD = ["南海局势稳定。", "中美关系重要。", "疫情防控常态化。"]


def test_equal_texts_match_in_any_order():
    assert match_texts(OLD, OLD[::-1]) == {0: 2, 1: 1, 2: 0}


def test_a_corrected_text_matches_what_it_was():
    assert match_texts(OLD, ["中美關係很重要。"]) == {0: 1}


def test_a_new_text_matches_nothing():
    assert match_texts(OLD, ["半岛核问题"]) == {}


def test_equal_texts_are_taken_before_alike_ones():
    assert match_texts(["甲乙丙丁", "甲乙丙丁戊"], ["甲乙丙丁戊", "甲乙丙丁"]) == {0: 1, 1: 0}


@given(st.lists(st.text("甲乙丙", max_size=6)), st.lists(st.text("甲乙丙", max_size=6)))
def test_no_text_is_used_twice(old, new):
    pairs = match_texts(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= i < len(new) and 0 <= j < len(old) for i, j in pairs.items())
