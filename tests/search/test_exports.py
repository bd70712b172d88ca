"""What a search finds as files."""

import csv
import io
import json

import pytest
from django.urls import reverse

from archive.models import Conference
from search import exports
from search.index import writer
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(client):
    def get(kind, **parameters):
        return client.get(
            reverse(f"search:results_{kind}"), parameters, headers={"Accept-Language": "en"}
        )

    return get


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def make_talk_about(texts, **fields):
    conference = make_conference(title="外长记者会", language="zh-Hans", **fields)
    answers = make_answers(
        conference, texts, question="南海？", outlet=make_outlet(), speaker=make_speaker()
    )
    writer.rebuild()
    return answers


def test_a_table_has_a_row_for_each_passage(fetch):
    make_talk_about(["南海、南海。\n第二段。"])
    response = fetch("csv", q="南海", **{"in": "answer"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbfdate,conference,part,")
    [row] = rows_of(response)
    address = row.pop("address")
    assert address.startswith("http://testserver/conferences/2020-05-24/?q=")
    assert address.endswith("#q1-a1")
    assert row == {
        "date": "2020-05-24",
        "conference": "外长记者会",
        "part": "answer",
        "outlet": "路透社",
        "speaker": "王毅",
        "occurrences": "2",
        "passage": "南海、南海。\n第二段。",
    }


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝"])
def test_no_cell_of_a_table_runs_as_a_formula(fetch, first):
    make_talk_about([f"{first}南海(1)"])
    [row] = rows_of(fetch("csv", q="南海", **{"in": "answer"}))
    assert row["passage"] == f"'{first}南海(1)"


def test_data_tells_the_query_the_counts_and_the_hits(fetch):
    make_talk_about(["南海、南海。"])
    response = fetch("json", q="“南海”", outlet="reuters", sort="oldest", view="kwic", page="7")
    data = json.loads(response.content)
    assert data["query"] == {
        "q": "“南海”",
        "outlet": "reuters",
        "sort": "oldest",
        "understood": "exactly “南海”",
        "complaints": [],
        "some_of_the_words": False,
    }
    assert data["counts"] == {"occurrences": 3, "passages": 2, "exchanges": 1, "conferences": 1}
    assert [hit["part"] for hit in data["hits"]] == ["question", "answer"]
    assert data["complete"] is True
    assert data["hits"][0]["language"] == "zh-Hans"


def test_a_file_that_does_not_hold_all_says_so(fetch, client, monkeypatch):
    monkeypatch.setattr(exports, "EXPORT_LIMIT", 2)
    monkeypatch.setattr("search.views.EXPORT_LIMIT", 2)
    make_talk_about(["南海。", "南海！"])
    told = "The files hold the first 2 of 4 passages."
    rows = rows_of(fetch("csv", q="南海"))
    assert [row["passage"] for row in rows][2:] == [told]
    data = json.loads(fetch("json", q="南海").content)
    assert (data["limit"], data["complete"], len(data["hits"])) == (2, False, 2)
    page = client.get("/search/", {"q": "南海"}, headers={"Accept-Language": "en"})
    assert told in page.text


def test_what_is_no_longer_public_is_in_no_file(fetch):
    make_talk_about(["南海。"])
    Conference.objects.update(status="draft")  # past the index, as a crash would leave it
    assert rows_of(fetch("csv", q="南海")) == []
    assert json.loads(fetch("json", q="南海").content)["hits"] == []


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_takes_two_queries_however_long_it_is(fetch, django_assert_num_queries, kind):
    make_talk_about(["南海。"] * 30)
    with django_assert_num_queries(2):
        fetch(kind, q="南海")
    with django_assert_num_queries(3):
        fetch(kind, q="南海", outlet="reuters")


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("q", ["", "“", "*", "月球", "\x00"])
def test_no_query_breaks_a_file(seed, fetch, kind, q):
    assert fetch(kind, q=q).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_without_an_index_a_file_is_to_be_asked_for_later(fetch, kind):
    response = fetch(kind, q="南海")
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_the_page_links_to_the_files_of_its_search(client):
    make_talk_about(["南海。"])
    text = client.get("/search/", {"q": "南海", "outlet": "reuters", "view": "kwic"}).text
    asked = "?q=%E5%8D%97%E6%B5%B7&amp;outlet=reuters"
    assert f'href="/search/results.csv{asked}"' in text
    assert f'href="/search/results.json{asked}"' in text
