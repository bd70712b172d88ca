"""A conference as JSON, and back again."""

import json

import pytest

from archive.exports.conference_json import conference_as_data
from archive.models import Conference
from archive.parsing.parser import parse_transcript
from tests.archive.casts import make_answer, make_conference, make_exchange, make_talk

URL = "/conferences/2020-05-24.json"


def test_a_conference_is_data(db):
    make_talk(1, title="记者会", venue="人民大会堂")
    data = conference_as_data(Conference.objects.get())
    assert (data["dawen"], data["slug"], data["date"]) == (1, "2020-05-24", "2020-05-24")
    assert (data["title"], data["venue"]) == ("记者会", "人民大会堂")
    assert data["speakers"] == [{"name": "王毅", "role": "外交部长"}]
    (exchange,) = data["exchanges"]
    assert (exchange["ref"], exchange["outlet"], exchange["question"]) == (1, "路透社", "第1问？")
    assert exchange["answers"] == [
        {"speaker": "王毅", "role": "speaker", "label": "", "text": "第1答。"}
    ]


def test_a_recording_is_told_only_where_there_is_one(db):
    conference = make_talk(1)
    without = conference_as_data(conference)
    conference.recording_url = "https://example.org/1"
    assert conference_as_data(conference) == without | {"recording_url": "https://example.org/1"}
    assert "recording_url" not in without


def test_a_follow_up_is_the_index_of_what_it_follows(db):
    conference = make_talk(2)
    first, second = conference.exchanges.order_by("position")
    second.follows = first
    second.save()
    assert [one["follows"] for one in conference_as_data(conference)["exchanges"]] == [None, 0]


def test_an_exchange_without_outlet_or_speaker_is_data(db):
    exchange = make_exchange(make_conference(), "")
    make_answer(exchange, "大家好。")
    (one,) = conference_as_data(exchange.conference)["exchanges"]
    assert (one["kind"], one["outlet"], one["answers"][0]["speaker"]) == ("statement", "", "")


@pytest.mark.parametrize("count", [1, 30])
def test_any_conference_takes_three_queries(db, django_assert_num_queries, count):
    conference = make_talk(count)
    with django_assert_num_queries(3):
        conference_as_data(conference)


def test_the_page_is_json_in_utf_8(client, db):
    make_talk(1)
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "王毅" in answer.content.decode()
    assert answer.json()["exchanges"][0]["question"] == "第1问？"


def test_the_conference_leads_to_its_data(client, db):
    make_talk(1)
    link = f'<link rel="alternate" type="application/json" href="{URL}">'
    assert link in client.get("/conferences/2020-05-24/").content.decode()


def test_a_draft_has_no_data(client, db):
    make_talk(1, published=False)
    assert client.get(URL).status_code == 404


def test_the_old_address_of_a_conference_leads_to_its_data(client, db):
    conference = make_talk(1)
    conference.slug = "npc-2020"
    conference.save()
    answer = client.get(URL)
    assert (answer.status_code, answer["Location"]) == (301, "/conferences/npc-2020.json")


def test_the_seed_comes_back_from_its_export(client, seed):
    content = client.get(URL).content
    data = conference_as_data(Conference.objects.get())
    parsed = parse_transcript(content, "2020-05-24.json")
    assert [_told(one) for one in parsed.exchanges] == [_as_told(one) for one in data["exchanges"]]
    assert (parsed.date.isoformat(), parsed.title) == (data["date"], data["title"])
    assert [(one.name, one.role) for one in parsed.speakers] == [
        (one["name"], one["role"]) for one in data["speakers"]
    ]


def test_what_no_words_say_comes_back_from_an_export(db):
    conference = make_talk(3)
    first, _, third = conference.exchanges.order_by("position")
    third.follows, third.question = first, "第三问\n没有句号"
    third.save()
    conference.exchanges.last().answers.update(label="外长")
    conference.appearances.update(role="国务委员兼外交部长")
    data = conference_as_data(conference)
    parsed = parse_transcript(json.dumps(data).encode(), "a.json")
    assert [_told(one) for one in parsed.exchanges] == [_as_told(one) for one in data["exchanges"]]
    assert parsed.exchanges[2].follows == 0
    assert [(one.name, one.role) for one in parsed.speakers] == [("王毅", "国务委员兼外交部长")]


_ASKED = ("kind", "topic", "asked_by", "reporter", "follows", "question")
_ANSWERED = ("speaker", "role", "label", "text")


def _told(exchange):
    answers = [tuple(getattr(one, name) for name in _ANSWERED) for one in exchange.answers]
    return (*(getattr(exchange, name) for name in _ASKED), answers)


def _as_told(exchange):
    """The same of an exchange in an export."""
    answers = [tuple(one[name] for name in _ANSWERED) for one in exchange["answers"]]
    return (*(exchange[name] for name in _ASKED), answers)
