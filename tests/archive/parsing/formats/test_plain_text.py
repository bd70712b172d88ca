import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.formats import read_document
from archive.parsing.records import Paragraph, TranscriptError
from tests.conftest import SEED

WRAPPED = """\
Aboard Air Force One\x20\x20
En Route Boston, Massachusetts

2:05 P.M. EST\x20\x20
\x20\x20\x20
MS. DALTON:\xa0 Good afternoon, everyone.\xa0 Thank you for joining us on the
way to Boston.\xa0 I have a few things at the top, and then we will go to
your questions, of which I am sure that there are many this afternoon.\xa0\x20
Q\xa0\xa0\xa0 Thank you.\xa0 I wanted to ask about the hostages and about what the
president said yesterday when he was asked about them by one of your
colleagues.\x20\x20
MS. DALTON:\xa0 What he said was that we are working on it around the clock,
and that is what we do.
"""


def read(text, filename="a.txt"):
    return read_document(text.encode(), filename).paragraphs


def texts(text, filename="a.txt"):
    return [paragraph.text for paragraph in read(text, filename)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_for_every_line_end(end):
    document = read_document(end.join(["标题", "", "　正文 ", ""]).encode(), "a.txt")
    assert document.paragraphs == (Paragraph("标题", 1), Paragraph("正文", 3))


def test_form_feed_and_line_separator_do_not_end_a_line():
    assert [p.line for p in read("一\f二\u2028三\x85四\n五")] == [1, 2]


def test_the_seed_reads_as_it_stands_but_for_marks_of_bold():
    lines = SEED.read_text(encoding="utf-8").splitlines()
    expected = [
        (line.replace("**", "").strip(), at) for at, line in enumerate(lines, 1) if line.strip()
    ]
    document = read_document(SEED.read_bytes(), "a.txt")
    assert [(p.text, p.line) for p in document.paragraphs] == expected


def test_wrapped_lines_are_joined_and_broken_ones_are_not():
    assert [(p.line, p.text[:24]) for p in read(WRAPPED)] == [
        (1, "Aboard Air Force One"),
        (2, "En Route Boston, Massach"),
        (4, "2:05 P.M. EST"),
        (6, "MS. DALTON:  Good aftern"),
        (9, "Q  Thank you. I wanted t"),
        (12, "MS. DALTON:  What he sai"),
    ]


def test_wrapped_chinese_is_joined_without_spaces():
    text = "中方的立场是一贯的、明确的，我们愿意同各方一道推动问题早日得到解决。" * 6
    wrapped = "\n".join(text[at : at + 36] for at in range(0, len(text), 36))
    assert texts(f"记者：\n\n{wrapped}") == ["记者：", text]


def test_chinese_with_a_paragraph_a_line_is_not_joined():
    lines = [
        "王毅：大家好！",
        "我们愿意回答各位的提问，请大家踊跃提问。",
        "现在开始。",
        "请。",
        "好的，谢谢。",
    ]
    assert texts("\n".join(lines * 5)) == lines * 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Q\xa0\xa0\xa0 Thank  you ", "Q  Thank you"),
        ("Q\tThank you", "Q  Thank you"),
        ("Q and  A", "Q and A"),
        ("**Q**    Thanks", "Q  Thanks"),
        ("MS. PSAKI:\xa0 Good\u3000evening", "MS. PSAKI:  Good evening"),
        ("外交部发言人  华春莹：", "外交部发言人 华春莹："),
        ("\u200bＱ　问：　好\ufeff", "Ｑ 问： 好"),
    ],
)
def test_white_space_is_one_space_but_behind_who_speaks(text, expected):
    assert texts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected", "bold"),
    [
        ("《**路透社**》记者：好", "《路透社》记者：好", False),
        ("**问：****内容**", "问：内容", True),
        ("**问：**内容", "问：内容", False),
        ("**问： **内容", "问： 内容", False),
        ("***都是***", "都是", True),
        ("__都是__", "都是", True),
        ("<strong>问：</strong><b>内容</b>", "问：内容", True),
        ("*Q    Okay. *", "Q  Okay.", False),
        ("*Via Phone*** **", "Via Phone", False),
        ("f*** you and s***", "f*** you and s***", False),
        ("f**k and s**t", "f**k and s**t", False),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name", False),
        ("**see below", "**see below", False),
        ("18 *[16] of 21", "18 *[16] of 21", False),
        ("* * *", "* * *", False),
        (r"\*\*\* \[Moderator\]", "*** [Moderator]", False),
        ("_____", "_____", False),
        ("AT&T &amp; &lt;b&gt; Q&A", "AT&T & <b> Q&A", False),
        ("<NAME>CHAIR POWELL</NAME>. Hi", "<NAME>CHAIR POWELL</NAME>. Hi", False),
        ("the <s>deputy</s> ~~old~~", "the deputy old", False),
        ("see [this](https://x.y/a_b_c)", "see this (https://x.y/a_b_c)", False),
        ("<https://x.y/_a_> [a@b.c](mailto:a@b.c)", "https://x.y/_a_ a@b.c", False),
        ("[路透社记者](问)", "[路透社记者](问)", False),
        ("1.问：好", "1.问：好", False),
        ("- 日期：2024-03-15", "- 日期：2024-03-15", False),
        (">> REPORTER: Hi", ">> REPORTER: Hi", False),
        ("> quoted", "quoted", False),
    ],
)
def test_marks_of_markdown_go_and_everything_else_stays(text, expected, bold):
    (paragraph,) = read(text)
    assert (paragraph.text, paragraph.bold) == (expected, bold)


