"""`QUESTION: / MR. PRICE:`, `Q: / A:` and `CHAIR POWELL.`"""

import pytest

from archive.parsing.conventions.capitals import find, find_stops
from tests.archive.parsing.conventions.marks import make_paragraphs, told


def read(*texts: str) -> list[tuple[str, str, str]]:
    paragraphs = make_paragraphs(*texts)
    return told(paragraphs, find(paragraphs))


def test_questions_and_answers_are_told():
    assert read("QUESTION: Why?", "MR. PRICE: Because.") == [
        ("question", "QUESTION", "Why?"),
        ("speech", "MR. PRICE", "Because."),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Q: So.", "question", "Q"),
        ("A: So.", "answer", "A"),
        ("Q1: So.", "question", "Q1"),
        ("Question 1: So.", "question", "Question 1"),
        ("REPORTER: So.", "question", "REPORTER"),
        ("CHAIR POWELL: So.", "speech", "CHAIR POWELL"),
        ("MODERATOR: So.", "moderator", "MODERATOR"),
        ("QUESTION (via interpreter): So.", "question", "QUESTION"),
        ("SECRETARY BLINKEN (via translation): So.", "speech", "SECRETARY BLINKEN"),
    ],
)
def test_labels(text, kind, label):
    found = read("MS. LEE: Hello.", text)[1]
    assert (found[0], found[1].removesuffix(" (via interpreter)"), found[2]) == (kind, label, "So.")


def test_a_label_behind_a_sentence_is_found():
    assert [label for _, label, _ in read("QUESTION: Why? MR. PRICE: Because.")] == [
        "QUESTION",
        "MR. PRICE",
    ]


@pytest.mark.parametrize(
    "text", ["NOTE: x", "DATE: x", "NATO: x", "See https://x.org", "At NATO: x"]
)
def test_no_speakers(text):
    assert read(text) == []


def test_names_with_a_full_stop():
    paragraphs = make_paragraphs(
        "CHAIR POWELL.  Good day. The U.S. GDP grew.",
        "ANN LEE. Hi.",
        "ANN LEE. Why?",
        "END. It is.",
    )
    assert [label for _, label, _ in told(paragraphs, find_stops(paragraphs))] == [
        "CHAIR POWELL",
        "ANN LEE",
        "ANN LEE",
    ]


def test_a_heading_in_capitals_is_no_name():
    assert find_stops(make_paragraphs("AMBASSADOR CHARLES W. YOST")) == []


@pytest.mark.parametrize(
    ("before", "words"),
    [("Let’s go to Nick.", "Hi. When?"), ("Next.", "Nick Low of the Wall Street Journal. When?")],
)
def test_a_name_that_is_called_or_says_itself_counts_though_it_comes_once(before, words):
    paragraphs = make_paragraphs(
        "CHAIR POWELL. Good day.", f"MS. SMITH. {before}", f"NICK LOW. {words}"
    )
    assert told(paragraphs, find_stops(paragraphs))[-1][1] == "NICK LOW"


@pytest.mark.parametrize("text", ["INTEREST RATES. They rose.", "FISCAL POLICY. Fiscal policy is."])
def test_a_name_in_capitals_that_nobody_calls_is_a_heading(text):
    assert len(find_stops(make_paragraphs("CHAIR POWELL. Good day.", text))) == 1
