"""`Q    ` and `MS. PSAKI:  `."""

import re

import pytest

from archive.parsing.conventions.white_house import find
from archive.parsing.formats import read_document
from tests.archive.parsing.conventions.marks import check_order, make_paragraphs, told

_RAW_Q = re.compile(r"(?m)^[^\S\n]*\*{0,2}[^\S\n]*Q(?![\w&.:,])")


def read(*texts: str) -> list[tuple[str, str, str]]:
    paragraphs = make_paragraphs(*texts)
    return told(paragraphs, find(paragraphs))


def test_questions_and_answers_are_told():
    assert read("Q  What is new?", "MS. PSAKI:  Nothing.", "Q  Nothing?") == [
        ("question", "Q", "What is new?"),
        ("speech", "MS. PSAKI", "Nothing."),
        ("question", "Q", "Nothing?"),
    ]


@pytest.mark.parametrize("text", ["Q Thanks.", "Q — the bill?", "Q– the bill?", "Q (Inaudible.)"])
def test_one_space_is_enough_in_a_file_of_this_kind(text):
    assert [kind for kind, _, _ in read("MR. KIRBY:  Hello.", "Q  Hi.", text)] == [
        "speech",
        "question",
        "question",
    ]


@pytest.mark.parametrize("text", ["Q&A follows.", "Q1 2023 was good.", "Qatar joined.", "Q: Who?"])
def test_other_words_with_q_are_no_markers(text):
    assert len(read("MR. KIRBY:  Hello.", "Q  Hi.", text)) == 2


@pytest.mark.parametrize(
    "label",
    [
        "MS PSAKI",
        "Mr. KIRBY",
        "DR. SHERWOOD-RANDALL",
        "MS. O’CONNELL",
        "MR. FERNÁNDEZ HERNÁNDEZ",
        "MR. McCLELLAN",
        "SENIOR ADMINISTRATION OFFICIAL ONE",
        "PRESIDENT HICHILEMA",
        "AIDE",
        "CUSTOMER",
        "REPORTER 2",
    ],
)
def test_labels_in_capitals(label):
    assert read("Q  Hi.", f"{label}:  Hello.")[1][1:] == (label, "Hello.")


@pytest.mark.parametrize(
    "text", ["And let’s not forget: jobs.", "NOTE: corrected.", "FOR IMMEDIATE RELEASE: x"]
)
def test_clauses_and_headings_are_no_speakers(text):
    assert read("Q  Hi.", "MS. PSAKI:  Hello.", text, text) == [
        ("question", "Q", "Hi."),
        ("speech", "MS. PSAKI", "Hello."),
    ]


def test_capitals_that_stand_twice_are_a_speaker():
    turns = read("Q  Hi.", "MS. PSAKI:  Hello.", "CBS: x", "CBS: x")
    assert [turn[1] for turn in turns] == ["Q", "MS. PSAKI", "CBS", "CBS"]


def test_a_clause_that_ends_in_a_colon_stays_in_the_question():
    assert read("Q  My question is: who?", "Q  Well?")[0] == (
        "question",
        "Q",
        "My question is: who?",
    )


def test_markers_behind_a_lost_blank_line_are_found():
    kinds = read("5:19 P.M. EDT MODERATOR:  Thanks. Q  Now? MS. PSAKI: Later.", "Q  Hi.", "Q  Ho.")
    assert [(kind, label) for kind, label, _ in kinds[:3]] == [
        ("moderator", "MODERATOR"),
        ("question", "Q"),
        ("speech", "MS. PSAKI"),
    ]


def test_a_letter_alone_is_no_question():
    assert read("Q  is a letter", "Text without speakers.") == []


@pytest.mark.corpora
def test_joint_press_conferences_lose_and_invent_no_question(corpora):
    for path in sorted((corpora / "wh-remarks-pressconf-md").iterdir()):
        document = read_document(path.read_bytes(), path.name)
        marks = find(document.paragraphs)
        check_order(marks)
        asked = sum(mark.label == "Q" for mark in marks)
        assert asked == len(_RAW_Q.findall(path.read_text())), path.name


@pytest.mark.parametrize("end", ["END", "3:05 P.M. EST", "END 1:59 P.M. EDT", "12:11 p.m. (CET)"])
def test_nobody_says_the_hour_at_the_end_nor_what_stands_below(end):
    found = read("Q  Hi.", "MS. PSAKI:  At 3:05 P.M. EST.", end, "*June 1")
    assert found[2:] == [("note", "", end), ("note", "", "*June 1")]


def test_an_hour_that_somebody_speaks_after_is_text():
    assert len(read("Q  Hi.", "MS. PSAKI:  Bye.", "3:05 P.M. EST", "Q  Wait.")) == 3


def test_an_interpreter_may_speak_but_once():
    assert read("Q  Hi.", "INTERPRETER:  Can you hear?")[1] == (
        "speech",
        "INTERPRETER",
        "Can you hear?",
    )
