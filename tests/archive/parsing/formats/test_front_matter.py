import datetime as dt

import pytest

from archive.parsing.facts import Facts
from archive.parsing.formats import read_document

WHITE_HOUSE = r"""---
tags: press-briefings
date: '2021-01-20'
modified_time: 2021-01-21 19:32:28-05:00
source_url: https://example.gov/2021/01/20/
published_time: 2021-01-21 19:06:00-05:00
title: "Press Briefing by\_Jen\
  \ Doe"
---

East Room
"""


def read(text):
    return read_document(text.encode(), "a.md")


def test_front_matter_becomes_facts_and_is_no_text():
    document = read(WHITE_HOUSE)
    assert document.facts == Facts(
        date=dt.date(2021, 1, 20),
        title="Press Briefing by Jen Doe",
        source_url="https://example.gov/2021/01/20/",
    )
    assert [(p.text, p.line) for p in document.paragraphs] == [("East Room", 11)]
    assert document.problems == ()


def test_keys_may_be_chinese():
    document = read(
        "---\n标题: 例行记者会\n日期: 2024年3月15日\n来源: 新华社\n"
        "语言: 中文\n地点: 蓝厅\n---\n问：好"
    )
    assert document.facts == Facts(
        date=dt.date(2024, 3, 15),
        title="例行记者会",
        source_name="新华社",
        language="zh",
        venue="蓝厅",
    )


def test_a_source_is_named_without_its_label():
    assert read("---\nsource: 来源：新华社\n---\n问：好").facts.source_name == "新华社"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-01-20", dt.date(2021, 1, 20)),
        ("2021-01-20T23:30:00-05:00", dt.date(2021, 1, 20)),
        ("20210120", dt.date(2021, 1, 20)),
        ("January 20, 2021", dt.date(2021, 1, 20)),
        ("3/4/2020", None),  # which number is the month?
        ("tomorrow", None),
    ],
)
def test_a_date_is_taken_when_it_means_one_day(value, day):
    assert read(f"---\ndate: {value}\n---\ntext").facts.date == day


def test_what_is_not_understood_is_named():
    (problem,) = read("---\ntitle: T\nmood: good\ndate: tomorrow\n---\ntext").problems
    assert (problem.code, problem.line) == ("front_matter_unused", 1)
    assert problem.params["keys"] == "mood, date"


def test_a_recording_is_on_the_web():
    document = read("---\n录像: https://example.org/1\n---\ntext")
    assert document.facts.recording_url == "https://example.org/1"
    (problem,) = read("---\nvideo: javascript:alert(1)\n---\ntext").problems
    assert problem.params["keys"] == "video"


HUGE = "1" + ":1" * 3_000


@pytest.mark.parametrize(
    ("yaml", "line"),
    [("title: a: b", 2), ("x: 1\ndate: 2021-99-99", 1), (f"a: {'[' * 5000}", 1)]
    # A number to the base of sixty, too long to print: as a value, in a list and as a key.
    + [(f"title: a\n{line}", 1) for line in (f"date: {HUGE}", f"title: {HUGE}", f"? {HUGE}\n: a")],
)
def test_front_matter_that_cannot_be_read_stays_text(yaml, line):
    document = read(f"---\n{yaml}\n---\ntext")
    (problem,) = document.problems
    assert problem.code == "front_matter_unreadable"
    assert problem.line == line
    assert yaml.splitlines()[0] in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(
    "text", ["---\nQ    Hi\n---\ntext", "---\ntitle: T\ntext", "---\n\n---\nx"]
)
def test_a_rule_is_no_front_matter(text):
    document = read(text)
    assert document.facts == Facts()
    assert document.problems == ()
    assert document.paragraphs[0].text == "---"


def test_a_list_of_facts_in_the_text_stays_text():
    document = read("# T\n\n- 日期：2024-03-15\n- 官方页：https://press.un.org/x.htm\n")
    assert [p.text for p in document.paragraphs[1:]] == [
        "- 日期：2024-03-15",
        "- 官方页：https://press.un.org/x.htm",
    ]
