"""Hostile text: every convention is quick, and its marks are in order."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.conventions import CONVENTIONS
from archive.parsing.records import Paragraph
from tests.archive.parsing.conventions.marks import check_order, make_paragraphs

_PIECES = (
    *("Q  ", "Q. ", "Q", "MR. LEE: ", "MR. LEE. ", "THE PRESIDENT. ", ". ", ": ", "\n", "(1:02)"),
    *("<NAME>", "</NAME>", "QUESTION: ", "Question: ", "Spokesman: ", "P.- ", "R.- ", "Haiti"),
    *("（記者）", "（大臣）", "기자: ", "[1.] ", "A", "a", " ", "[", "]", "Reuters", ", "),
)


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "unit",
    [
        *("A", "AB ", "AB. ", "AB: ", ". Q ", "<NAME>", "AB (", "MR. ", "Ab ", "1:2 ", "（", "["),
        *("记者", "问：", "。王毅：", "路透社记者", "《", "有记者就", "【", "王", "，"),
    ],
)
def test_half_a_million_characters_take_no_time(convention, unit):
    text = (unit * 500_000)[:500_000]
    paragraphs = make_paragraphs(
        text, "Q  Why?", "Q. Why?", "MR. LEE: No.", "Frage: Ja?", "记者：好？"
    )
    began = time.process_time()
    convention.find(paragraphs)
    assert time.process_time() - began < 2  # a pattern that is not linear takes minutes


@given(st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12), max_size=8))
def test_marks_never_overlap(lines):
    paragraphs = [
        Paragraph(text, line)
        for line, pieces in enumerate(lines, 1)
        if (text := "".join(pieces).strip())
    ]
    for convention in CONVENTIONS:
        marks = convention.find(paragraphs)
        check_order(marks)
        assert all(0 <= m.start <= m.end <= len(paragraphs[m.paragraph].text) for m in marks)
