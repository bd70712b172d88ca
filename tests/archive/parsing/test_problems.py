"""What an editor is asked to look at."""

import pytest

from archive.parsing.problems import nobody_asks, repeated_sentences, unanswered, unasked
from archive.parsing.records import Paragraph, ParsedAnswer, ParsedExchange, Turn

ANSWER = ParsedAnswer("毛宁", "speaker", "好。", 9)
HANDING_ON = ParsedAnswer("", "moderator", "请。", 9)


def asked(line, *answers, by="", question="好吗？"):
    return ParsedExchange("question", by, "", question, answers, line)


def lines(*exchanges):
    return [problem.line for problem in unanswered(exchanges)]


def test_question_that_nobody_answers_is_reported():
    assert lines(asked(1, by="路透社"), asked(2, ANSWER), asked(3, HANDING_ON)) == [1, 3]


def test_of_a_room_that_talks_at_once_only_the_last_question_is_reported():
    assert lines(asked(1), asked(2), asked(3)) == [3]
    assert lines(asked(1), asked(2), asked(3, ANSWER)) == []


@pytest.mark.parametrize("thanks", ["Thank you, Mr. President.", "谢谢！", "Merci beaucoup."])
def test_thanks_at_the_end_ask_for_no_answer(thanks):
    assert lines(asked(1, ANSWER), asked(2, question=thanks)) == []
    assert lines(asked(1, by="路透社", question=thanks), asked(2, ANSWER)) == [1]
    assert lines(asked(1, question=f"{thanks} Why?")) == [1]


def test_file_of_statements_is_reported_once():
    said = ParsedExchange("statement", "", "", "", (ANSWER,), 4)
    assert [(p.line, p.code) for p in nobody_asks([said, said])] == [(4, "no_questions")]
    assert list(nobody_asks([said, asked(5, ANSWER)])) == []
    assert list(nobody_asks([])) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们有信心。我们有信心。我们有信心。好。", [("我们有信心。", 3)]),
        ("谢谢。谢谢。", []),
        ("Thank you. Thank you.", []),
    ],
)
def test_sentence_that_comes_again_at_once_is_reported(text, found):
    turn = Turn("answer", "毛宁", (Paragraph(text, 1),), 1)
    told = [(p.params["sentence"], p.params["count"]) for p in repeated_sentences([turn])]
    assert told == found


@pytest.mark.parametrize(("label", "codes"), [("答", ["answer_without_question"]), ("王毅", [])])
def test_file_that_begins_with_an_answer_may_lack_its_start(label, codes):
    first = ParsedExchange(
        "statement", "", "", "", (ParsedAnswer("", "speaker", "好。", 1, label),), 1
    )
    assert [problem.code for problem in unasked([first, asked(2, ANSWER)])] == codes
