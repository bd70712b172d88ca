"""Offices and names in Chinese and Korean labels."""

import pytest

from archive.parsing.attribution.han_names import korean_officer, speaker_role, split_label


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("国务委员兼外交部长王毅就外交回答提问", "国务委员兼外交部长"),
        ("24日举行，国务委员兼外交部长王毅回答", "国务委员兼外交部长"),
        ("5月24日外交部发言人王毅", "外交部发言人"),
        ("外交部長王毅", "外交部長"),
        ("记者会上王毅回答", ""),
        ("王毅：回答", ""),
    ],
)
def test_office_stands_before_the_name(text, role):
    assert speaker_role("王毅", text) == role


@pytest.mark.parametrize(
    ("label", "office", "name"),
    [
        ("外交部发言人 华春莹", "外交部发言人", "华春莹"),
        ("外交部發言人華春瑩", "外交部發言人", "華春瑩"),
        ("王毅", "", "王毅"),
        ("发言人", "", "发言人"),
        ("外交部部长助理张军", "外交部部长助理", "张军"),
    ],
)
def test_label_is_split_into_office_and_name(label, office, name):
    assert split_label(label) == (office, name)


@pytest.mark.parametrize(
    ("heading", "name"),
    [("외교부 대변인 브리핑", ""), ("임수석 대변인 브리핑", "임수석"), ("신임 대변인 브리핑", "")],
)
def test_a_ministry_before_an_office_is_no_name(heading, name):
    assert korean_officer("대변인", (heading,))[0] == name
