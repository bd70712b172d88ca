"""Reading a conference, and one exchange alone."""

import datetime as dt
import re

import pytest
from django.utils.html import escape

from archive.models import MovedAddress
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


def test_a_conference_shows_everything_that_was_said(client):
    make_talk(headline="世界回不到过去", lead="据新华社电", source_name="新华社")
    page = read(client)
    for words in (
        "世界回不到过去",
        "据新华社电",
        "新华社",
        "王毅",
        "外交部长",
        "第3问？",
        "第3答。",
    ):
        assert words in page


def test_a_conference_asks_ten_questions_however_long_it_is(client, django_assert_num_queries):
    make_talk(count=20)
    with django_assert_num_queries(10):
        client.get(URL)


def test_an_exchange_asks_six_questions_of_the_database(client, django_assert_num_queries):
    make_talk(count=20)
    with django_assert_num_queries(6):
        client.get(f"{URL}3/")


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("withdrawn", 410)])
@pytest.mark.parametrize("url", [URL, f"{URL}1/"])
def test_what_is_not_published_is_not_shown(client, status, answer, url):
    make_talk(status=status)
    assert client.get(url).status_code == answer


def test_each_question_can_be_linked_to(client):
    make_talk()
    page = read(client)
    assert 'id="q2"' in page
    assert 'href="#q2"' in page
    assert f'href="{URL}2/"' in page


def test_the_table_of_contents_counts_by_the_permanent_numbers(client):
    conference = make_conference()
    make_exchange(conference, ref=1)
    make_exchange(conference, ref=4)
    assert '<li value="4"><a href="#q4">' in read(client)


def test_the_label_as_printed_stands_beside_the_outlet(client):
    make_exchange(make_conference(), outlet=make_outlet(), asked_by="路透社驻京记者")
    page = read(client)
    assert 'href="/outlets/reuters/" lang="zh">路透社</a>' in page
    assert "路透社驻京记者" in page


def test_a_label_that_is_the_outlets_name_is_not_said_twice(client):
    make_exchange(make_conference(), outlet=make_outlet(), asked_by="路透社")
    assert 'class="printed"' not in read(client)


def test_an_asker_nobody_named_is_said_to_be_so(client):
    make_exchange(make_conference())
    assert "asker not named" in read(client)


def test_a_statement_has_an_answer_and_no_question(client):
    make_answer(make_exchange(make_conference(), question=""), "各位好。", speaker=make_speaker())
    page = read(client)
    assert "各位好。" in page
    assert 'class="question"' not in page


def test_the_words_of_a_transcript_are_escaped(client):
    make_answer(make_exchange(make_conference(title="<b>题"), "<script>问"), "<img>\n答")
    for url in (URL, f"{URL}1/"):
        page = read(client, url)
        assert not any(tag in page for tag in ("<script>", "<img>", "<b>"))
        assert "&lt;script&gt;问" in page


@pytest.mark.parametrize("url", [URL, f"{URL}3/"])
def test_the_words_searched_for_are_marked(client, url):
    make_talk()
    assert "<mark" not in read(client, url)
    assert '<mark id="q3-q">第3</mark>' in read(client, url, q="第3")


def test_a_search_is_cut_to_two_hundred_characters(client):
    make_talk()
    assert client.get(URL, {"q": "问" * 300}).context["q"] == "问" * 200


@pytest.mark.parametrize("url", [URL, f"{URL}3/"])
def test_a_marked_page_names_its_clean_address(client, url):
    make_talk()
    assert f'<link rel="canonical" href="http://testserver{url}">' in read(client, url, q="第")


def test_passages_carry_the_language_of_the_conference(client):
    make_talk(language="zh-Hant")
    page = read(client)
    assert '<div class="question" lang="zh-Hant">' in page
    assert '<div class="answer is-speaker" lang="zh-Hant">' in page


def test_a_source_address_that_is_no_web_address_is_no_link(client):
    make_conference(source_url="javascript:alert(1)")
    assert 'href="javascript:' not in read(client)


def test_a_recording_is_a_link_and_nothing_of_it_is_embedded(client):
    url = "https://example.org/watch?a=1&b=2"
    make_conference(recording_url=url)
    page = read(client)
    assert f'<a rel="external noopener" href="{escape(url)}">{escape(url)}</a>' in page
    assert page.count("example.org") == 2
    assert not re.search("<(iframe|video|audio|embed|object)", page)


def test_neighbours_by_date_skip_drafts(client):
    make_talk(date=dt.date(2020, 5, 20))
    make_talk(date=dt.date(2020, 5, 22), published=False)
    make_talk()
    make_talk(slug="2020-05-24-2")
    response = client.get(URL)
    assert response.context["earlier"].slug == "2020-05-20"
    assert response.context["later"].slug == "2020-05-24-2"


def test_an_exchange_alone_leads_to_its_place_and_its_neighbours(client):
    make_talk()
    page = read(client, f"{URL}2/")
    assert "第2答。" in page
    assert "第1答。" not in page
    for link in (f"{URL}#q2", f"{URL}1/", f"{URL}3/"):
        assert f'href="{link}"' in page


def test_a_follow_up_names_the_question_it_follows(client):
    conference = make_conference()
    first = make_exchange(conference)
    make_exchange(conference, follows=first)
    assert f'href="{URL}#q1"' in read(client)


def test_a_number_given_once_and_gone_leads_to_the_conference(client):
    conference = make_talk()
    conference.exchanges.get(ref=2).delete()
    response = client.get(f"{URL}2/?q=x")
    assert (response.status_code, response["Location"]) == (302, f"{URL}?q=x")


@pytest.mark.parametrize("ref", ["0", "4", "99999999999999999999", "9" * 5000])
def test_a_number_never_given_is_not_found(client, ref):
    make_talk(count=3)
    assert client.get(f"{URL}{ref}/").status_code == 404


@pytest.mark.parametrize("rest", ["", "2/", "?q=a%20b", "2/?q=%E9%97%AE"])
def test_a_renamed_conference_redirects_for_ever(client, rest):
    conference = make_talk()
    conference.slug = "two-sessions"
    conference.save()
    response = client.get(URL + rest)
    assert (response.status_code, response["Location"]) == (
        301,
        f"/conferences/two-sessions/{rest}",
    )


def test_the_new_address_of_a_draft_is_not_given_away(client):
    make_conference(published=False, slug="secret")
    MovedAddress.objects.record("conference", "2020-05-24", "secret")
    assert client.get(URL).status_code == 404


def test_a_whole_conference_stays_light(seed, client):
    assert len(client.get(URL).content) < 100_000
