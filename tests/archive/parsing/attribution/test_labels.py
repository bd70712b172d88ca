"""What a label says of the part its bearer plays."""

import pytest

from archive.parsing.attribution.labels import (
    is_asker_label,
    is_interpreter_label,
    is_moderator_label,
    is_numbered,
    names_nobody,
    turn_kind,
)


@pytest.mark.parametrize(
    "label",
    [
        *("提問者", "提問者3", "記者", "自由時報記者", "Q", "Q7", "Reporter 2", "Audience Member"),
        *("Interviewer", "Journalist", "QUESTION (via interpreter)", "PREGUNTA", "기자", "幹事社"),
    ],
)
def test_askers(label):
    assert is_asker_label(label) is True
    assert turn_kind(label) == "question"


@pytest.mark.parametrize(
    "label",
    [
        "主席",
        "發言人",
        "MR. PRICE",
        "CHAIR POWELL",
        "THE PRESIDENT",
        "SENIOR ADMINISTRATION OFFICIAL",
    ],
)
def test_those_who_answer(label):
    assert is_asker_label(label) is False


@pytest.mark.parametrize("label", ["Nick Timiraos", "唐鳳", "Speaker 1", "Gov 3.0", "LARRY KING"])
def test_labels_that_cannot_say(label):
    assert is_asker_label(label) is None
    assert turn_kind(label) == "speech"


@pytest.mark.parametrize(
    "label",
    ["主持人", "MODERATOR", "MODERATOR:", "OPERATOR", "司儀", "사회자", "司会", "Moderatrice"],
)
def test_moderators(label):
    assert is_moderator_label(label)
    assert turn_kind(label) == "moderator"


@pytest.mark.parametrize("label", ["INTERPRETER", "口譯人員", "通訳", "翻译"])
def test_interpreters(label):
    assert is_interpreter_label(label)


@pytest.mark.parametrize("label", ["Q", "QUESTION", "问", "记者", "Reporter", "Speaker 2", ""])
def test_labels_that_name_nobody(label):
    assert names_nobody(label)


@pytest.mark.parametrize(
    ("label", "numbered"),
    [
        *(("Speaker 1", True), ("提問者3", True), ("REPORTER 3 (via phone)", True)),
        *(("SENIOR ADMINISTRATION OFFICIAL ONE", True), ("Speaker B", True)),
        *(("Q", False), ("記者", False), ("MS. STONE", False), ("", False)),
    ],
)
def test_number_tells_one_from_others_of_the_kind(label, numbered):
    assert is_numbered(label) is numbered
