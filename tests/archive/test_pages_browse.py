"""Browsing by date: what is listed, what is counted, and where empty dates lead."""

import datetime as dt

import pytest

from tests.archive.casts import make_conference, make_talk

pytestmark = pytest.mark.django_db
MAY_24 = dt.date(2020, 5, 24)


def test_home_shows_the_latest_conferences_the_years_and_the_outlets(client):
    make_talk(title="两会记者会")
    page = client.get("/").content.decode()
    assert "两会记者会" in page
    assert 'href="/conferences/2020/"' in page
    assert 'href="/outlets/reuters/"' in page


def test_home_of_an_empty_archive_is_a_page(client):
    assert client.get("/").status_code == 200


def test_home_asks_four_questions_of_the_database(client, django_assert_num_queries):
    for day in range(1, 15):
        make_talk(date=dt.date(2020, 5, day))
    with django_assert_num_queries(4):
        client.get("/")


def test_conference_list_asks_four_questions_of_the_database(client, django_assert_num_queries):
    for day in range(1, 15):
        make_talk(date=dt.date(2020, 5, day))
    with django_assert_num_queries(4):
        client.get("/conferences/")


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/conferences/",
        "/conferences/2020/",
        "/conferences/2020/05/",
        "/conferences/2020/05/24/",
    ],
)
def test_drafts_are_listed_nowhere(client, url):
    make_conference(date=MAY_24, published=False, title="尚未发布")
    make_conference(date=MAY_24, status="withdrawn", slug="gone", title="已经撤下")
    page = client.get(url).content.decode()
    assert "尚未发布" not in page
    assert "已经撤下" not in page


def test_years_are_counted(client):
    make_conference(date=MAY_24)
    make_conference(date=dt.date(2020, 1, 1))
    make_conference(date=dt.date(2019, 1, 1))
    years = client.get("/conferences/").context["years"]
    assert [(year.period.iso, year.count) for year in years] == [("2020", 2), ("2019", 1)]


def test_a_year_counts_its_months_in_order(client):
    make_conference(date=dt.date(2020, 12, 1))
    make_conference(date=MAY_24)
    months = client.get("/conferences/2020/").context["months"]
    assert [(month.period.iso, month.count) for month in months] == [("2020-05", 1), ("2020-12", 1)]


@pytest.mark.parametrize(("url", "queries"), [("2020/", 6), ("2020/05/", 5), ("2020/05/24/", 5)])
def test_a_period_asks_few_questions_of_the_database(
    client, django_assert_num_queries, url, queries
):
    for number in range(1, 8):
        make_talk(date=MAY_24, slug=f"2020-05-24-{number}")
    with django_assert_num_queries(queries):
        client.get(f"/conferences/{url}")


def test_a_month_lists_only_its_own(client):
    make_conference(date=MAY_24, title="五月的记者会")
    make_conference(date=dt.date(2020, 6, 1), title="六月的记者会")
    page = client.get("/conferences/2020/05/").content.decode()
    assert "五月的记者会" in page
    assert "六月的记者会" not in page


@pytest.mark.parametrize(
    ("url", "earlier", "later"),
    [
        ("/conferences/2015/", "/conferences/2010/", "/conferences/2020/"),
        ("/conferences/2015/02/", "/conferences/2010/03/", "/conferences/2020/05/"),
        ("/conferences/2015/02/28/", "/conferences/2010/03/01/", "/conferences/2020/05/24/"),
    ],
)
def test_a_period_without_conferences_leads_to_the_nearest(client, url, earlier, later):
    make_conference(date=MAY_24)
    make_conference(date=dt.date(2010, 3, 1))
    response = client.get(url)
    assert response.status_code == 200
    assert 'class="notice"' in response.content.decode()
    assert response.context["earlier"].get_absolute_url() == earlier
    assert response.context["later"].get_absolute_url() == later


@pytest.mark.parametrize(
    "path",
    ["0000/", "2020/13/", "2020/00/", "2020/02/30/", "2020/5/", "2020/05/1/", "20200/", "٢٠٢٠/"],
)
def test_a_date_no_calendar_has_is_not_found(client, path):
    assert client.get(f"/conferences/{path}").status_code == 404


@pytest.mark.parametrize("path", ["0001/", "9999/", "9999/12/31/", "0001/01/01/"])
def test_the_ends_of_the_calendar_are_pages(client, path):
    assert client.get(f"/conferences/{path}").status_code == 200


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "99", "1e9", "9" * 5000, "\x00"])
def test_nonsense_page_numbers_fall_back(client, page):
    make_conference()
    assert client.get("/conferences/", {"page": page}).status_code == 200


def test_the_second_page_leads_back_to_the_first(client):
    for number in range(51):
        make_conference(slug=f"talk-{number}")
    page = client.get("/conferences/", {"page": "2"}).content.decode()
    assert 'rel="prev" href="?page=1"' in page
    assert 'rel="next"' not in page


def test_an_unknown_address_offers_a_search(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert 'id="lost-search"' in response.content.decode()


def test_a_fault_is_told_without_any_context():
    from django.template.loader import render_to_string

    assert "dawen.css" in render_to_string("500.html")
