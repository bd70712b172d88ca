"""A query said back in words, and complaints as sentences."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.protocol import Counts
from search.query.parser import Complaint, Query, Words, parse
from search.query_explanation import (
    COMPLAINT_SENTENCES,
    explain_complaint,
    explain_query,
    how_often,
)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("“一带一路”", "exactly “一带一路”"),
        ("台湾", "the word 台湾"),
        ("中美关系 台湾", "all of the words 中美关系, 台湾"),
        ("*", "everything"),
        ("outlet:路透社", "asked by 路透社"),
        ("speaker:王毅", "answered by 王毅"),
        ("in:question", "in questions"),
        ("在:回答", "in answers"),
        ("date:2020-05", "in 2020-05"),
        ("“疫情” NEAR/20 世卫组织", "“疫情” within 20 characters of “世卫组织”"),
        ("台湾 | 南海 | “准则”", "either the word 台湾 or the word 南海 or exactly “准则”"),
        ("", ""),
    ],
)
def test_every_kind_of_query_is_said(typed, said):
    assert explain_query(parse(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-“疫情”", "everything; without “疫情”"),
        ("* -疫情", "everything; without the word 疫情"),
        ("* -outlet:路透社", "everything; not asked by 路透社"),
        ("* -speaker:王毅", "everything; not answered by 王毅"),
        ("* -in:question", "everything; not in questions"),
        ("* -date:2020", "everything; not in 2020"),
        ("* -(台湾 | 南海)", "everything; without (either the word 台湾 or the word 南海)"),
    ],
)
def test_what_is_left_out_is_said(typed, said):
    assert explain_query(parse(typed)) == said


def test_what_is_looked_for_comes_before_what_narrows_it():
    said = (
        "exactly “一带一路”, and all of the words 中美关系, 台湾; asked by 路透社; without “疫情”"
    )
    assert explain_query(parse("outlet:路透社 “一带一路” -“疫情” 中美关系 台湾")) == said


def test_parentheses_stand_where_they_are_needed():
    either = "either the word 台湾 or the word 南海"
    assert explain_query(parse("(台湾 | 南海) “准则”")) == f"({either}), and exactly “准则”"
    both = "(exactly “准则”, and the word 南海)"
    assert explain_query(parse("台湾 | “准则” 南海")) == f"either the word 台湾 or {both}"


def test_signs_in_what_was_typed_are_said_as_they_are():
    assert explain_query(parse("“100%(text)s” outlet:%d")) == "exactly “100%(text)s”; asked by %d"


@pytest.mark.parametrize("code", COMPLAINT_SENTENCES)
def test_every_complaint_is_sentences_without_a_gap(code):
    sentences = explain_complaint(Complaint(code, 7, "昨天%s"))
    assert sentences.endswith(".")
    assert "%(" not in sentences
    assert code == "too_long" or "character 7" in sentences


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("台湾 “", Complaint("unclosed_quote", 4)),
        ("台湾 outlet:", Complaint("empty_field", 4, "outlet")),
        ("媒体：“” 台湾", Complaint("empty_field", 1, "媒体")),
        ("台湾 -in:headline", Complaint("bad_in", 5, "headline")),
        ("date:2020-13 台湾", Complaint("bad_date", 1, "2020-13")),
        ("台湾 日期:昨天", Complaint("bad_date", 4, "昨天")),
        ("NEAR/5 台湾", Complaint("near_without", 1, "NEAR/5")),
        ("台湾 near/5", Complaint("near_without", 4, "near/5")),
        ("台湾 NEAR", Complaint("near_without", 4, "NEAR")),
        ("“” NEAR 台湾", Complaint("near_without", 4, "NEAR")),
        ("台湾)", Complaint("unopened_parenthesis", 3)),
        ("* (台湾 (", Complaint("unclosed_parenthesis", 3)),
    ],
)
def test_what_cannot_be_read_is_told_and_left_out(typed, complaint):
    assert parse(typed) == Query(Words("台湾"), (complaint,))


def test_an_unclosed_quotation_mark_in_a_field_is_told():
    assert parse("outlet:“路透社").complaints == (Complaint("unclosed_quote", 8),)


def test_a_near_that_is_too_far_is_told():
    assert parse("疫情 NEAR/1001 世卫").complaints == (Complaint("near_too_far", 4, "1001"),)


@pytest.mark.parametrize(("typed", "position"), [(" |", 2), ("()", 1), ("“”", 1), ("(，", 2)])
def test_marks_alone_are_told(typed, position):
    assert Complaint("no_words", position) in parse(typed).complaints


def test_complaints_are_in_the_order_of_the_text():
    codes = [complaint.code for complaint in parse("in:x ) NEAR/5 (台湾 “南海").complaints]
    brackets = ["unopened_parenthesis", "near_without", "unclosed_parenthesis"]
    assert codes == ["bad_in", *brackets, "unclosed_quote"]


def test_a_complaint_says_where_why_and_what_was_done():
    (complaint,) = parse("台湾 date:昨天").complaints
    assert explain_complaint(complaint) == (
        "At character 4, “昨天” cannot be read as a date. Write 2020, 2020-05, 2020-05-24 or "
        "2020-05..2020-07. It was left out."
    )


def test_what_was_typed_is_repeated_in_a_complaint():
    (complaint,) = parse("媒体：").complaints
    assert explain_complaint(complaint).startswith("“媒体:” at character 1 has no value")


@settings(deadline=None)
@given(st.text(alphabet="台湾 “”()|-:/n近19") | st.text())
def test_whatever_is_typed_can_be_said(typed):
    query = parse(typed)
    assert bool(explain_query(query)) == (query.tree is not None)
    assert all(explain_complaint(complaint) for complaint in query.complaints)


@pytest.mark.parametrize(
    ("counts", "speakers", "said"),
    [
        (Counts(1, 1, 1, 1), 1, "1 time in 1 exchange of 1 conference by 1 speaker"),
        (Counts(1234, 9, 5, 2), 2, "1,234 times in 5 exchanges of 2 conferences by 2 speakers"),
        (Counts(3, 2, 2, 1), 0, "3 times in 2 exchanges of 1 conference"),
        (Counts(0, 2, 2, 1), 4, "2 exchanges of 1 conference"),
    ],
)
def test_how_often_something_was_found(counts, speakers, said):
    assert how_often(counts, speakers) == said
