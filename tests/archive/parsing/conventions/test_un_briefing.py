"""Topics, then `Question:  …` / `Spokesman:  …`."""

import pytest

from archive.parsing.conventions.un_briefing import find
from archive.parsing.formats import read_document
from tests.archive.parsing.conventions.marks import make_paragraphs, told

BRIEFING = (
    "Noon Briefings",
    "1 May 2030",
    "Guest",
    "Good afternoon. We will have a guest with us today, from Geneva.",
    "Haiti",
    "Just turning to Haiti, our colleagues say that things are tense.",
    "Questions and Answers",
    "Spokesman:  Ann, then Bob.",
    "Question:  Why?",
    "Deputy Spokesman:  Because.",
    "Correspondent:  Okay.",
    "Mr. Haq:  Bye.",
)


def test_topics_opening_and_turns_are_told():
    paragraphs = make_paragraphs(*BRIEFING)
    assert [(kind, label) for kind, label, _ in told(paragraphs, find(paragraphs))] == [
        ("topic", ""),
        ("answer", "Spokesman"),
        ("topic", ""),
        ("topic", ""),
        ("answer", "Spokesman"),
        ("question", "Question"),
        ("answer", "Deputy Spokesman"),
        ("question", "Correspondent"),
        ("speech", "Mr. Haq"),
    ]


def test_the_opening_has_no_marker():
    opening = find(make_paragraphs(*BRIEFING))[1]
    assert (opening.paragraph, opening.start, opening.end) == (3, 0, 0)


def test_without_a_spokesperson_it_is_another_convention():
    assert find(make_paragraphs("Question:  Why?", "Mr. Lee:  Because.")) == []


@pytest.mark.corpora
def test_the_noon_briefing_is_told(corpora):
    path = corpora / "un-noon-md" / "2024-03-15_excerpt.md"
    paragraphs = read_document(path.read_bytes(), path.name).paragraphs
    marks = told(paragraphs, find(paragraphs))
    topics = [text for kind, _, text in marks if kind == "topic"]
    assert topics == ["Guest", "Haiti", "Questions and Answers"]
    assert [kind for kind, _, _ in marks].count("question") == 6
    assert [kind for kind, _, _ in marks].count("answer") == 8
