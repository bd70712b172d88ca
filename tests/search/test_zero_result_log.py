"""Searches that found nothing are counted, cheaply and namelessly."""

import datetime as dt
import sqlite3

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from search import zero_result_log
from search.models import EmptySearch

pytestmark = pytest.mark.django_db


def test_a_query_that_finds_nothing_is_counted_folded(client, seed):
    for q in ("量子糾纏", " 量子纠缠 "):
        client.get("/search/", {"q": q})
    found = EmptySearch.objects.get()
    assert (found.folded, found.count) == ("量子纠缠", 2)
    assert timezone.now() - found.last_at < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "asked",
    [{"q": "外交"}, {"q": ""}, {"q": "   "}, {"q": "量子纠缠", "from": "2021-01-01"}, {"q": "“”"},
     {"q": "量子纠缠", "in": "question"}, {"q": "量" * 101}],
)  # fmt: skip
def test_what_is_found_narrowed_or_no_query_is_not_counted(client, seed, asked):
    client.get("/search/", asked)
    assert not EmptySearch.objects.exists()


def test_a_name_nobody_has_is_counted(client, seed):
    client.get("/search/", {"q": "outlet:火星日报"})
    assert EmptySearch.objects.exists()


def test_a_search_without_index_is_not_counted(client, db):
    assert client.get("/search/", {"q": "量子纠缠"}).status_code == 503
    assert not EmptySearch.objects.exists()


def test_a_reader_gets_no_cookie_for_it(client, seed):
    response = client.get("/search/", {"q": "量子纠缠"})
    assert not response.cookies
    assert {field.name for field in EmptySearch._meta.fields} == {
        "id",
        "folded",
        "count",
        "last_at",
    }


def test_a_database_that_cannot_be_written_is_no_error(client, seed, monkeypatch):
    def refuse(_folded):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(zero_result_log, "_count", refuse)
    assert client.get("/search/", {"q": "量子纠缠"}).status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_somebody_writes_is_not_waited_for(tmp_path, monkeypatch):
    other = sqlite3.connect(connection.settings_dict["NAME"], uri=True, timeout=0)
    connection.cursor().execute("PRAGMA busy_timeout = 20000")
    other.execute("BEGIN IMMEDIATE")
    before = timezone.now()
    zero_result_log.record_search("量子纠缠")
    waited = timezone.now() - before
    other.rollback()
    other.close()
    assert waited < dt.timedelta(seconds=5)
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (20000,)


def test_a_second_time_costs_few_queries(django_assert_max_num_queries):
    zero_result_log.record_search("量子纠缠")
    with django_assert_max_num_queries(6):  # with two of the savepoint and two of the patience
        zero_result_log.record_search("量子纠缠")


def test_rows_are_bounded_and_what_many_ask_stays(monkeypatch):
    monkeypatch.setattr(zero_result_log, "ROWS", 3)
    for q in ("量子", "量子", "甲", "乙", "丙", "丁"):
        zero_result_log.record_search(q)
    assert set(EmptySearch.objects.values_list("folded", flat=True)) == {"量子", "丙", "丁"}


def test_what_nobody_asked_for_long_is_forgotten():
    zero_result_log.record_search("量子")
    EmptySearch.objects.update(last_at=timezone.now() - dt.timedelta(days=91))
    zero_result_log.record_search("甲")
    assert EmptySearch.objects.get().folded == "甲"
