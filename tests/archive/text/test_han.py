"""One definition of a Han character."""

import re

import pytest

from archive.citations import Name
from archive.text.chinese_scripts import language_of
from archive.text.han import HAN


@pytest.mark.parametrize("letter", "中々〇㐀\U00020000\uf900")
def test_han_characters(letter):
    assert re.fullmatch(f"[{HAN}]", letter)
    assert Name(letter).is_han
    assert language_of(letter).startswith("zh")


@pytest.mark.parametrize("letter", "あア한A1·，")
def test_other_characters(letter):
    assert not re.fullmatch(f"[{HAN}]", letter)
