"""Lists of the admin say what Django's own would, with fewer rows read."""

import datetime as dt

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archive.models import Conference, Exchange, Outlet, Speaker, Transcript
from tests.archive.casts import make_conference, make_exchange, make_outlet, make_talk

DAYS = ["1999-12-31", "2018-01-01", "2018-01-31", "2018-02-01", "2020-02-29", "2020-12-31"]


@pytest.fixture
def dated(db):
    for day in DAYS:
        date = dt.date.fromisoformat(day)
        make_exchange(make_conference(slug=day, date=date, published=date.year != 1999))
    make_conference(slug="empty", date=dt.date(2011, 1, 1))


def listed(client, model, query=""):
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return client.get(f"{url}?{query}").context["cl"]


@pytest.mark.parametrize(("model", "field"), [(Conference, "date"), (Exchange, "conference__date")])
@pytest.mark.parametrize("query", ["", "year=2018", "year=2018&month=1", "year=2007"])
def test_the_hierarchy_has_the_periods_that_have_rows(admin_client, dated, model, field, query):
    asked = query.replace("year", f"{field}__year").replace("month", f"{field}__month")
    cl = listed(admin_client, model, asked)
    for kind in ("year", "month", "day"):
        assert cl.dated.dates(field, kind) == list(cl.queryset.dates(field, kind))


def test_the_hierarchy_follows_the_other_filters(admin_client, dated):
    cl = listed(admin_client, Exchange, "conference__status__exact=published")
    assert [one.year for one in cl.dated.dates("conference__date", "year")] == [2018, 2020]


def test_moments_belong_to_the_days_of_the_time_zone(admin_client, db):
    made = make_talk()
    for number, moment in enumerate(
        ["2019-12-31T15:59Z", "2019-12-31T16:00Z", "2026-03-01T00:00Z"]
    ):
        one = Transcript.objects.create(
            filename="a.txt", content=b"", size=0, sha256=f"{number:064}", conference=made
        )
        Transcript.objects.filter(pk=one.pk).update(created_at=dt.datetime.fromisoformat(moment))
    LogEntry.objects.all().update(timestamp=timezone.now())
    cl = listed(admin_client, Transcript)
    for kind in ("year", "month", "day"):
        expected = list(cl.queryset.datetimes("created_at", kind))
        assert cl.dated.datetimes("created_at", kind) == expected
        assert expected


def test_a_search_of_all_questions_is_not_made_again_for_each_year(admin_client, dated):
    assert listed(admin_client, Exchange, "q=台湾").dated is None
    assert listed(admin_client, Exchange, "q=台湾&conference__date__year=2018").dated is not None


@pytest.mark.parametrize(
    ("model", "terms"),
    [
        (Conference, ["王毅", "毅 2020", '"2020-05"', "talk", "TALK", "王毅 nothing", "%"]),
        (Exchange, ["路透社", "reuters", "2020-05", "question", "nothing", "第 路透"]),
        (Transcript, ["b.txt", "B.TXT", "0123", "talk", "会 b", "nothing"]),
        (Outlet, ["路透", "luto", "REUTERS"]),
        (Speaker, ["王", "wang", "WANG yi", "alias"]),
    ],
)
def test_a_search_finds_what_django_finds_and_each_row_once(admin_client, rf, model, terms):
    make_talk(count=2)
    talk = make_talk(count=1, slug="talk")
    Transcript.objects.create(
        filename="b.txt", content=b"", size=0, sha256="0123" * 16, conference=talk
    )
    outlet = Outlet.objects.first() or make_outlet()
    outlet.add_alias("路透")
    outlet.add_alias("路透通讯社")
    ours = admin.site._registry[model]
    rows = ours.get_queryset(rf.get("/"))
    for term in terms:
        found, may_repeat = ours.get_search_results(rf.get("/"), rows, term)
        usual, _ = ModelAdmin.get_search_results(ours, rf.get("/"), rows, term)
        assert not may_repeat
        keys = list(found.values_list("pk", flat=True))
        assert sorted(keys) == sorted(set(usual.values_list("pk", flat=True))), term


def test_counts_beside_names_are_those_of_their_rows(admin_client, db):
    make_talk(count=3)
    Speaker.objects.create(name="无言", slug="wu-yan")
    for model, related in ((Speaker, "answers"), (Outlet, "exchanges")):
        for row in listed(admin_client, model).result_list:
            assert row.uses == getattr(row, related).count()


@pytest.mark.parametrize("model", [Conference, Speaker, Outlet, Exchange])
def test_no_list_joins_or_sorts_out_what_it_only_counts(admin_client, db, model):
    """What took longest at 270,000 parts: a DISTINCT of whole rows, a join to be grouped."""
    make_talk()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        listed(admin_client, model, "q=王")
    for query in asked:
        assert 'SELECT DISTINCT "archive_' not in query["sql"] or "ORDER BY 1" in query["sql"]
        if "COUNT(*)" in query["sql"].split("FROM")[0]:
            assert "LEFT OUTER JOIN" not in query["sql"]
