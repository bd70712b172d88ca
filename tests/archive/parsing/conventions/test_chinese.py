"""The Chinese layouts beside `路透社记者：`, each in a few lines."""

import pytest

from archive.parsing.conventions import CONVENTIONS, MOST_PARAGRAPHS, choose_convention, read_turns
from archive.parsing.records import Paragraph, TranscriptError


def make_paragraphs(*texts):
    return [
        Paragraph(text.lstrip("@"), line, text[:1] == "@") for line, text in enumerate(texts, 1)
    ]


def turns(*texts):
    return [(turn.kind, turn.label) for turn in read_turns(make_paragraphs(*texts))[1].turns]


def convention(*texts):
    return read_turns(make_paragraphs(*texts))[0]


QA = [("question", "问"), ("answer", "答")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("问：怎么看？", "答：好。"),
        ("1.问：怎么看？", "答：好。"),
        ("（一）问：怎么看？", "答：好。"),
        ("一、问：怎么看？", "答：好。"),
        ("【问】怎么看？", "【答】好。"),
        ("问1：怎么看？", "答1：好。"),
        ("问）怎么看？", "答）好。"),
    ],
)
def test_question_and_answer_by_one_word(question, answer):
    assert turns("标题", question, answer) == QA
    assert convention("标题", question, answer) == "question-answer"


def test_question_by_one_word_and_answer_by_name():
    texts = ["问：怎么看？", "毛宁：好。", "问：还有呢？", "毛宁：没有。"]
    assert turns(*texts) == [("question", "问"), ("answer", "毛宁")] * 2


def test_clause_after_an_answer_is_no_speaker():
    assert turns("问：怎么看？", "答：三点。", "第一点：好。", "建议如下：好。") == QA


@pytest.mark.parametrize("mark", ["[{}]", "【{}】", "［{}］：", "[{}]:"])
def test_names_in_brackets(mark):
    ask, say = mark.format("路透社记者"), mark.format("胡凯红")
    texts = [f"{ask}怎么看？", f"{say}好。", "[掌声]", ask, "还有呢？", say, "没有。"]
    spoken = [("question", "路透社记者"), ("speech", "胡凯红")]
    assert turns(*texts) == [*spoken, ("note", ""), *spoken]


def test_everybody_by_one_character():
    texts = ["涂子方答问", "记：怎么看？", "涂：好。", "记：还有呢？", "涂：没有。", "图：会场"]
    assert turns(*texts) == [*[("question", "记"), ("answer", "涂")] * 2, ("note", "")]
    assert convention(*texts) == "one-character"


def test_question_told_inside_a_sentence():
    texts = ["在外交部例行记者会上，有记者问：怎么看？", "耿爽：好。", "再说一句。"]
    name, reading = read_turns(make_paragraphs(*texts))
    assert name == "spoken-question"
    assert [p.text for p in reading.heading] == ["在外交部例行记者会上，"]
    assert [(t.kind, t.label, t.marker) for t in reading.turns] == [
        ("question", "", "有记者问："),
        ("answer", "耿爽", "耿爽："),
    ]


@pytest.mark.parametrize("said", ["耿爽表示，好。", "对此，外交部发言人耿爽回应称，好。"])
def test_answer_told_inside_a_sentence_keeps_its_words(said):
    _, reading = read_turns(make_paragraphs("会上，路透社记者提问：怎么看？", said))
    assert [(t.kind, t.label) for t in reading.turns] == [
        ("question", "路透社"),
        ("answer", "耿爽"),
    ]
    assert reading.turns[1].paragraphs[0].text == said


def test_conference_without_line_breaks():
    text = (
        "毛宁主持例行记者会。法新社记者：怎么看？毛宁：三点：一是好。二是更好。"
        "《环球时报》记者：“真的？”毛宁：是。问：还有呢？答：没有。"
    )
    assert turns(text) == [
        ("question", "法新社记者"),
        ("answer", "毛宁"),
        ("question", "《环球时报》记者"),
        ("answer", "毛宁"),
        ("question", "问"),
        ("answer", "答"),
    ]
    assert convention(text) == "running-text"


def test_words_about_reporters_inside_a_text_ask_nothing():
    text = "毛宁主持例行记者会。法新社记者：怎么看？毛宁：我告诉各位记者：没有。"
    text += "法新社记者：哦？毛宁：是。"
    assert len(turns(text)) == 4


def test_everybody_by_name():
    texts = [
        "提問者：怎麼看？",
        "唐鳳：好。",
        "首先：一。",
        "Trisha de Borchgrave：Why?",
        "唐鳳：是。",
    ]
    texts += ["Trisha de Borchgrave：Why?", "諮委2：是。", "諮委2：好。", "提問者：哦？"]
    told = [label for _, label in turns(*texts)]
    assert told == [
        *("提問者", "唐鳳", "Trisha de Borchgrave", "唐鳳", "Trisha de Borchgrave"),
        *("諮委2", "諮委2", "提問者"),
    ]


