"""`HOWARD SCHNEIDER, Reuters. …`, `Nancy Cordes, CBS News: …`."""

from archive.parsing.conventions.named_reporters import find
from tests.archive.parsing.conventions.marks import make_paragraphs, told


def test_reporters_ask_and_offices_speak():
    paragraphs = make_paragraphs(
        "HOWARD LEE, Reuters. Hi there.",
        "CHAIR ROE. So.",
        "Nancy Low, CBS News: Thanks.",
        "Michael Poe (Bloomberg): Why?",
        "CHAIR ROE. Well.",
    )
    assert told(paragraphs, find(paragraphs)) == [
        ("question", "HOWARD LEE, Reuters", "Hi there."),
        ("speech", "CHAIR ROE", "So."),
        ("question", "Nancy Low, CBS News", "Thanks."),
        ("question", "Michael Poe (Bloomberg)", "Why?"),
        ("speech", "CHAIR ROE", "Well."),
    ]


def test_an_office_behind_the_comma_is_no_outlet():
    paragraphs = make_paragraphs("Ann Roe, Treasury Secretary: Hello.", "Bob Low, Director: Hello.")
    assert find(paragraphs) == []
