"""The contents of a conference, and a very long one page by page."""

import re

import pytest

from archive.models import Answer, Exchange
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)
from tests.archive.views.pages import URL, read

pytestmark = pytest.mark.django_db


def make_long(count=250, **fields):
    """A conference of `count` questions, each with an answer."""
    conference = make_conference(refs_given=count, **fields)
    numbers = range(1, count + 1)
    exchanges = Exchange.objects.bulk_create(
        Exchange(conference=conference, ref=n, position=n, kind="question", question=f"问{n}？")
        for n in numbers
    )
    Answer.objects.bulk_create(Answer(exchange=e, position=1, text="发展。") for e in exchanges)
    return conference


def shown(page):
    """The numbers of the exchanges that `page` has, whole."""
    return [int(ref) for ref in re.findall(r'<article class="exchange [^"]*" id="q(\d+)"', page)]


def test_a_line_says_who_asked_and_begins_what_was_asked(client):
    exchange = make_exchange(make_conference(), "为什么？" * 20, outlet=make_outlet())
    make_exchange(exchange.conference)
    line = '<span class="asker">路透社</span> ' + ("为什么？" * 20)[:41] + "…</span>"
    assert line in read(client)


def test_the_line_of_a_statement_begins_its_first_answer(client):
    statement = make_exchange(make_conference(), "")
    make_answer(statement, "各位好。")
    make_answer(statement, "谢谢。")
    make_exchange(statement.conference)
    assert '<span class="asker" lang="en">Statement</span> 各位好。</span>' in read(client)


def test_the_line_of_a_statement_names_who_made_it(client):
    statement = make_exchange(make_conference(), "")
    make_answer(statement, "各位好。", speaker=make_speaker())
    make_exchange(statement.conference)
    assert '<span class="asker">王毅</span> 各位好。</span>' in read(client)


def test_a_line_is_escaped(client):
    exchange = make_exchange(make_conference(), "<i>问", asked_by="<b>社", topic="<u>题")
    make_exchange(exchange.conference)
    contents = read(client).split('<nav class="contents"')[1].split("</nav>")[0]
    assert not any(tag in contents for tag in ("<i>", "<b>", "<u>"))
    assert all(words in contents for words in ("&lt;i&gt;问", "&lt;b&gt;社", "&lt;u&gt;题"))


def test_a_topic_stands_once_above_its_questions(client):
    conference = make_conference()
    for topic in ("经济", "经济", "", "经济", "外交"):
        make_exchange(conference, topic=topic)
    contents = read(client).split('<nav class="contents"')[1].split("</nav>")[0]
    assert re.findall('class="topic-name">(.*?)<', contents) == ["经济", "外交"]


@pytest.mark.parametrize("count", [20, 120])
def test_a_conference_is_whole_until_it_is_very_long(client, count):
    make_long(count)
    page = read(client)
    assert shown(page) == list(range(1, count + 1))
    assert 'class="pagination"' not in page


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, 1, 100),
        ({"page": 2}, 101, 200),
        ({"page": 3}, 201, 250),
        ({"page": 99}, 201, 250),
        ({"page": "x"}, 1, 100),
        ({"at": 100}, 1, 100),
        ({"at": 101}, 101, 200),
        ({"at": 250, "page": 1}, 201, 250),
        ({"at": 9999}, 1, 100),
        ({"at": "9" * 5000}, 1, 100),
    ],
)
def test_a_very_long_conference_is_read_page_by_page(client, query, first, last):
    make_long()
    assert shown(read(client, **query)) == list(range(first, last + 1))


def test_every_exchange_is_on_one_page_and_no_last_page_is_short(client):
    make_long(215)
    pages = [shown(read(client, page=number)) for number in (1, 2)]
    assert pages == [list(range(1, 101)), list(range(101, 216))]
    assert shown(read(client, at=215)) == pages[1]


def test_the_contents_have_every_question_on_every_page(client):
    make_long()
    for query in ({}, {"page": 2}):
        refs = re.findall(r'<li value="(\d+)"', read(client, **query))
        assert refs == [str(ref) for ref in range(1, 251)]


def test_an_id_stands_once_on_a_page_whichever_it_is(client):
    make_long()
    ids = re.findall(r' id="(q\d+)"', read(client, page=2))
    assert sorted(ids) == sorted(f"q{ref}" for ref in range(1, 251))


def test_a_line_leads_to_its_page_with_what_is_marked(client):
    make_long()
    page = read(client, q="发展", script="hant")
    assert '<a href="#q100"' in page
    assert "?q=%E5%8F%91%E5%B1%95&amp;script=hant&amp;at=101#q101" in page
    assert '<li value="101" id="q101">' in page


def test_the_contents_are_in_the_script_of_the_page(client):
    make_long(101 + 20, title="发展", language="zh-Hans")
    page = read(client, script="hant")
    assert '<span class="words"><span class="asker"></span> 問121？</span>' in page


def test_each_page_has_an_address_and_a_title_of_its_own(client):
    make_long(title="记者会")
    page = read(client, page=3)
    assert f'<link rel="canonical" href="http://testserver{URL}?page=3">' in page
    assert "<title>记者会 (2020-05-24) · Page 3 of 3" in page
    assert f'<link rel="canonical" href="http://testserver{URL}?page=3">' in read(client, at=250)
    assert f'<link rel="canonical" href="http://testserver{URL}">' in read(client)


def test_an_exchange_alone_leads_to_its_page(client):
    make_long(title="记者会", language="zh-Hans")
    assert f'href="{URL}?at=101#q101"' in read(client, f"{URL}101/")
    assert f'href="{URL}#q100"' in read(client, f"{URL}100/")
    marked = read(client, f"{URL}101/", script="hant")
    assert f'href="{URL}?script=hant&amp;at=101#q101"' in marked


def test_a_follow_up_leads_to_the_page_of_what_it_follows(client):
    conference = make_long()
    earlier = conference.exchanges.get(ref=150)
    conference.exchanges.filter(ref=250).update(follows=earlier)
    assert f'href="{URL}?at=150#q150"' in read(client, page=3)


def test_a_long_conference_asks_no_more_than_a_short_one(client, django_assert_num_queries):
    make_long()
    with django_assert_num_queries(10):
        client.get(URL, {"page": 2})


def test_the_head_lists_the_parts_of_the_page(client):
    make_talk(count=3)
    assert read(client).count('"@type":"Question"') == 3
