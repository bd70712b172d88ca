"""Profiles are not sent or made again while they show the same, and new as soon as they do not."""

import pytest

from archive.editing.name_curation import merge
from archive.editing.public_change import public_change
from archive.models import Appearance, Conference, Exchange, Outlet, Speaker
from archive.signals import conference_changed
from search.index import writer
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db
OUTLET, SPEAKER = "/outlets/reuters/", "/speakers/wang-yi/"
BOTH = [OUTLET, SPEAKER]


@pytest.fixture(autouse=True)
def talk(kept_pages) -> Conference:
    """Two conferences of Reuters and Wang Yi, one without them, an index, and kept pages."""
    make_talk(slug="earlier")
    mao = make_speaker("毛宁", "mao-ning")
    other = make_conference(slug="other", speaker=mao)
    make_answer(make_exchange(other, outlet=make_outlet("法新社", "afp")), speaker=mao)
    talk = make_talk()
    writer.rebuild()
    return talk


def etag(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response["ETag"]


def again(client, url, tag):
    return client.get(url, headers={"if-none-match": tag}).status_code


@pytest.mark.parametrize("url", [*BOTH, f"{OUTLET}?page=2", f"{SPEAKER}?page=2"])
def test_a_profile_that_shows_the_same_is_not_sent_again(client, url, django_assert_num_queries):
    tag = etag(client, url)
    with django_assert_num_queries(1):
        response = client.get(url, headers={"if-none-match": tag})
    assert (response.status_code, response["ETag"]) == (304, tag)
    assert response["Cache-Control"] == "no-cache"  # readers ask each time


@pytest.mark.parametrize("url", BOTH)
def test_a_profile_is_made_once_for_all_readers(client, made, url):
    pages = [client.get(address).content for address in (url, url, f"{url}?page=1")]
    assert pages[0] == pages[1]
    assert made == [url, f"{url}?page=1"]


def _correct_an_answer(talk):
    answer = talk.exchanges.get(ref=2).answers.get()
    answer.text = "更正。"
    answer.save()


def _correct_a_question(talk):
    exchange = talk.exchanges.get(ref=2)
    exchange.question = "更正？"
    exchange.save()


def _withdraw(talk):
    talk.status, talk.withdrawn_because = "withdrawn", "内容有误"
    talk.save()


def _delete(talk):
    talk.delete()


def _ask_elsewhere(_talk):
    talk = Conference.objects.get(slug="other")
    wang, reuters = Speaker.objects.get(slug="wang-yi"), Outlet.objects.get(slug="reuters")
    Appearance.objects.create(conference=talk, speaker=wang)
    make_answer(make_exchange(talk, outlet=reuters), speaker=wang)


def _hand_over(talk):
    """All of a conference, as saving does it: in bulk, after the word that it changes."""
    with public_change():
        _give_away(talk)


def _give_away(talk):
    afp, mao = Outlet.objects.get(slug="afp"), Speaker.objects.get(slug="mao-ning")
    conference_changed.send(sender=Conference, conference_id=talk.pk)
    Exchange.objects.filter(conference=talk).update(outlet=afp)
    for exchange in talk.exchanges.all():
        exchange.answers.update(speaker=mao)
    talk.appearances.all().delete()


def _rename_the_outlet(_talk):
    outlet = Outlet.objects.get(slug="reuters")
    outlet.name = "路透"
    outlet.save()


def _rename_the_speaker(_talk):
    speaker = Speaker.objects.get(slug="wang-yi")
    speaker.name = "王毅外长"
    speaker.save()


def _merge_outlets(_talk):
    slugs = Outlet.objects.in_bulk(["afp", "reuters"], field_name="slug")
    merge(slugs["afp"], slugs["reuters"], user=None, reason="同一家")


def _merge_speakers(_talk):
    slugs = Speaker.objects.in_bulk(["mao-ning", "wang-yi"], field_name="slug")
    merge(slugs["mao-ning"], slugs["wang-yi"], user=None, reason="同一家")


@pytest.mark.parametrize(
    ("urls", "change"),
    [
        *((BOTH, one) for one in (_withdraw, _delete)),
        *((BOTH, one) for one in (_ask_elsewhere, _hand_over)),
        *((BOTH, one) for one in (_rename_the_outlet, _rename_the_speaker)),
        *(([OUTLET], one) for one in (_correct_a_question, _merge_outlets)),
        *(([SPEAKER], one) for one in (_correct_an_answer, _merge_speakers)),
    ],
)
def test_a_profile_is_new_when_something_changed_that_it_shows(client, talk, urls, change):
    tags = {url: (etag(client, url), client.get(url).content) for url in urls}
    change(talk)
    for url, (tag, before) in tags.items():
        assert again(client, url, tag) == 200
        assert client.get(url).content != before


def _say_the_kind(outlet):
    outlet.kind = "newspaper"
    outlet.save()


def _add_a_name(outlet):
    outlet.add_alias("彭博")


def _lose_a_name(outlet):
    outlet.aliases.get(name="彭博新闻").delete()


@pytest.mark.parametrize("change", [_say_the_kind, _add_a_name, _lose_a_name])
def test_who_never_asked_is_new_when_it_is_described_anew(client, change):
    outlet = make_outlet("彭博社", "bloomberg")
    outlet.add_alias("彭博新闻")
    url = outlet.get_absolute_url()
    tag, before = etag(client, url), client.get(url).content
    change(outlet)
    assert again(client, url, tag) == 200
    assert client.get(url).content != before


@pytest.mark.parametrize("url", BOTH)
def test_a_profile_stays_as_it_is_while_conferences_of_others_change(client, url):
    tag = etag(client, url)
    other = Conference.objects.get(slug="other")
    other.title = "另题"
    other.save()
    writer.drain()
    assert again(client, url, tag) == 304


def test_a_profile_is_new_when_the_index_knows_what_was_said(client, talk):
    outlet = Outlet.objects.get(slug="reuters")
    for _ in range(5):
        make_exchange(talk, "请问美国调整关税，中方有何评论？", outlet=outlet)
    waiting = etag(client, OUTLET)
    assert again(client, OUTLET, waiting) == 304
    writer.drain()
    assert again(client, OUTLET, waiting) == 200


@pytest.mark.parametrize("url", BOTH)
def test_a_profile_without_its_words_is_nobodys_for_long(client, index_folder, made, url):
    (index_folder / "current").unlink()
    for _time in range(2):
        response = client.get(url)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert "ETag" not in response
    assert made == [url, url]
    writer.rebuild()
    assert again(client, url, etag(client, url)) == 304


def test_an_index_that_goes_while_a_page_is_made_leaves_nothing_behind(client, made, monkeypatch):
    monkeypatch.setattr("archive.views.profiles.profile_words", lambda _row: None)
    for _time in range(2):
        assert "ETag" not in client.get(OUTLET)
    assert made == [OUTLET, OUTLET]
