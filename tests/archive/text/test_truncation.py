"""A text cut to a length."""

import pytest

from archive.text.truncation import truncate, truncate_line


@pytest.mark.parametrize(
    ("text", "short"), [("", ""), ("一二三四", "一二三四"), ("一二三四五", "一二三…")]
)
def test_no_more_is_kept_than_asked_for(text, short):
    assert truncate(text, 4) == short


def test_a_line_has_no_breaks():
    assert truncate_line(" 一\n 二  三四五", 4) == "一 二…"
