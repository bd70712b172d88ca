"""`Q. …` and `THE PRESIDENT. …`, also with the paragraphs joined by commas."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.conventions.presidential import find, unjoin
from archive.parsing.records import Paragraph
from tests.archive.parsing.conventions.marks import check_order, make_paragraphs, told

JOINED = (
    "THE PRESIDENT. Good day.,[1.] Q. Mr. President, is it late?,THE PRESIDENT. It is, I fear.,"
    "We must go on.1,1 At 9 p.m.,HEALTH,[2] Q. Ann Lee, Daily Post: And you?,THE PRESIDENT. Well."
)


def read(*texts: str) -> list[tuple[str, str, str]]:
    paragraphs = make_paragraphs(*texts)
    return told(paragraphs, find(paragraphs))


def test_joined_paragraphs_are_parted_and_told():
    paragraphs = unjoin(make_paragraphs(JOINED))
    assert told(paragraphs, find(paragraphs)) == [
        ("speech", "THE PRESIDENT", "Good day."),
        ("question", "Q", "Mr. President, is it late?"),
        ("speech", "THE PRESIDENT", "It is, I fear."),
        ("note", "", "1 At 9 p.m."),
        ("topic", "", "HEALTH"),
        ("question", "Ann Lee, Daily Post", "And you?"),
        ("speech", "THE PRESIDENT", "Well."),
    ]
    assert paragraphs[3].text == "We must go on.1"


@pytest.mark.parametrize("text", ["talk to George,1 and go", 'a "half-worlder," with', "12,000"])
def test_commas_of_the_text_join_nothing(text):
    joined = JOINED.replace("It is, I fear", f"I {text} it")
    assert any(text in paragraph.text for paragraph in unjoin(make_paragraphs(joined)))


def test_a_file_with_line_breaks_is_left_alone():
    paragraphs = make_paragraphs("Q. Why?", "THE PRESIDENT. Because.,Then.")
    assert unjoin(paragraphs) is paragraphs


def test_a_heading_too_long_for_the_column_is_one_topic():
    heading = "U.S. REPRESENTATION AT GUATEMALAN,INAUGURATION,[2]"
    texts = [p.text for p in unjoin(make_paragraphs(JOINED.replace("HEALTH,[2]", heading)))]
    assert "U.S. REPRESENTATION AT GUATEMALAN INAUGURATION" in texts


@pytest.mark.parametrize("marker", ["[1.] Q.", "[3] Q.", "[4.[ Q.", "[1. ] Q.", "[ 16.] Q.", "Q."])
def test_questions_are_numbered_in_many_ways(marker):
    assert read("THE PRESIDENT. Yes.", f"{marker} Why?")[1] == ("question", "Q", "Why?")


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("THE. PRESIDENT. So.", "speech", "THE PRESIDENT"),
        ("THE PRESIDENT, So.", "speech", "THE PRESIDENT"),
        ("THE PRESIDENT [to Ann Lee, Daily Post]. So.", "speech", "THE PRESIDENT"),
        ("MR. CORMIER. So.", "speech", "MR. CORMIER"),
        ("SECRETARY RUSK. So.", "speech", "SECRETARY RUSK"),
        ("HELEN LEE [Daily Post]. So.", "speech", "HELEN LEE [Daily Post]"),
        ("[1.] REPORTER. So.", "question", "REPORTER"),
        ("Reporter: So.", "question", "Reporter"),
    ],
)
def test_speakers(text, kind, label):
    assert read("Q. Why?", text)[1] == (kind, label, "So.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MR. CORMIER. Thank you, Mr. President.", "question"),
        ("HELEN LEE [Daily Post]. Thank you, Mr. President.", "question"),
        ("PRIME MINISTER LEE. Thank you, Mr. President.", "speech"),
        ("MR. CORMIER. Thank you, Mr. President. I said so to Congress.", "speech"),
    ],
)
def test_reporter_who_closes_the_conference_is_no_speaker(text, kind):
    assert read("Q. Why?", "THE PRESIDENT. Because.", text)[-1][0] == kind


def test_newer_volumes_print_names_in_mixed_letters():
    labels = [
        label
        for _, label, _ in read(
            "The President. Hello.", "Q. Sir: why?", "President Roe. Yes.", "President Roe. No."
        )
    ]
    assert labels == ["The President", "Q", "President Roe", "President Roe"]


def test_calling_on_a_reporter_is_no_turn():
    assert len(read("THE PRESIDENT. Hello.", "Mr. Cadera.", "Q. Why?")) == 2


@given(st.lists(st.sampled_from([".", ",", "A", "q", " ", "Q. ", ",Q. ", "[1.] ", "1", "\n"])))
def test_parting_keeps_every_character_but_commas_and_white_space(pieces):
    text = JOINED + "".join(pieces)
    parted = unjoin([Paragraph(text, 1)])
    kept = "".join(paragraph.text for paragraph in parted)
    assert re.sub(r"[,\s]", "", kept) == re.sub(r"[,\s]", "", text)
    check_order(find(parted))


@pytest.mark.corpora
def test_every_question_and_answer_of_the_news_conferences_is_found(corpora):
    for path in sorted((corpora / "us-president-newsconf-1960-80").iterdir()):
        text = path.read_text()
        paragraphs = unjoin([Paragraph(line, 1) for line in text.split("\n") if line])
        marks = find(paragraphs)
        printed = [paragraphs[m.paragraph].text[m.start : m.end] for m in marks]
        asked = sum("Q." in marker for marker in printed)
        assert asked == len(re.findall(r"\bQ\. ", text)), path.name
        spoken = sum(mark.label == "THE PRESIDENT" for mark in marks)
        assert spoken == len(re.findall(r"(?:^|[\n,])THE\.? PRESIDENT(?:[.,:] | \[)", text)), path


@pytest.mark.parametrize(
    "label",
    [
        "William Knighton, Jr., Baltimore Sun",
        "Sarah McClendon, Manchester (N.H.) Union Leader",
        "Raymond P. Brandt, St. Louis Post Dispatch",
    ],
)
def test_commas_and_brackets_belong_to_names(label):
    asked = ("question", label, "Sir, why?")
    assert read("THE PRESIDENT. Yes.", f"Q. {label}: Sir, why?")[1] == asked
