"""The home page: what is new, this day in other years, what the archive holds."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.archive.casts import make_conference, make_talk

pytestmark = pytest.mark.django_db
THIS_DAY = dt.date(2026, 5, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day on which the home page is read."""
    monkeypatch.setattr(timezone, "localdate", lambda: THIS_DAY)


def read(client) -> str:
    return client.get("/", headers={"accept-language": "en"}).content.decode()


def test_home_asks_nine_questions_of_the_database(client, django_assert_num_queries):
    for day in range(1, 25):
        make_talk(date=dt.date(2020, 5, day))
    with django_assert_num_queries(9):
        client.get("/")


def test_the_same_day_of_other_years_is_shown_newest_first(client):
    for year in (2019, 2020, 2026):
        make_conference(date=dt.date(year, 5, 24))
    make_conference(date=dt.date(2020, 5, 23))
    make_conference(date=dt.date(2018, 5, 24), published=False)
    shown = client.get("/").context["on_this_day"]
    assert [conference.date.year for conference in shown] == [2020, 2019]


def test_the_29th_of_february_is_there_in_leap_years_only(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: dt.date(2028, 2, 29))
    for date in (dt.date(2024, 2, 29), dt.date(2023, 3, 1), dt.date(2023, 2, 28)):
        make_conference(date=date)
    shown = client.get("/").context["on_this_day"]
    assert [conference.date for conference in shown] == [dt.date(2024, 2, 29)]


def test_a_day_without_conferences_in_other_years_is_told(client):
    make_conference(date=dt.date(2020, 1, 1))
    assert "No conference of this day in other years." in read(client)


def test_what_the_archive_holds_is_counted(client):
    make_talk(count=3, date=dt.date(2019, 1, 1))
    make_talk(count=2, date=dt.date(2021, 1, 1))
    make_talk(count=9, date=dt.date(2015, 1, 1), published=False)
    holdings = client.get("/").context["holdings"]
    assert (holdings.conferences, holdings.questions) == (2, 5)
    assert (holdings.outlets, holdings.speakers) == (1, 1)
    assert (holdings.since, holdings.until) == (2019, 2021)


def test_an_empty_archive_says_what_to_do(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = read(client)
    assert "/admin/archive/transcript/upload/" in page
    assert "manage.py ingest" in page
