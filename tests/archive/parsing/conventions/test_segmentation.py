"""Cutting a document at its marks loses nothing, whatever the convention and the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.conventions import CONVENTIONS, with_asides
from archive.parsing.conventions.base import Mark
from archive.parsing.conventions.segmentation import cut
from archive.parsing.records import Paragraph
from tests.archive.parsing.conventions.marks import check_order

FRAGMENTS = [
    *(
        "记者",
        "：",
        ":",
        "《",
        "》",
        "王毅",
        "路透社",
        "问：",
        "答：",
        "有记者问：",
        "[路透社记者]",
        "[王毅]",
    ),
    *(
        "唐鳳：",
        "提問者：",
        "记：",
        "涂：",
        "主持人：",
        "（笑）",
        "图为现场。",
        "。",
        "？",
        "，",
        " ",
        "好",
    ),
    *("Q  ", "Q. ", "Q: ", "MS. PSAKI:  ", "THE PRESIDENT. ", "QUESTION: ", "Question:  ", "Haiti"),
    *(
        "Spokesman:  ",
        "<NAME>CHAIR POWELL</NAME>. ",
        "Speaker 1: (17:54)",
        "(Laughter.)",
        "HOUSING",
    ),
    *("PREGUNTA: ", "QUESTION – ", "（問）", "（大臣）", "기자: ", "[1.] ", "END", "I said yes. "),
]
lines = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), min_size=1, max_size=6)
texts = lines.map(lambda parts: " ".join("".join(parts).split())).filter(bool)
paragraphs = st.lists(st.tuples(texts, st.booleans()), max_size=8).map(
    lambda made: [Paragraph(text, line, bold) for line, (text, bold) in enumerate(made, 1)]
)


def words(*texts):
    return "".join("".join(texts).split())


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda one: one.name)
@given(paragraphs=paragraphs)
def test_heading_markers_and_turns_are_the_whole_document(convention, paragraphs):
    marks = list(convention.find(paragraphs))
    check_order(marks)
    reading = cut(paragraphs, with_asides(paragraphs, marks))
    kept = [p.text for p in reading.heading]
    for turn in reading.turns:
        kept += [turn.marker, *(p.text for p in turn.paragraphs)]
    assert words(*kept) == words(*(p.text for p in paragraphs))


def test_marker_without_words_stays_text_and_is_reported():
    paragraphs = [Paragraph("问：好？", 1), Paragraph("答：", 2), Paragraph("问：啊？", 3)]
    marks = [Mark(0, 0, 2, "question"), Mark(1, 0, 2, "answer"), Mark(2, 0, 2, "question")]
    reading = cut(paragraphs, marks)
    assert [p.text for p in reading.turns[0].paragraphs] == ["好？", "答："]
    assert [(p.code, p.line) for p in reading.problems] == [("empty_turn", 2)]


def test_turn_knows_its_line_and_its_marker():
    reading = cut(
        [Paragraph("标题", 1), Paragraph("路透社记者： 好？", 4)], [Mark(1, 0, 6, "question", "x")]
    )
    turn = reading.turns[0]
    assert (turn.line, turn.marker, turn.paragraphs[0].text) == (4, "路透社记者：", "好？")


def test_marks_that_overlap_are_a_mistake_of_the_convention():
    with pytest.raises(ValueError, match="overlap"):
        check_order([Mark(0, 0, 5, "question"), Mark(0, 3, 6, "answer")])
