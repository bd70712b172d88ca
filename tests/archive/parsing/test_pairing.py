import pytest

from archive.parsing.attribution.identities import Person
from archive.parsing.pairing import exchanges
from archive.parsing.records import Paragraph, Turn

PEOPLE = {"王毅": Person("王毅", ""), "MR. KIRBY": Person("John Kirby", "")}


def make_turns(*said):
    return [
        Turn(kind, label, (Paragraph(words, line),), line, f"{label}：" if label else "")
        for line, (kind, label, words) in enumerate(said, 1)
    ]


def paired(*said):
    return exchanges(make_turns(*said), PEOPLE)


Q, A = ("question", "路透社记者", "为什么？"), ("answer", "王毅", "因为。")


def test_question_takes_all_answers_up_to_the_next():
    told = paired(Q, A, ("answer", "李四", "补充。"), ("question", "新华社记者", "啊？"), A)
    assert [len(one.answers) for one in told] == [2, 1]
    assert [answer.speaker for answer in told[0].answers] == ["王毅", ""]


def test_several_questions_by_one_reporter_are_one_exchange():
    (told,) = paired(Q, ("question", "路透社记者", "还有呢？"), A)
    assert (told.question, told.asked_by) == ("为什么？\n还有呢？", "路透社")


def test_questions_of_nobody_in_particular_stay_apart():
    told = paired(
        ("question", "Q", "Why?"), ("question", "Q", "And?"), ("answer", "MR. KIRBY", "So.")
    )
    assert [one.question for one in told] == ["Why?", "And?"]


def test_second_question_of_the_same_outlet_follows_up():
    told = paired(Q, A, Q, A, ("question", "新华社记者", "啊？"), A)
    assert [one.follows for one in told] == [None, 0, None]


def test_same_number_is_the_same_asker():
    first, second = ("question", "Speaker 1", "Why?"), ("question", "Speaker 2", "Why?")
    told = paired(first, A, first, A, second, A)
    assert [one.follows for one in told] == [None, 0, None]
    assert [one.question for one in paired(first, first, second, A)] == ["Why?\nWhy?", "Why?"]


@pytest.mark.parametrize("label", ["Q", "QUESTION", "记者", "问"])
def test_label_that_all_share_links_nothing(label):
    told = paired(("question", label, "Why?"), A, ("question", label, "How?"), A)
    assert [one.follows for one in told] == [None, None]


def test_asker_who_is_called_up_again_does_not_follow_up():
    told = paired(Q, A, ("moderator", "主持人", "请路透社。"), Q, A)
    assert [one.follows for one in told] == [None, None]


def test_words_of_a_follow_up_are_understood():
    told = paired(("question", "Q", "Why?"), A, ("question", "Q", "Just to follow up: how?"), A)
    assert told[1].follows == 0


def test_statements_stand_alone_before_the_first_question():
    told = paired(A, ("answer", "李四", "大家好。"), ("moderator", "主持人", "请提问。"), Q, A)
    assert [one.kind for one in told] == ["statement"] * 3 + ["question"]
    assert told[2].answers[0].role == "moderator"


def test_who_speaks_on_gives_one_answer():
    ((answer,),) = [one.answers for one in paired(Q, A, ("answer", "王毅", "再说。"))]
    assert (answer.text, answer.marker) == ("因为。\n再说。", "王毅：\n王毅：")


def test_note_between_two_parts_keeps_its_place():
    turns = make_turns(Q, A, ("note", "", "（笑）"), ("answer", "王毅", "再说。"))
    (told,) = exchanges(turns, PEOPLE)
    assert [answer.role for answer in told.answers] == ["speaker", "note", "speaker"]


def test_topic_belongs_to_the_question_under_it():
    told = paired(Q, A, ("topic", "", "经济"), ("question", "新华社记者", "啊？"), A)
    assert [one.topic for one in told] == ["", "经济"]


def test_words_under_a_topic_are_a_statement_of_their_own():
    told = paired(("topic", "", "Haiti"), A, ("topic", "", "Sudan"), A, Q, A)
    assert [(one.kind, one.topic) for one in told] == [
        *(("statement", "Haiti"), ("statement", "Sudan")),
        ("question", ""),
    ]


def test_topic_with_nothing_under_it_is_kept_as_a_note():
    (told,) = paired(Q, A, ("topic", "", "经济"))
    assert [(answer.role, answer.text) for answer in told.answers[1:]] == [("note", "经济")]


def test_printed_label_stays_beside_the_person():
    (told,) = paired(("question", "Q", "Why?"), ("answer", "MR. KIRBY", "So."))
    assert (told.answers[0].speaker, told.answers[0].label) == ("John Kirby", "MR. KIRBY")


def test_reporter_keeps_the_outlet_that_was_said_once():
    first = ("question", "HOWARD SCHNEIDER", "Howard Schneider with Reuters. Why?")
    other = ("question", "NICK TIMIRAOS", "Why?")
    told = paired(first, A, other, A, ("question", "HOWARD SCHNEIDER", "And?"), A)
    assert [one.asked_by for one in told] == ["Reuters", "", "Reuters"]


def test_reporter_by_surname_is_who_asked_before():
    first = ("question", "Marvin L. Arrowsmith, Associated Press", "Why?")
    told = paired(first, A, ("question", "Mr. Arrowsmith", "I think so."), A)
    assert (told[1].reporter, told[1].asked_by) == ("Marvin L. Arrowsmith", "Associated Press")
    assert told[1].follows == 0
