"""`<NAME>CHAIR POWELL</NAME>. …`, many in one paragraph."""

import pytest

from archive.parsing.conventions.name_tags import find
from archive.parsing.records import Paragraph
from tests.archive.parsing.conventions.marks import make_paragraphs


def test_every_tag_is_a_mark():
    paragraphs = make_paragraphs(
        "<NAME>CHAIR ROE</NAME>. Hi. <NAME>ANN LEE</NAME>-GENZER. Hi. <NAME>MODERATOR</NAME>: So"
    )
    assert [(mark.kind, mark.label) for mark in find(paragraphs)] == [
        ("speech", "CHAIR ROE"),
        ("speech", "ANN LEE-GENZER"),
        ("moderator", "MODERATOR"),
    ]


def test_a_tag_that_is_never_closed_is_text():
    assert find(make_paragraphs("<NAME>CHAIR ROE. Good day.")) == []


@pytest.mark.corpora
def test_every_name_of_the_press_conferences_is_a_mark(corpora):
    for path in sorted((corpora / "fomc-txt").iterdir()):
        text = path.read_text()
        assert len(find([Paragraph(text, 1)])) == text.count("<NAME>")
