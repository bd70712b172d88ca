"""Suggestions while somebody types."""

import pytest
from django.urls import reverse

from archive.models import Conference
from search.autocomplete import complete
from search.index import writer
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    """王毅 answers 路透社 three times about 路线图 and once about the Economy."""
    outlet = make_outlet(name_en="Reuters")
    outlet.add_alias("路透通讯社")
    texts = [
        "路线图很清楚。",
        "路线图要落实。",
        "路线图已经有了。The Economy.",
        "The Economy again.",
    ]
    conference = make_conference()
    speaker = make_speaker(name="王毅", name_en="Wang Yi")
    make_answers(conference, texts, question="请问？", outlet=outlet, speaker=speaker)
    writer.rebuild()
    return conference


def taken(typed):
    return [one.q for one in complete(typed)]


def test_an_outlet_a_speaker_and_a_phrase_become_parts_of_the_query(talk):
    assert taken("路透") == ["outlet:路透社"]
    assert taken("王") == ["speaker:王毅"]
    assert taken("路") == ["outlet:路透社", "“路线图”"]


@pytest.mark.parametrize("typed", ["路線", "“路线", "「路線", "路线"])
def test_either_script_and_an_open_quotation_mark_are_understood(talk, typed):
    assert taken(typed) == ["“路线图”"]


def test_an_english_name_or_an_alias_suggests_the_outlet_once(talk):
    assert taken("reut") == ["outlet:路透社"]
    assert taken("Wang Y") == ["speaker:王毅"]
    assert [(one.label, one.alias, one.count) for one in complete("路透通")] == [
        ("路透社", "路透通讯社", 8)
    ]


def test_a_latin_word_is_suggested_as_it_is_printed(talk):
    assert taken("econ") == ["“Economy”"]


def test_what_was_typed_before_stays(talk):
    assert taken("“南海” 路透") == ["“南海” outlet:路透社"]
    assert taken("南海  wang y") == ["南海  speaker:王毅"]


def test_a_field_suggests_its_own_kind_alone(talk):
    assert taken("outlet:路") == taken("媒体：路") == ["outlet:路透社"]
    assert taken("speaker:路") == []


def test_a_name_with_a_space_is_quoted():
    outlet = make_outlet(name="The Paper", slug="the-paper")
    make_answers(make_conference(), ["好。"], outlet=outlet)
    writer.rebuild()
    assert taken("the pa") == ["outlet:“The Paper”"]


def test_who_and_what_is_in_drafts_alone_is_not_suggested(talk):
    make_outlet(name="路边社", slug="lubian")
    assert taken("路边") == []
    Conference.objects.update(status="draft")  # past the index, as a crash would leave it
    assert taken("路线") == []


@pytest.mark.parametrize("typed", ["", " ", "“", "*", "月球", "outlet:", "\x00", "路透 "])
def test_nothing_to_go_on_with_is_nothing_suggested(talk, typed):
    assert complete(typed) == []


def test_at_most_eight_are_suggested_the_most_frequent_first():
    words = "中国 中方 中美 中欧 中俄 中日 中东 中央 中心 中间".split()
    texts = ["，".join(words), "，".join(words), "中国。"]
    make_answers(make_conference(), texts)
    writer.rebuild()
    found = complete("中")
    assert found[0].label == "中国"
    assert len(found) == 8


def test_the_address_answers_with_data_that_a_browser_keeps(talk, client):
    response = client.get(reverse("search:suggest"), {"q": "路透"}, HTTP_ACCEPT_LANGUAGE="en")
    assert response.json() == {
        "said": "1 suggestion",
        "suggestions": [
            {
                "kind": "outlet",
                "label": "路透社",
                "alias": "",
                "count": 8,
                "q": "outlet:路透社",
                "is": "outlet",
                "lang": "zh",
            }
        ],
    }
    assert response["Cache-Control"] == "max-age=300"


def test_a_first_name_stands_before_an_alias_however_frequent(talk):
    other = make_outlet(name="路边社", slug="lubian")
    make_answers(talk, ["好。"], outlet=other)
    reuters = talk.exchanges.first().outlet
    reuters.name = "Reuters"
    reuters.save()
    writer.rebuild()
    assert taken("路")[:2] == ["outlet:路边社", "outlet:Reuters"]


@pytest.mark.parametrize("q", ["", "a" * 201, "\x00"])
def test_what_the_form_refuses_suggests_nothing(talk, client, q):
    assert client.get(reverse("search:suggest"), {"q": q}).json()["suggestions"] == []


def test_without_an_index_there_are_no_suggestions(client):
    response = client.get(reverse("search:suggest"), {"q": "路透"})
    assert (response.status_code, response.json()["suggestions"]) == (503, [])


def test_suggesting_asks_the_database_little(talk, django_assert_num_queries):
    complete("路")
    with django_assert_num_queries(2):  # the outlet's name, and a text that has the phrase
        complete("路")