def test_address_in_brackets_is_no_speaker():
    texts = [
        "提問者：怎麼看？",
        "（網站：https://example.org ）",
        "唐鳳：好。",
        "（網站：http://x.org ）",
    ]
    assert {label for _, label in turns(*texts * 2)} == {"提問者", "唐鳳", ""}


def test_bold_type_asks_where_nothing_else_does():
    texts = ["@中方怎么看？", "好。", "更好。", "@还有呢？", "没有。"]
    _, reading = read_turns(make_paragraphs(*texts))
    assert [(t.kind, len(t.paragraphs)) for t in reading.turns] == [
        *(("question", 1), ("answer", 2)),
        *(("question", 1), ("answer", 1)),
    ]


def test_bold_headings_ask_nothing():
    with pytest.raises(TranscriptError):
        turns("@一、关于中美关系", "好。", "@二、关于台湾", "中方怎么看？好。")


def test_file_may_mix_conventions():
    texts = [
        "新华社记者：怎么看？",
        "毛宁：好。",
        "问：还有呢？",
        "答：没有。",
        "路透社记者：啊？",
        "毛宁：是。",
    ]
    assert [kind for kind, _ in turns(*texts)] == ["question", "answer"] * 3
    assert convention(*texts) == "reporter-label+question-answer"


@pytest.mark.parametrize(
    "note",
    [
        "（笑）",
        "[掌声]",
        "图为记者会现场。",
        "（原标题：外交部答问）",
        "责任编辑：张三",
        "* * *",
        "新华社记者 李四 摄",
    ],
)
def test_what_nobody_says_is_a_note_and_the_speaker_goes_on(note):
    _, reading = read_turns(make_paragraphs("问：怎么看？", "答：好。", note, "更好。"))
    kinds = [(turn.kind, turn.label, turn.continues) for turn in reading.turns]
    assert kinds[1:] == [("answer", "答", False), ("note", "", False), ("answer", "答", True)]


def test_short_line_right_above_a_question_is_its_topic():
    texts = [
        "记者：怎么看？",
        "华春莹：好。",
        "外交部：赞赏西班牙",
        "记者：还有呢？",
        "华春莹：没有。",
    ]
    assert ("topic", "") in turns(*texts)


MORE = ("记者：怎么看？", "华春莹：好。", "台湾问题", "记者：还有呢？", "华春莹：没有。")


@pytest.mark.parametrize("above", ["2020年5月24日", "（2020年5月24日 蓝厅）"])
def test_line_above_the_first_turn_is_a_topic_in_a_file_that_has_others(above):
    assert turns("外交部例行记者会", above, "中美关系", *MORE)[0] == ("topic", "")


@pytest.mark.parametrize("line", ["冒頭発言", "<모두 발언>", "开场白", "Opening remarks"])
def test_line_that_announces_the_opening_is_a_topic(line):
    assert turns("外交部例行记者会", line, *MORE[:2])[0] == ("topic", "")


@pytest.mark.parametrize(
    "heading",
    [
        ("中美关系",),
        ("外交部例行记者会", "中美关系"),
        ("外交部例行记者会", "2020年5月24日"),
        ("外交部例行记者会", "坚定维护和平", "2020年5月24日"),
        ("外交部例行记者会", "2020年5月24日", "新闻司主持。"),
    ],
)
def test_title_headline_and_date_are_no_topics(heading):
    assert turns(*heading, *MORE)[0] == ("question", "记者")


def test_line_above_the_first_turn_of_a_file_without_topics_stays_in_the_heading():
    assert turns("外交部例行记者会", "2020年5月24日", "坚定维护和平", *MORE[:2])[0][0] == "question"


@pytest.mark.parametrize("line", ["谢谢大家", "这是我的回答。", "在不", "第一，"])
def test_last_line_of_an_answer_is_no_topic(line):
    assert ("topic", "") not in turns(
        "记者：怎么看？", "华春莹：好。", line, "记者：啊？", "华春莹：是。"
    )


def test_convention_can_be_asked_for_by_name():
    texts = make_paragraphs("新华社记者：怎么看？", "毛宁：好。", "问：还有呢？", "答：没有。")
    assert choose_convention(texts, "named-speakers")[1] == ["named-speakers"]


@pytest.mark.parametrize(
    ("code", "line", "texts"),
    [
        ("too_many_paragraphs", MOST_PARAGRAPHS + 1, ["好。"] * (MOST_PARAGRAPHS + 1)),
        ("too_many_turns", 25_001, ["问：好？答：好。"] * 25_001),
    ],
)
def test_heap_of_conferences_is_refused_at_the_line_that_is_too_much(code, line, texts):
    with pytest.raises(TranscriptError) as caught:
        read_turns(make_paragraphs(*texts))
    assert (caught.value.problem.code, caught.value.problem.line) == (code, line)


def test_unknown_convention_is_named_with_those_there_are():
    with pytest.raises(TranscriptError, match=r"no convention called x.*reporter-label"):
        choose_convention(make_paragraphs("问：好？"), "x")


def test_every_convention_has_a_name_of_its_own():
    names = [convention.name for convention in CONVENTIONS]
    assert len(names) == len(set(names))
