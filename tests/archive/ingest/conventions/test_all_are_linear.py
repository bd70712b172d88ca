"""Hostile text: every convention of this folder's tables is quick, and its marks are in order."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.conventions import CONVENTIONS
from archive.ingest.conventions.cutting import check_order
from archive.ingest.records import Paragraph
from tests.archive.ingest.conventions.marks import make_paragraphs

OURS = {
    one.name: one
    for one in CONVENTIONS
    if one.name
    in {
        *("white-house", "presidential", "capitals", "capitals-stop", "un-briefing"),
        *("name-tags", "timed-speakers", "named-reporters", "labelled"),
    }
}
_PIECES = (
    *("Q  ", "Q. ", "Q", "MR. LEE: ", "MR. LEE. ", "THE PRESIDENT. ", ". ", ": ", "\n", "(1:02)"),
    *("<NAME>", "</NAME>", "QUESTION: ", "Question: ", "Spokesman: ", "P.- ", "R.- ", "Haiti"),
    *("（記者）", "（大臣）", "기자: ", "[1.] ", "A", "a", " ", "[", "]", "Reuters", ", "),
)


def test_all_nine_are_registered():
    assert len(OURS) == 9


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize(
    "unit", ["A", "AB ", "AB. ", "AB: ", ". Q ", "<NAME>", "AB (", "MR. ", "Ab ", "1:2 ", "（", "["]
)
def test_half_a_million_characters_take_no_time(name, unit):
    text = (unit * 500_000)[:500_000]
    paragraphs = make_paragraphs(text, "Q  Why?", "Q. Why?", "MR. LEE: No.", "Frage: Ja?")
    began = time.process_time()
    OURS[name].find(paragraphs)
    assert time.process_time() - began < 2  # a pattern that is not linear takes minutes


@given(st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12), max_size=8))
def test_marks_never_overlap(lines):
    paragraphs = [
        Paragraph(text, line)
        for line, pieces in enumerate(lines, 1)
        if (text := "".join(pieces).strip())
    ]
    for convention in OURS.values():
        marks = convention.find(paragraphs)
        check_order(marks)
        assert all(0 <= m.start <= m.end <= len(paragraphs[m.paragraph].text) for m in marks)
