"""Where characters stand in the other script."""

from archive.text.chinese_scripts import Converted


def test_every_place_of_a_phrase_that_becomes_shorter_is_in_it():
    assert Converted("甲丁乙", "甲戊己庚乙").places() == [0, 1, 2, 2, 2, 3]
    assert Converted("甲丁丁丁乙", "甲戊乙").places() == [0, 1, 4, 5]


def test_where_every_character_has_one_of_its_own_all_stand_where_they_stood():
    assert list(Converted("軟件", "软件").places()) == [0, 1, 2]
