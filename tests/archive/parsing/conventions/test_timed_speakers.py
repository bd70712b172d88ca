"""`Speaker 1: (17:54)`."""

import pytest

from archive.parsing.conventions.timed_speakers import find
from tests.archive.parsing.conventions.marks import make_paragraphs, told


@pytest.mark.parametrize(
    ("text", "kind", "label", "rest"),
    [
        ("Speaker 1: (17:54)", "speech", "Speaker 1", "(17:54)"),
        ("Jen Psaki: (01:00:12)", "speech", "Jen Psaki", "(01:00:12)"),
        ("Dr. Fauci: [01:02] No.", "speech", "Dr. Fauci", "[01:02] No."),
        ("[00:01:02] Reporter: What?", "question", "Reporter", "What?"),
        ("Reporter 3 (12:01): Yes", "question", "Reporter 3", "(12:01): Yes"),
        ("Reporter 4 12:01", "question", "Reporter 4", "12:01"),
    ],
)
def test_the_time_stays_with_the_words(text, kind, label, rest):
    paragraphs = make_paragraphs("Jen Psaki: (00:12)", "Hello.", text, "More.")
    assert told(paragraphs, find(paragraphs))[1] == (kind, label, rest)


def test_a_time_in_a_sentence_is_no_speaker():
    assert find(make_paragraphs("Okay: we meet at 12:30.", "Then (12:30) we went: fine.")) == []


def test_one_alone_is_too_few():
    assert find(make_paragraphs("Doors: 18:30", "Text.")) == []