def test_a_break_within_a_line_ends_a_paragraph():
    assert read("零\n\n一<br>二<br/>三\\\n四", "a.md")[1:] == (
        *(Paragraph("一", 3), Paragraph("二", 3), Paragraph("三", 3)),
        Paragraph("四", 4),
    )


def test_bold_may_reach_over_lines():
    assert [(p.text, p.bold) for p in read("**问：一\n二**\n三")] == [
        *(("问：一", True), ("二", True)),
        ("三", False),
    ]


def test_headings_say_their_level():
    found = [(p.text, p.heading) for p in read("# 一 #\n\n### 二\n正文\n\n三\n===\n\n#hashtag")]
    assert found == [("一", 1), ("二", 3), ("正文", 0), ("三", 1), ("#hashtag", 0)]


def test_a_rule_under_a_sentence_makes_no_heading():
    assert [(p.text, p.heading) for p in read("谢谢大家。\n---")] == [("谢谢大家。", 0), ("---", 0)]


def test_cells_of_a_table_are_paragraphs():
    assert texts("|问|答|\n|--|:-:|\n|一|二|") == ["问", "答", "一", "二"]


def test_control_characters_are_left_out_and_named():
    document = read_document(b"a\nb\x07c\x08", "a.txt")
    assert [p.text for p in document.paragraphs] == ["a", "bc"]
    (problem,) = document.problems
    assert (problem.code, problem.line, problem.params["count"]) == ("control_characters", 2, 2)


def test_more_lines_than_any_transcript_has_are_refused():
    with pytest.raises(TranscriptError, match="more than 300,000 lines"):
        read_document(b"a\n" * 300_001, "a.txt")


@given(st.text(alphabet="*_\\[]()<>&#|`~ \n问aQ:.", max_size=80))
def test_every_letter_of_any_markdown_stays(text):
    try:
        found = "".join(texts(f"x\n\n{text}"))
    except TranscriptError:
        return
    assert [found.count(char) for char in "问Q"] == [text.count(char) for char in "问Q"]


@given(st.lists(st.text(alphabet="中文问：a b。", max_size=40), max_size=40))
def test_nothing_but_white_space_is_lost(lines):
    text = "\n".join(["x", *lines])
    assert re.sub(r"\s", "", "".join(texts(text))) == re.sub(r"\s", "", text)


@pytest.mark.corpora
def test_every_question_of_the_white_house_begins_a_paragraph(corpora):
    for path in sorted((corpora / "wh-remarks-pressconf-md").iterdir()):
        content = path.read_bytes()
        asked = re.findall(r"(?m)^[*_\s\\]{0,6}Q[ \xa0]{2}", content.decode())
        found = read_document(content, path.name).paragraphs
        assert sum(p.text.startswith("Q  ") for p in found) == len(asked)
