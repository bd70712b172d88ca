"""Hanyu Pinyin, of which addresses are made."""

import pytest

from archive.text.romanisation import romanise


@pytest.mark.parametrize(
    ("text", "plain", "person"),
    [
        ("外交部", "wai jiao bu", "wai jiaobu"),
        ("欧阳修", "ou yang xiu", "ouyang xiu"),
        ("欧阳", "ou yang", "ou yang"),
        ("国家安全部", "guo jia an quan bu", "guo jia an quan bu"),  # too long for a person's name
        ("Antony Blinken", "Antony Blinken", "Antony Blinken"),
    ],
)
def test_the_surname_of_a_person_stands_apart(text, plain, person):
    assert (romanise(text), romanise(text, is_person=True)) == (plain, person)
