import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.cleanup import close_gaps, join_broken, tidy
from archive.parsing.records import Paragraph


def make_paragraphs(*texts):
    return [Paragraph(text, number) for number, text in enumerate(texts, 1)]


def texts_of(paragraphs):
    return [paragraph.text for paragraph in paragraphs]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (("同普京总统多", "次通话。"), "同普京总统多次通话。"),
        (("面对危机，", "中欧之间。"), "面对危机，中欧之间。"),
        (("约有", "150个国家。"), "约有 150个国家。"),
        (("the two", "countries."), "the two countries."),
        (("甲", "乙", "丙。"), "甲乙丙。"),
        (("所谓“战狼外交”", "是什么？"), "所谓“战狼外交”是什么？"),
    ],
)
def test_broken_paragraphs_are_joined(broken, whole):
    assert join_broken(make_paragraphs(*broken)) == (Paragraph(whole, 1),)


@pytest.mark.parametrize(
    "first",
    ["完了。", "是吗？”", "（笑。）", "如下：", "第一；", "Done.", "等等……", "他说：“好。”』"],
)
def test_finished_paragraphs_stay_apart(first):
    assert texts_of(join_broken(make_paragraphs(first, "另一段。"))) == [first, "另一段。"]


def test_last_paragraph_may_break_off():
    assert texts_of(join_broken(make_paragraphs("完了。", "没完"))) == ["完了。", "没完"]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("中国在不 少国家", "中国在不少国家"),
        ("首先，　各国", "首先，各国"),
        ("他说 “好”", "他说“好”"),
        ("三国 GDP 占 20%", "三国 GDP 占 20%"),
        ("said “yes” twice", "said “yes” twice"),
        ("《 路透社 》", "《路透社》"),
    ],
)
def test_gaps_close_only_where_chinese_has_none(text, closed):
    assert close_gaps(text) == closed


def test_full_width_letters_are_kept():
    assert texts_of(tidy(make_paragraphs("Ｇ２０峰会。"))) == ["Ｇ２０峰会。"]


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool)))
def test_tidying_loses_only_white_space(texts):
    after = "".join(texts_of(tidy(make_paragraphs(*texts))))
    assert "".join(after.split()) == "".join("".join(texts).split())


@given(st.lists(st.text("甲a， 。”\u3000", min_size=1).map(str.strip).filter(bool)))
def test_tidying_twice_changes_nothing_more(texts):
    once = tidy(make_paragraphs(*texts))
    assert tidy(once) == once
