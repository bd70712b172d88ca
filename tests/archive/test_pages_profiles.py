"""The pages of outlets and speakers."""

import datetime as dt

import pytest

from tests.archive.casts import make_conference, make_exchange, make_outlet, make_speaker, make_talk

pytestmark = pytest.mark.django_db


def test_outlets_are_listed_by_how_often_they_asked(client):
    make_outlet("彭博社", "bloomberg")
    make_talk(count=2)
    make_exchange(make_conference(slug="x"), outlet=make_outlet("法新社", "afp"))
    outlets = client.get("/outlets/").context["outlets"]
    assert [(outlet.slug, outlet.question_count) for outlet in outlets] == [
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
    [("/outlets/", 1), ("/outlets/reuters/", 4), ("/speakers/", 1), ("/speakers/wang-yi/", 4)],
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
    speakers = client.get("/speakers/").context["speakers"]
    assert [(speaker.slug, speaker.answer_count) for speaker in speakers] == [("wang-yi", 2)]


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
    make_outlet("英国路透社", "uk-reuters").merge_into(make_outlet())
    response = client.get("/outlets/uk-reuters/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/outlets/reuters/?page=2")


def test_a_renamed_speaker_redirects(client):
    speaker = make_speaker()
    speaker.slug = "wang-yi-1953"
    speaker.save()
    response = client.get("/speakers/wang-yi/")
    assert (response.status_code, response["Location"]) == (301, "/speakers/wang-yi-1953/")
