"""Our own export is read back; whatever is wrong in one is said with its place."""

import contextlib
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.formats.dawen_json import read_export
from archive.parsing.records import TranscriptError

QUESTION = {
    "kind": "question",
    "topic": "中美关系",
    "asked_by": "路透社",
    "reporter": "张三",
    "question": "第一段。\n第二段？",
    "answers": [
        {"speaker": "", "role": "moderator", "label": "主持人", "text": "请。"},
        {"speaker": "王毅", "role": "speaker", "label": "", "text": "好。"},
        {"speaker": "", "role": "note", "text": "（笑）"},
    ],
}
STATEMENT = {
    "kind": "statement",
    "answers": [{"role": "speaker", "speaker": "王毅", "text": "大家好。"}],
}


def export(**changes: Any) -> dict[str, Any]:
    return {"dawen": 1, "date": "2020-05-24", "exchanges": [STATEMENT, QUESTION], **changes}


def read(data: object):
    return read_export(json.dumps(data).encode(), "a.json")


def refusal(content: bytes) -> TranscriptError:
    with pytest.raises(TranscriptError) as caught:
        read_export(content, "a.json")
    return caught.value


def test_exchanges_are_turns_in_order():
    turns = read(export()).turns
    assert [(turn.kind, turn.label, turn.person) for turn in turns] == [
        ("answer", "", "王毅"),
        ("topic", "", None),
        ("question", "路透社", None),
        ("moderator", "主持人", ""),
        ("answer", "", "王毅"),
        ("note", "", ""),
    ]
    assert [p.text for p in turns[2].paragraphs] == ["第一段。", "第二段？"]
    assert (turns[2].outlet, turns[2].reporter) == ("路透社", "张三")


def test_lines_count_the_paragraphs():
    turns = read(export()).turns
    assert [p.line for turn in turns for p in turn.paragraphs] == [1, 2, 3, 4, 5, 6, 7]
    assert [turn.line for turn in turns] == [1, 2, 3, 5, 6, 7]


def test_facts_are_what_the_export_says():
    facts = read(export(title="记者会", venue="人民大会堂", source_url=None)).facts
    assert (facts.date, facts.title, facts.venue) == (dt.date(2020, 5, 24), "记者会", "人民大会堂")
    assert facts.source_url == ""


def test_the_address_of_a_recording_is_one_of_the_web():
    url = "https://example.org/1"
    assert read(export(recording_url=url)).facts.recording_url == url
    with pytest.raises(TranscriptError, match="recording_url"):
        read(export(recording_url="javascript:alert(1)"))


def test_an_outlet_an_editor_gave_stands_in_for_a_label():
    only = {**QUESTION, "asked_by": "", "outlet": "路透社"}
    assert read(export(exchanges=[only])).turns[1].outlet == "路透社"


def test_what_follows_what_is_kept():
    third = {**QUESTION, "follows": 1}
    document = read(export(exchanges=[STATEMENT, QUESTION, third]))
    assert [exchange.follows for exchange in document.exchanges] == [None, None, 1]


def test_the_encoding_is_the_one_the_file_is_in():
    document = read_export(json.dumps(export()).encode("utf-16"), "a.json")
    assert (document.encoding, len(document.exchanges)) == ("utf-16", 2)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"dawen": 2}, "dawen"),
        ({"dawen": True}, "dawen"),
        ({"date": "24 May"}, "date"),
        ({"date": 20200524}, "date"),
        ({"title": ["x"]}, "title"),
        ({"exchanges": None}, "exchanges"),
        ({"exchanges": []}, "exchanges"),
        ({"exchanges": [1]}, "exchanges[0]"),
        ({"exchanges": [{**QUESTION, "kind": "x"}]}, "exchanges[0].kind"),
        ({"exchanges": [{**QUESTION, "kind": ["question"]}]}, "exchanges[0].kind"),
        ({"exchanges": [{**QUESTION, "question": " "}]}, "exchanges[0].question"),
        ({"exchanges": [{**STATEMENT, "question": "x"}]}, "exchanges[0].question"),
        ({"exchanges": [{"kind": "statement"}]}, "exchanges[0].answers"),
        ({"exchanges": [{**QUESTION, "answers": {}}]}, "exchanges[0].answers"),
        ({"exchanges": [STATEMENT, {**QUESTION, "follows": 1}]}, "exchanges[1].follows"),
        ({"exchanges": [STATEMENT, {**QUESTION, "follows": False}]}, "exchanges[1].follows"),
        ({"exchanges": [STATEMENT, {**QUESTION, "follows": 10**4000}]}, "exchanges[1].follows"),
        ({"speakers": [{"role": "x"}]}, "speakers[0].name"),
        ({"title": "\ud800"}, "title"),
        ({"title": "a\0b"}, "title"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(changes, path):
    error = refusal(json.dumps(export(**changes)).encode())
    assert (error.problem.code, error.problem.params["path"]) == ("bad_export", path)
    assert path in str(error)


def test_a_wrong_answer_is_said_with_its_place():
    answers = [*QUESTION["answers"], {"role": "speaker", "text": 7}]
    error = refusal(
        json.dumps(export(exchanges=[STATEMENT, {**QUESTION, "answers": answers}])).encode()
    )
    assert error.problem.params["path"] == "exchanges[1].answers[3].text"
    assert "stands 7 where a text is expected" in str(error)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'{"dawen": 1',
        b'{"dawen": 1, "dawen": 1}',
        b'{"dawen": NaN}',
        b'{"dawen": Infinity}',
        b'{"dawen": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\xff",
        b'{"dawen": 1, "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    ],
    ids=lambda content: repr(content[:30]),
)
def test_nonsense_is_refused(content):
    assert refusal(content).problem.code == "bad_export"


def test_very_many_values_are_refused_before_they_are_read():
    assert refusal(b"[" + b"{}," * 1_000_000 + b"{}]").problem.code == "too_complex"


def test_very_many_names_take_no_longer_than_they_must():
    pairs = ", ".join(f'"k{n}": 1' for n in range(200_000))
    error = refusal(f'{{"dawen": 1, {pairs}, "k199999": 1}}'.encode())
    assert error.problem.params["path"] == '"k199999"'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = ["dawen", "date", "title", "speakers", "exchanges", "kind", "question", "answers", "text"]


@given(st.dictionaries(st.sampled_from(KEYS), JSON | st.just([STATEMENT, QUESTION])))
def test_any_json_is_read_or_refused(data):
    with contextlib.suppress(TranscriptError):
        assert read({"dawen": 1, **data}).turns
