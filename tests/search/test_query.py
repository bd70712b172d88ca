"""What people type, and how it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_LENGTH, And, Complaint, Everything, Phrase, Query, Words, parse


@pytest.mark.parametrize(
    "typed",
    ['"一带一路"', "“一带一路”", "「一带一路」", "『一带一路』", "＂一带一路＂", "«一带一路»"],
)
def test_quotation_marks_of_every_kind_make_a_phrase(typed):
    assert parse(typed) == Query(Phrase("一带一路"), ())


def test_marks_of_another_kind_may_stand_inside():
    assert parse("「所谓“新冷战”」").tree == Phrase("所谓“新冷战”")
    assert parse('“所谓"新冷战"”').tree == Phrase('所谓"新冷战"')


def test_unquoted_words_are_all_wanted():
    assert parse("中美关系 台湾").tree == Words("中美关系 台湾")


def test_phrases_and_words_go_together():
    assert parse("“南海” 准则").tree == And((Phrase("南海"), Words("准则")))


def test_a_single_han_character_is_looked_for_as_a_character():
    assert parse("税").tree == Phrase("税")
    assert parse("稅 cnn").tree == And((Phrase("稅"), Words("cnn")))


def test_a_star_is_everything_and_adds_nothing_to_words():
    assert parse("*").tree == Everything()
    assert parse("* 台湾").tree == Words("台湾")


def test_an_unclosed_quotation_mark_is_told_with_its_place():
    understood = parse("台湾 “一带一路")
    assert understood.complaints == (Complaint("unclosed_quote", 4),)
    assert understood.tree == And((Words("台湾"), Phrase("一带一路")))


def test_a_quotation_mark_closed_by_another_kind_is_closed():
    assert parse('“一带一路" 合作') == Query(And((Phrase("一带一路"), Words("合作"))), ())


def test_punctuation_alone_is_told():
    understood = parse("台湾，？")
    assert understood.complaints == ()
    assert parse(" ，？").complaints == (Complaint("no_words", 2),)


def test_nothing_to_search_for_is_no_tree():
    assert parse("").tree is parse('""').tree is parse("，").tree is None


def test_only_the_beginning_of_a_long_query_is_read():
    understood = parse("台" * 500)
    assert understood.complaints[0] == Complaint("too_long", MAX_LENGTH + 1)
    assert understood.tree == Words("台" * MAX_LENGTH)


@given(st.text(alphabet=st.sampled_from("\"“”「」『』«＂*|-: 台湾ab，'")))
def test_whatever_is_typed_is_understood_somehow(typed):
    understood = parse(typed)
    assert understood.tree is None or isinstance(understood.tree, Phrase | Words | Everything | And)
    assert all(1 <= complaint.position <= len(typed) for complaint in understood.complaints)
