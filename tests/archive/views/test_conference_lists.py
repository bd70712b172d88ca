"""Browsing by date: what is listed, what is counted, and where empty dates lead."""

import calendar
import datetime as dt
import re

import pytest

from archive.views.calendars import calendar_month, levels
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


def test_conference_list_asks_four_questions_of_the_database(client, django_assert_num_queries):
    for day in range(1, 15):
        make_talk(date=dt.date(2020, 5, day))
    with django_assert_num_queries(4):  # one of them for whether anything changed
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


def test_years_are_counted_by_month(client):
    make_conference(date=MAY_24)
    make_conference(date=dt.date(2020, 1, 1))
    make_conference(date=dt.date(2019, 1, 1))
    first, second = client.get("/conferences/").context["years"]
    assert (first.first.iso, first.count) == ("2020", 2)
    assert [month.period.iso for month in first.months if month] == ["2020-01", "2020-05"]
    assert (second.first.iso, second.count) == ("2019", 1)


def test_years_without_conferences_are_one_row(client):
    make_conference(date=MAY_24)
    make_conference(date=dt.date(2010, 1, 1))
    rows = client.get("/conferences/").context["years"]
    spans = [(row.first.iso, row.last.iso, row.count) for row in rows]
    assert spans == [("2020", "2020", 1), ("2011", "2019", 0), ("2010", "2010", 1)]


def test_a_year_is_a_calendar_of_its_questions(client):
    make_talk(date=MAY_24, count=3)
    make_talk(date=dt.date(2020, 12, 1), count=1)
    context = client.get("/conferences/2020/").context
    counts = {month.period.iso: month.questions for month in context["months"]}
    assert counts == {"2020-05": 3, "2020-12": 1}
    assert len(context["without"]) == 10


def test_every_day_with_conferences_is_a_link_that_says_its_date(client):
    make_talk(date=MAY_24, count=3)
    page = client.get("/en/conferences/2020/", follow=True).content.decode()
    assert 'href="/en/conferences/2020-05-24/"' in page.replace("/en/en/", "/en/")
    assert re.search(r'aria-label="[^"]*24[^"]*: 3 questions"[^>]*>3</a>', page)


def test_a_day_of_two_conferences_leads_to_the_day(client):
    make_talk(date=MAY_24, slug="2020-05-24")
    make_talk(date=MAY_24, slug="2020-05-24-2")
    assert 'href="/conferences/2020/05/24/"' in client.get("/conferences/2020/05/").content.decode()


def test_a_month_of_the_calendar_has_its_days_in_their_weeks():
    month = calendar_month(dt.date(2020, 5, 1), {})
    assert month.heads == [1, 4, 11, 18, 25]
    numbers = [[cell and cell.number for cell in day.cells] for day in month.weekdays]
    assert numbers[0] == [None, 4, 11, 18, 25]
    assert numbers[4] == [1, 8, 15, 22, 29]
    assert numbers[6] == [3, 10, 17, 24, 31]


@pytest.mark.parametrize("year", [2020, 2021, 2024, 1])
def test_no_day_of_a_year_is_lost_or_there_twice(year):
    for number in range(1, 13):
        month = calendar_month(dt.date(year, number, 1), {})
        cells = [cell.number for day in month.weekdays for cell in day.cells if cell]
        assert sorted(cells) == list(range(1, calendar.monthrange(year, number)[1] + 1))
        assert all(len(day.cells) == len(month.heads) for day in month.weekdays)


@pytest.mark.parametrize(
    ("amounts", "ranges"),
    [
        ([], []),
        ([5], [(5, 5)]),
        ([1, 2, 3, 4, 5], [(1, 2), (3, 3), (4, 4), (5, 5)]),
        ([10] * 8 + [90], [(10, 10), (11, 90)]),
    ],
)
def test_levels_are_ranges_without_holes(amounts, ranges):
    assert [(one.low, one.high) for one in levels(amounts)] == ranges


@pytest.mark.parametrize(("url", "queries"), [("2020/", 7), ("2020/05/", 7), ("2020/05/24/", 6)])
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
    nearest = [day.get_absolute_url() for day in response.context["nearest"]]
    assert nearest == ["/conferences/2010/03/01/", "/conferences/2020/05/24/"]
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


def test_the_page_of_a_host_has_its_conferences(client):
    make_talk(institution="外交部", title="外交部记者会")
    make_conference(slug="other", institution="国防部", title="国防部记者会")
    page = client.get("/series/wai-jiao-bu/").content.decode()
    assert "外交部记者会" in page
    assert "国防部记者会" not in page


def test_hosts_are_listed_and_conferences_without_a_host_are_told(client):
    make_conference(institution="外交部")
    make_conference(slug="b", institution="外交部")
    make_conference(slug="c", institution="The White House")
    make_conference(slug="d")
    make_conference(slug="e", institution="国防部", published=False)
    context = client.get("/series/").context
    assert [(host.slug, host.count) for host in context["hosts"]] == [
        ("wai-jiao-bu", 2),
        ("the-white-house", 1),
    ]
    assert context["without"] == 1


def test_two_scripts_of_a_host_are_one_page_that_names_both(client):
    make_conference(institution="国务院新闻办公室")
    make_conference(slug="b", institution="國務院新聞辦公室")
    make_conference(slug="c", institution="国务院新闻办公室")
    (host,) = client.get("/series/").context["hosts"]
    assert host.names == ("国务院新闻办公室", "國務院新聞辦公室")
    assert "國務院新聞辦公室" in client.get(host.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["外交部", "Wai-Jiao-Bu", "外 交 部"])
def test_the_name_of_a_host_leads_to_its_page(client, name):
    make_conference(institution="外交部")
    response = client.get(f"/series/{name}/", {"year": "2020"})
    assert (response.status_code, response["Location"]) == (301, "/series/wai-jiao-bu/?year=2020")


@pytest.mark.parametrize("name", ["nobody", "无", "x" * 5000, "%00"])
def test_a_host_nobody_named_is_not_found(client, name):
    assert client.get(f"/series/{name}/").status_code == 404


def test_a_host_that_cannot_be_romanised_has_an_address(client):
    make_conference(institution="الأمم المتحدة")
    (host,) = client.get("/series/").context["hosts"]
    assert host.slug.startswith("host-")
    assert client.get(host.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("year", "count"), [("2020", 1), ("2021", 1), ("", 2), ("x", 2), ("0", 2)])
def test_a_host_shows_one_year_where_that_is_asked_for(client, year, count):
    make_conference(institution="外交部")
    make_conference(date=dt.date(2021, 1, 1), institution="外交部")
    response = client.get("/series/wai-jiao-bu/", {"year": year})
    assert len(response.context["page_obj"]) == count
    assert 'href="?year=2021"' in response.content.decode()


@pytest.mark.parametrize(("url", "queries"), [("/series/", 3), ("/series/wai-jiao-bu/", 6)])
def test_hosts_ask_few_questions_of_the_database(client, django_assert_num_queries, url, queries):
    for day in range(1, 15):
        make_talk(date=dt.date(2020, 5, day), institution="外交部")
    with django_assert_num_queries(queries):
        client.get(url)


@pytest.mark.parametrize(("host", "links"), [("外交部", 1), ("商务部/海关总署", 0)])
def test_the_host_of_a_conference_leads_to_its_page(client, host, links):
    make_conference(institution=host)
    page = client.get("/conferences/2020-05-24/").content.decode()
    addresses = re.findall(r'href="(/series/[^"]+)"', page)
    assert len(addresses) == links
    assert host in page
    for address in addresses:
        assert client.get(address).status_code == 301
