import pytest

from archive.parsing.attribution.roles import assign_roles
from archive.parsing.records import Paragraph, Turn


def make_turns(*said, kind="speech"):
    return [
        Turn(kind, label, (Paragraph(words, line),), line)
        for line, (label, words) in enumerate(said, 1)
    ]


def kinds(title, *said):
    turns, _ = assign_roles(make_turns(*said), title)
    return [turn.kind for turn in turns]


LONG = "我們做了很多事情。" * 20


@pytest.mark.parametrize(
    "label", ["提問者", "記者", "自由時報記者", "问", "Interviewer", "QUESTION"]
)
def test_label_of_an_asker_is_believed(label):
    assert kinds("會議", (label, "好。"), ("唐鳳", "是。")) == ["question", "answer"]


@pytest.mark.parametrize("label", ["主持人", "MODERATOR", "司儀"])
def test_label_of_a_moderator_is_believed(label):
    assert kinds("會議", (label, "請。"), ("提問者", "好？"), ("唐鳳", "是。"))[0] == "moderator"


def test_interviewer_asks_the_one_who_says_most():
    said = [("唐鳳", LONG), ("彭蕙仙", "為什麼？")] * 3
    assert kinds("彭蕙仙採訪", *said) == ["answer", "question"] * 3


def test_guess_is_reported_with_the_names():
    _, problems = assign_roles(make_turns(("唐鳳", LONG), ("彭蕙仙", "為什麼？")), "採訪")
    assert [(p.code, p.line, p.params) for p in problems] == [
        ("askers_guessed", 2, {"labels": "彭蕙仙"})
    ]


def test_who_calls_up_the_next_speaker_moderates():
    said = []
    for name in ("NICK TIMIRAOS", "COLBY SMITH", "RACHEL SIEGEL"):
        said += [("MICHELLE SMITH", f"Thank you. Let’s go to {name.split()[0].title()}.")]
        said += [(name, "What about rates?"), ("CHAIR POWELL", "So we decided. " * 30)]
    found = kinds("FOMCpresconf20250319", *said)
    assert found == ["moderator", "question", "answer"] * 3


@pytest.mark.parametrize("letters", ["ABC", "PRS"])
def test_letters_that_hide_names_are_no_words_for_asking_and_answering(letters):
    one, two, three = letters
    said = [(one, "為什麼？"), (three, LONG), (two, "何時？"), (three, LONG)] * 2
    assert kinds("採訪", *said) == ["question", "answer"] * 4


def test_one_who_says_q_asks_one_who_says_a():
    assert kinds("會議", ("Q", "好。"), ("A", "是。")) == ["question", "answer"]


def test_meeting_without_askers_stays_statements():
    said = [("張三", LONG), ("李四", "同意。"), ("王五", LONG), ("張三", "好嗎？")]
    assert kinds("第三次工作會議", *said) == ["answer"] * 4


def test_marked_kinds_are_not_changed():
    turns = make_turns(("张三", "好。"), kind="question") + make_turns(
        ("李四", "好。"), kind="answer"
    )
    assert assign_roles(turns, "")[0] == turns
