"""What each kind of correction does, and where it finds its place."""

import json

import pytest

from archive.parsing.corrections.turn_corrections import (
    TranscriptCorrection,
    apply_each,
    correct,
    placed,
)
from archive.parsing.records import Paragraph, Turn
from tests.archive.parsing.corrections.corrected import (
    ANSWER,
    BRIEFING,
    CONTACT,
    LAST,
    QUESTION,
    SECOND,
    at,
    shape,
    understood,
)


def test_words_are_put_right():
    found = understood(at(*ANSWER, "words", text="南海局势持续 稳定。"))
    assert shape(found)[0][1] == ("毛宁", "南海局势持续 稳定。\n我要强调的是：团结最重要。")
    assert found.fits == (True,)


def test_a_paragraph_is_taken_out_and_a_turn_without_words_is_none():
    assert "谢谢" not in str(shape(understood(at(*LAST, "words", text=" "))))
    (first,) = shape(understood(at(*SECOND, "words", text="")))
    assert [who for who, _words in first] == ["路透社", "毛宁"]


def test_a_turn_is_split_and_its_printed_label_becomes_the_marker():
    found = understood(
        at(*ANSWER, "words", text="南海局势总体稳定。\n法新社记者：什么时候？"),
        at(5, "法新社记者：什么时候？", "split", kind="question", label="法新社"),
    )
    assert shape(found)[1][0] == ("法新社", "什么时候？\n我要强调的是：团结最重要。")
    assert found.parsed.exchanges[1].marker == "法新社记者："


def test_a_label_alone_above_the_words_is_the_marker():
    found = understood(
        at(*ANSWER, "words", text="稳定。\n法新社记者"),
        at(5, "法新社记者", "split", kind="question", label="法新社"),
    )
    assert found.parsed.exchanges[1].question == "我要强调的是：团结最重要。"


def test_a_question_that_was_split_off_stands_alone_though_the_same_outlet_asks():
    found = understood(
        at(*QUESTION, "words", text="第一问？\n第二问？"),
        at(3, "第二问？", "split", kind="question", label="路透社"),
        at(3, "第二问？", "asker", outlet="", asked_by="路透社", reporter=""),
    )
    assert [one[0][1] for one in shape(found)][:2] == ["第一问？", "第二问？"]
    assert found.parsed.exchanges[1].follows == 0


def test_words_taken_for_a_marker_are_words_again_when_turns_are_joined():
    text = BRIEFING.replace("我要强调的是：", "王毅：")
    found = understood(at(7, "团结最重要。", "join"), text=text)
    assert shape(found)[0][1] == ("毛宁", "南海局势总体稳定。\n王毅：团结最重要。")


def test_turns_of_one_speaker_are_joined_without_the_marker_between():
    text = BRIEFING.replace("我要强调的是：", "毛宁：")
    found = understood(at(7, "团结最重要。", "join"), text=text)
    assert [turn.kind for turn in found.turns] == ["question", "answer", "question", "answer"]
    assert shape(found)[0][1] == ("毛宁", "南海局势总体稳定。\n团结最重要。")


def test_nothing_stands_before_the_first_turn_to_join_it_to():
    assert understood(at(*QUESTION, "join")).fits == (False,)


def test_a_turn_becomes_what_an_editor_says_and_pairing_follows():
    found = understood(at(*SECOND, "kind", kind="answer"))
    assert len(found.parsed.exchanges) == 1
    found = understood(at(*SECOND, "kind", kind="note"))
    assert [a.role for a in found.parsed.exchanges[0].answers] == ["speaker", "note", "speaker"]
    found = understood(at(*SECOND, "kind", kind="moderator"))
    assert found.parsed.exchanges[0].answers[1].role == "moderator"


def test_a_topic_keeps_what_was_taken_for_its_speaker():
    found = understood(at(*SECOND, "kind", kind="topic"))
    assert found.parsed.exchanges[1].topic == "新华社记者：请介绍中欧峰会的安排。"


def test_who_asked_is_as_an_editor_says_and_nothing_is_guessed():
    chosen = at(*QUESTION, "asker", outlet="afp", asked_by="路透", reporter="")
    one = understood(chosen, text=BRIEFING.replace("中方对", "我是法新社的张三。中方对"))
    (asked, *_) = one.parsed.exchanges
    assert (asked.asked_by, asked.reporter, asked.outlet_slug) == ("路透", "", "afp")


def test_who_answered_is_one_turn_or_all_with_the_label():
    turn = understood(at(*ANSWER, "speaker", name="毛宁宁", scope="turn"))
    assert [one[1][0] for one in shape(turn)] == ["毛宁宁", "毛宁"]
    both = understood(at(None, "", "speaker", name="林剑", scope="label", label="毛宁"))
    assert [one[1][0] for one in shape(both)] == ["林剑", "林剑"]
    assert [one.name for one in both.parsed.speakers] == ["林剑"]


def test_an_office_is_that_of_somebody_who_speaks():
    spoken = at(None, "", "office", name="毛宁", role="外交部新闻司司长")
    other = at(None, "", "office", name="王毅", role="部长")
    found = understood(spoken, other)
    assert [(one.name, one.role) for one in found.parsed.speakers] == [("毛宁", "外交部新闻司司长")]
    assert found.fits == (True, False)


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("title", "例行记者会", True),
        ("title", "", False),
        ("venue", "蓝厅", True),
        ("lead", "", True),
        ("date", "2020-05-25", True),
        ("date", "下周", False),
        ("language", "zh-Hant", True),
        ("slug", "a", False),
        ("recording_url", "https://example.org/1", True),
        ("recording_url", "", True),
        ("recording_url", "javascript:alert(1)", False),
        ("recording_url", "ftp://example.org/1", False),
    ],
)
def test_what_is_said_of_the_conference_is_put_right(field, value, fits):
    found = understood(TranscriptCorrection("about", None, "", {"field": field, "value": value}))
    assert found.fits == (fits,)
    if fits:
        assert str(getattr(found.parsed, field)) == value


