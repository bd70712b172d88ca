"""The pages of outlets and speakers."""

import datetime as dt
import html
from collections import Counter

import pytest
from django.urls import reverse
from django.utils.translation import override

from archive.editing.name_curation import merge
from archive.models import Answer, Exchange, Outlet, Speaker
from archive.views.counts import NameCount, all_names, most_frequent
from archive.views.list_options import letter_of
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db


def test_outlets_are_listed_by_how_often_they_asked(client):
    make_outlet("彭博社", "bloomberg")
    make_talk(count=2)
    make_exchange(make_conference(slug="x"), outlet=make_outlet("法新社", "afp"))
    outlets = client.get("/outlets/").context["page_obj"]
    assert [(outlet.slug, outlet.count) for outlet in outlets] == [
        ("reuters", 2),
        ("afp", 1),
    ]


def test_an_outlet_shows_its_questions_newest_first(client):
    make_talk(count=1)
    make_talk(count=1, date=dt.date(2021, 1, 1))
    make_talk(count=1, date=dt.date(2022, 1, 1), published=False)
    exchanges = client.get("/outlets/reuters/").context["page_obj"]
    slugs = [exchange.conference.slug for exchange in exchanges]
    assert slugs == ["2021-01-01", "2020-05-24"]


def test_an_outlet_shows_the_other_names_it_is_printed_with(client):
    make_outlet().add_alias("英国路透社")
    assert client.get("/outlets/reuters/").context["other_names"] == ["英国路透社"]


def test_an_outlets_questions_come_fifty_to_a_page(client):
    make_talk(count=51)
    assert len(client.get("/outlets/reuters/").context["page_obj"]) == 50
    assert len(client.get("/outlets/reuters/", {"page": "2"}).context["page_obj"]) == 1


@pytest.mark.parametrize(
    ("url", "queries"),
    [("/outlets/", 4), ("/outlets/reuters/", 10), ("/speakers/", 4), ("/speakers/wang-yi/", 9)],
)
def test_profiles_ask_few_questions_of_the_database(
    client, django_assert_num_queries, url, queries
):
    make_talk(count=20)
    with django_assert_num_queries(queries):
        client.get(url)


def test_speakers_are_listed_with_their_published_answers(client):
    make_speaker("毛宁", "mao-ning")
    make_talk(count=2)
    make_talk(count=1, slug="draft", published=False)
    speakers = client.get("/speakers/").context["page_obj"]
    assert [(speaker.slug, speaker.count) for speaker in speakers] == [("wang-yi", 2)]


def test_a_speaker_shows_the_offices_held_and_the_answers(client):
    make_talk()
    make_talk(date=dt.date(2021, 1, 1))
    response = client.get("/speakers/wang-yi/")
    assert [office["role"] for office in response.context["offices"]] == ["外交部长"]
    assert "第3答。" in response.content.decode()
    assert 'href="/conferences/2020-05-24/3/"' in response.content.decode()


@pytest.mark.parametrize("url", ["/outlets/nobody/", "/speakers/nobody/"])
def test_nobody_is_not_found(client, url):
    assert client.get(url).status_code == 404


def test_a_merged_outlet_redirects_to_the_other(client):
    merge(make_outlet("英国路透社", "uk-reuters"), make_outlet(), user=None, reason="同一家")
    response = client.get("/outlets/uk-reuters/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/outlets/reuters/?page=2")


def test_a_renamed_speaker_redirects(client):
    make_talk()
    speaker = Speaker.objects.get(slug="wang-yi")
    speaker.slug = "wang-yi-1953"
    speaker.save()
    response = client.get("/speakers/wang-yi/")
    assert (response.status_code, response["Location"]) == (301, "/speakers/wang-yi-1953/")


def test_an_outlet_is_told_in_numbers(client):
    make_talk(count=2)
    make_talk(count=1, date=dt.date(2022, 1, 1))
    make_talk(count=5, date=dt.date(2023, 1, 1), published=False)
    summary = client.get("/outlets/reuters/").context["summary"]
    assert (summary.count, summary.conferences) == (3, 2)
    assert summary.first.url == "/conferences/2020-05-24/"
    assert summary.last.date == dt.date(2022, 1, 1)
    years = [(bar.column.period, bar.count) for bar in summary.plot.bars]
    assert years == [(2020, 2), (2022, 1)]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("/outlets/reuters/", "q=%2A&in=question&outlet=reuters"),
        ("/speakers/wang-yi/", "q=%2A&in=answer&speaker=wang-yi"),
    ],
)
def test_every_bar_and_row_of_a_plot_is_a_search(client, url, asked):
    make_talk()
    make_talk(date=dt.date(2022, 1, 1))
    page = html.unescape(client.get(url).content.decode())
    year = f"/search/?{asked}&from=2022-01-01&to=2022-12-31&sort=newest"
    assert page.count(f'href="{year}"') == 2


