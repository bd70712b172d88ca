"""Names that are longer than the tables of the archive are wide."""

import pytest

from archive.models import Answer, Appearance, Exchange, Speaker
from archive.parsing.records import ParsedAnswer, ParsedExchange, ParsedSpeaker
from archive.parsing.truncation import LONGEST_LABEL, LONGEST_NAME, fit_exchanges, fit_speaker


@pytest.mark.parametrize(
    ("model", "field", "longest"),
    [
        (Exchange, "asked_by", LONGEST_LABEL),
        (Exchange, "reporter", LONGEST_NAME),
        (Answer, "label", LONGEST_LABEL),
        (Speaker, "name", LONGEST_NAME),
        (Appearance, "role", LONGEST_LABEL),
    ],
)
def test_widths_are_those_of_the_tables(model, field, longest):
    assert model._meta.get_field(field).max_length == longest


def make_exchange(asked_by, reporter, speaker, label):
    answer = ParsedAnswer(speaker, "speaker", "好。", 2, label)
    return ParsedExchange("question", asked_by, reporter, "好吗？", (answer,), 1)


def test_names_that_fit_are_left_alone():
    exchange = make_exchange("社" * 200, "张" * 120, "王" * 120, "部" * 200)
    assert fit_exchanges([exchange]) == ((exchange,), ())


def test_names_that_are_too_long_are_cut_and_reported():
    (cut,), problems = fit_exchanges([make_exchange("社" * 201, "张" * 121, "王" * 300, "部")])
    assert (cut.asked_by, cut.reporter) == ("社" * 199 + "…", "张" * 119 + "…")
    assert (cut.answers[0].speaker, cut.answers[0].label) == ("王" * 119 + "…", "部")
    assert [(p.line, p.code, p.params["length"]) for p in problems] == [
        (1, "name_too_long", 201),
        (2, "name_too_long", 300),
    ]


def test_a_speaker_fits():
    assert fit_speaker(ParsedSpeaker("王" * 300, "部" * 300)) == ParsedSpeaker(
        "王" * 119 + "…", "部" * 199 + "…"
    )