def test_a_date_that_is_put_right_is_no_problem_any_more():
    text = BRIEFING.replace("2020年5月24日", "")
    given = TranscriptCorrection("about", None, "", {"field": "date", "value": "2020-05-24"})
    assert "no_date" in [problem.code for problem in understood(text=text).parsed.problems]
    assert "no_date" not in [p.code for p in understood(given, text=text).parsed.problems]


def test_a_question_nobody_answers_is_no_problem_once_it_is_none():
    text = BRIEFING.split("毛宁：中欧", maxsplit=1)[0]
    codes = [p.code for p in understood(text=text).parsed.problems]
    assert codes == ["question_without_answer"]
    found = understood(at(*SECOND, "kind", kind="answer"), text=text)
    assert found.parsed.problems == ()


INTERVIEW = """访谈

张三：您怎么看？

李四：我看很好，一切都在向前走，这是大家努力的结果。

张三：为什么？

李四：因为大家努力，而且还会继续努力下去。
"""


def test_a_guess_of_who_asks_is_settled_by_an_editor():
    assert [p.code for p in understood(text=INTERVIEW).parsed.problems][-1:] == ["askers_guessed"]
    said = at(3, "您怎么看？", "kind", kind="question", scope="label")
    assert "askers_guessed" not in [
        p.code for p in understood(said, text=INTERVIEW).parsed.problems
    ]


def test_exchanges_and_answers_know_their_turns():
    found = understood()
    assert [one.turns for one in found.parsed.exchanges] == [(0,), (2,)]
    assert [one.answers[0].turns for one in found.parsed.exchanges] == [(1,), (3,)]


# Finding the place again.


def test_the_same_text_is_found_at_the_nearest_line():
    text = BRIEFING + "\n新华社记者：还有吗？\n\n毛宁：没有。\n\n谢谢。\n"
    found = understood(at(18, "谢谢。", "words", text="再见。"), text=text)
    assert [one[1][1][-3:] for one in shape(found)] == ["最重要。"[-3:], "谢谢。", "再见。"]


def test_of_equal_paragraphs_on_one_line_the_one_that_is_meant_is_found():
    thanks = tuple(Turn("answer", name, (Paragraph("谢谢。", 1),), 1) for name in "甲乙丙")
    made = [at(1, "谢谢。", "words", text="再见。")]
    assert placed(thanks, 0, made) == made
    corrected = correct(thanks, placed(thanks, 2, made)).turns
    assert [turn.text for turn in corrected] == ["谢谢。", "谢谢。", "再见。"]


def test_a_text_that_was_touched_up_is_found_by_likeness_near_its_line():
    text = BRIEFING.replace("保持沟通", "保持密切沟通")
    assert understood(at(*CONTACT, "words", text="好。"), text=text).fits == (True,)


def test_a_text_that_is_gone_is_not_found():
    found = understood(at(11, "今天天气很好，大家辛苦了。", "words", text="好。"))
    assert found.fits == (False,)
    assert shape(found) == shape(understood())


def test_white_space_and_script_do_not_count():
    turns = understood().turns
    one = TranscriptCorrection("words", 5, "南海 局勢 總體 穩定。", {"text": ""})
    (step,) = apply_each(turns, [one])
    assert step.paragraph == Paragraph("南海局势总体稳定。", 5)


def test_a_correction_of_an_export_keeps_what_it_tells_of_the_rest():
    told = {
        "dawen": 1,
        "date": "2020-05-24",
        "title": "记者会",
        "speakers": [{"name": "王毅", "role": "外长"}],
        "exchanges": [
            {"kind": "statement", "topic": "开场", "answers": [answer("大家好。")]},
            {"kind": "statement", "answers": [answer("我先说几句。")]},
            asked("路透社", "一？"),
            asked("路透社", "二？", follows=2),
        ],
    }
    export = json.dumps(told)
    before = understood(text=export, name="a.json")
    after = understood(
        at(3, "我先说几句。", "words", text="我说几句。"), text=export, name="a.json"
    )
    assert shape(after)[1] == [("", ""), ("王毅", "我说几句。")]
    changed = [a == b for a, b in zip(after.parsed.exchanges, before.parsed.exchanges, strict=True)]
    assert changed == [True, False, True, True]
    assert after.parsed.speakers == before.parsed.speakers
    question = understood(at(4, "一？", "kind", kind="answer"), text=export, name="a.json")
    assert len(question.parsed.exchanges) == 3
    assert question.parsed.exchanges[2].follows is None


def answer(text):
    return {"speaker": "王毅", "role": "speaker", "text": text}


def asked(outlet, question, **more):
    answers = [answer("好。")]
    return {
        "kind": "question",
        "asked_by": outlet,
        "question": question,
        "answers": answers,
        **more,
    }


def test_a_marked_up_document_takes_corrections():
    xml = """<akomaNtoso><debate><meta><references><TLCPerson id="a" showAs="唐鳳"/>
      </references></meta><debateBody><debateSection><heading>訪談</heading>
      <speech by="#a"><from>唐鳳</from><p>大家好。</p><p>開始吧？</p></speech>
      </debateSection></debateBody></debate></akomaNtoso>"""
    turns = understood(text=xml, name="a.xml").turns
    second = turns[0].paragraphs[1]
    split = at(second.line, second.text, "split", kind="question", label="")
    found = understood(split, text=xml, name="a.xml")
    assert [turn.kind for turn in found.turns] == ["answer", "question"]


# Whatever the corrections.