def test_one_year_is_no_plot(client):
    make_talk()
    assert client.get("/outlets/reuters/").context["summary"].plot is None


def test_an_outlet_shows_who_answered_it_and_a_speaker_who_asked(client):
    make_talk(count=2)
    outlets = client.get("/speakers/wang-yi/").context["others"]
    speakers = client.get("/outlets/reuters/").context["others"]
    assert [(other.row.name, other.count) for other in speakers] == [("王毅", 2)]
    assert [(other.row.name, other.count) for other in outlets] == [("路透社", 2)]
    assert speakers[0].url == "/search/?q=%2A&outlet=reuters&speaker=wang-yi&sort=newest"


def test_what_nobody_is_known_to_have_asked_counts_for_no_outlet(client):
    speaker = make_speaker()
    talk = make_conference(speaker=speaker)
    make_answer(make_exchange(talk), speaker=speaker)
    assert client.get("/speakers/wang-yi/").context["others"] == []


def test_later_pages_of_a_profile_have_its_questions_only(client):
    make_talk(count=51)
    context = client.get("/outlets/reuters/", {"page": "2"}).context
    assert "others" not in context
    assert "words" not in context


def test_names_are_sorted_by_their_sound_where_that_is_asked_for(client):
    talk = make_conference()
    for name, slug in (("新华社", "xinhua"), ("法新社", "afp"), ("BBC", "bbc"), ("彭博社", "b")):
        make_exchange(talk, outlet=make_outlet(name, slug))
    rows = client.get("/outlets/", {"sort": "name"}).context["page_obj"]
    assert [outlet.name for outlet in rows] == ["BBC", "法新社", "彭博社", "新华社"]


def test_in_english_names_are_sorted_by_their_english(client):
    talk = make_conference()
    make_exchange(talk, outlet=make_outlet("新华社", "xinhua", name_en="Xinhua"))
    make_exchange(talk, outlet=make_outlet("法新社", "afp", name_en="Agence France-Presse"))
    make_exchange(talk, outlet=make_outlet("人民日报", "rmrb", name_en="People's Daily"))
    with override("en"):
        response = client.get(reverse("archive:outlet_list"), {"sort": "name"})
    slugs = [outlet.slug for outlet in response.context["page_obj"]]
    assert slugs == ["afp", "rmrb", "xinhua"]


def test_a_long_list_has_an_index_of_letters(client):
    talk = make_conference()
    for number in range(41):
        make_exchange(talk, outlet=make_outlet(f"新闻{number}", f"x-{number}"))
    make_exchange(talk, outlet=make_outlet("法新社", "afp"))
    letters = client.get("/outlets/").context["listing"].letters
    assert [link.label for link in letters] == ["F", "X"]
    context = client.get("/outlets/", {"letter": "F"}).context
    assert [outlet.slug for outlet in context["page_obj"]] == ["afp"]


@pytest.mark.parametrize("query", ["sort=x", "letter=ab", "letter=%00", "sort=name&letter=é"])
def test_an_order_nobody_knows_is_the_usual_one(client, query):
    make_talk()
    assert len(client.get(f"/outlets/?{query}").context["page_obj"]) == 1


@pytest.mark.parametrize(
    ("name", "slug", "letter"),
    [
        ("路透社", "reuters", "L"),
        ("瞭望", "outlook", "O"),
        ("24小时", "24h", "#"),
        ("ABC", "x", "A"),
    ],
)
def test_a_name_is_looked_for_under_its_letter(name, slug, letter):
    assert letter_of(NameCount("outlet", name, "", slug, 1)) == letter


def test_lists_count_what_is_published_one_by_one(seed):
    make_talk(count=2, published=False, slug="draft")
    make_talk(count=2, slug="another")
    asked = Counter(one.outlet.slug for one in Exchange.objects.published() if one.outlet)
    gave = Counter(one.speaker.slug for one in Answer.objects.published() if one.speaker)
    assert {one.slug: one.count for one in all_names("outlet")} == asked
    assert {one.slug: one.count for one in all_names("speaker")} == gave
    counts = [one.count for one in all_names("outlet")]
    assert counts == sorted(counts, reverse=True)
    assert most_frequent("outlet", 1) == all_names("outlet")[:1]


def test_names_are_counted_once_until_the_archive_changes(django_assert_num_queries):
    conference = make_talk()
    assert all_names("outlet")[0].count == 3
    with django_assert_num_queries(1):
        assert all_names("outlet")[0].count == 3
    make_exchange(conference, outlet=Outlet.objects.get())
    assert all_names("outlet")[0].count == 4
    conference.status = "draft"
    conference.save()
    assert not all_names("outlet")


def test_who_is_frequent_counts_what_is_published_only(client):
    make_talk(count=2)
    make_talk(count=1, slug="draft", published=False)
    others = client.get("/speakers/wang-yi/").context["others"]
    assert [(other.row.name, other.count) for other in others] == [("路透社", 2)]
