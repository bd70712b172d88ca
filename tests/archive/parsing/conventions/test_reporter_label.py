import pytest

from archive.parsing.conventions import read_turns
from archive.parsing.conventions.reporter_label import find
from archive.parsing.conventions.segmentation import cut
from archive.parsing.records import Paragraph, TranscriptError


def make_paragraphs(*texts):
    return [Paragraph(text, number) for number, text in enumerate(texts, 1)]


def read(paragraphs):
    return cut(paragraphs, find(paragraphs))


def labels(*texts):
    return [(turn.kind, turn.label) for turn in read(make_paragraphs(*texts)).turns]


@pytest.mark.parametrize(
    ("marker", "label"),
    [
        ("《路透社》记者：", "《路透社》记者"),
        ("路透社记者：", "路透社记者"),
        ("路透社记者:", "路透社记者"),
        ("路透社記者：", "路透社記者"),
        ("日本《读卖新闻》记者：", "日本《读卖新闻》记者"),
        ("《 路透 社 》 记者 ：", "《 路透 社 》 记者"),
        ("BBC 记者：", "BBC 记者"),
        ("法新社（AFP）记者：", "法新社（AFP）记者"),
        ("路透社记者张三：", "路透社记者张三"),
        ("路透社记者 张三：", "路透社记者 张三"),
        ("记者（路透社）：", "记者（路透社）"),
        ("路透社记者问：", "路透社记者"),
        ("记者：", "记者"),
    ],
)
def test_question_label_is_what_stands_before_the_colon(marker, label):
    turns = read(make_paragraphs(f"{marker}怎么看？", "王毅：好。")).turns
    assert (turns[0].kind, turns[0].label) == ("question", label)
    assert turns[0].paragraphs == (Paragraph("怎么看？", 1),)


@pytest.mark.parametrize(
    "clause",
    ["各位记者：", "王毅告诉记者：", "会后，路透社记者：", "路透社记者会：", "路透社记者手记："],
)
def test_clause_about_reporters_asks_nothing(clause):
    spoken = f"{clause}大家好。"
    assert labels("甲社记者：问？", "王毅：答。", spoken) == [
        ("question", "甲社记者"),
        ("answer", "王毅"),
    ]


@pytest.mark.parametrize(
    "label", ["王毅", "谢尔盖·拉夫罗夫", "Wang Yi", "外交部发言人 华春莹", "外交部发言人華春瑩"]
)
def test_answer_directly_after_a_question_needs_no_other_sign(label):
    assert labels("甲社记者：问？", f"{label}：答。")[1] == ("answer", label)


@pytest.mark.parametrize(
    "clause",
    [
        "专业性是指：科学为依据。",
        "中方持开放态度，这一进程应坚持专业性：好。",
        "建议有三点：第一。",
        "https://example.org 见此。",
        "Http://example.org 见此。",
        "这 样：不好。",
    ],
)
def test_clause_with_a_colon_is_no_speaker(clause):
    assert labels("甲社记者：问？", "王毅：答。", clause) == [
        ("question", "甲社记者"),
        ("answer", "王毅"),
    ]


def test_enumeration_that_comes_twice_is_no_speaker():
    texts = [
        "甲社记者：问？",
        "王毅：答。",
        "首先：一。",
        "乙社记者：问？",
        "王毅：答。",
        "首先：一。",
    ]
    assert ("answer", "首先") not in labels(*texts)


def test_only_the_first_colon_of_a_line_ends_a_label():
    turns = read(make_paragraphs("甲社记者：问？", "王毅：启示是：团结。")).turns
    assert turns[1].paragraphs[0].text == "启示是：团结。"


def test_second_speaker_is_known_by_coming_twice():
    texts = [
        "甲社记者：问？",
        "王毅：答。",
        "李明：补充。",
        "乙社记者：问？",
        "王毅：答。",
        "李明：是。",
    ]
    assert [label for _, label in labels(*texts)] == [
        "甲社记者",
        "王毅",
        "李明",
        "乙社记者",
        "王毅",
        "李明",
    ]


def test_second_speaker_is_known_from_the_heading():
    texts = ["王毅和李明答记者问", "甲社记者：问？", "王毅：答。", "李明：补充。"]
    assert labels(*texts)[-1] == ("answer", "李明")


def test_first_turn_may_be_a_statement():
    reading = read(make_paragraphs("标题", "来源：新华社", "王毅：大家好。", "甲社记者：问？"))
    assert [turn.kind for turn in reading.turns] == ["answer", "question"]
    assert [p.line for p in reading.heading] == [1, 2]


def test_label_alone_on_its_line_takes_the_next_paragraph():
    turns = read(make_paragraphs("甲社记者：", "问？", "王毅：", "答。", "再答。")).turns
    assert [(turn.line, [p.line for p in turn.paragraphs]) for turn in turns] == [
        (1, [2]),
        (3, [4, 5]),
    ]


def test_label_without_words_stays_as_text_and_is_reported():
    reading = read(make_paragraphs("甲社记者：问？", "王毅：答。", "乙社记者：", "王毅：答。"))
    assert reading.turns[1].paragraphs[-1] == Paragraph("乙社记者：", 3)
    assert [(p.code, p.line) for p in reading.problems] == [("empty_turn", 3)]


@pytest.mark.parametrize("texts", [[], ["正文。"], ["王毅：一。"], ["甲社记者："]])
def test_file_in_which_nobody_speaks_is_refused(texts):
    with pytest.raises(TranscriptError) as caught:
        read_turns(make_paragraphs(*texts))
    assert caught.value.problem.code == "no_speakers"
