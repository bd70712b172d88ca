"""Saving a transcript: one transaction, nothing twice, links that stay."""

import hashlib

import pytest
from django.db import IntegrityError

from archive.editing import persistence
from archive.editing.ingestion import load, try_out
from archive.models import (
    Answer,
    Appearance,
    Conference,
    Exchange,
    MovedAddress,
    Speaker,
    Transcript,
)
from archive.parsing.records import TranscriptError
from tests.archive.casts import make_outlet
from tests.archive.texts import EXTRA, TWO_QUESTIONS

pytestmark = pytest.mark.django_db

BRIEFING = TWO_QUESTIONS


def take(text, **options):
    return load(text.encode(), "briefing.txt", **{"publish": True} | options)


def refs():
    return list(Exchange.objects.order_by("position").values_list("ref", flat=True))


def test_a_transcript_becomes_a_published_conference():
    saved = take(BRIEFING)
    assert saved.outcome == "created"
    assert saved.conference.get_absolute_url() == "/conferences/2020-05-24/"
    assert saved.conference.is_published
    assert refs() == [1, 2]


def test_the_file_is_kept_byte_for_byte():
    take(BRIEFING)
    transcript = Transcript.objects.get()
    assert bytes(transcript.content) == BRIEFING.encode()
    assert transcript.sha256 == hashlib.sha256(BRIEFING.encode()).hexdigest()


def test_the_same_bytes_again_change_nothing():
    take(BRIEFING)
    assert take(BRIEFING).outcome == "unchanged"
    assert (Conference.objects.count(), Transcript.objects.count()) == (1, 1)


def test_a_corrected_file_supersedes_and_refs_stay():
    first = take(BRIEFING)
    again = take(BRIEFING.replace("总体稳定", "持续稳定"))
    assert again.outcome == "updated"
    assert again.transcript.supersedes == first.transcript
    assert refs() == [1, 2]
    assert "持续稳定" in Answer.objects.get(exchange__ref=1).text


def test_an_exchange_put_in_front_leaves_the_refs_of_the_others():
    take(BRIEFING)
    take(BRIEFING.replace("路透社记者", EXTRA.strip() + "\n\n路透社记者", 1))
    assert refs() == [3, 1, 2]


def test_a_ref_is_never_given_twice():
    take(BRIEFING + EXTRA)
    take(BRIEFING)
    take(BRIEFING + EXTRA + "\n")
    assert refs() == [1, 2, 4]


def test_another_conference_of_the_same_day_gets_its_own_address():
    take(BRIEFING)
    other = take(
        "2020年5月24日国台办新闻发布会\n\n凤凰卫视记者：两岸旅游何时恢复？\n\n朱凤莲：大陆方面已有安排。\n"
    )
    assert other.conference.slug == "2020-05-24-2"


def test_the_same_title_with_other_words_is_another_conference():
    take(BRIEFING)
    other = take(
        BRIEFING.split("\n", maxsplit=1)[0]
        + "\n\n凤凰卫视记者：两岸旅游何时恢复？\n\n毛宁：大陆已有安排。\n"
    )
    assert other.outcome == "created"


def test_an_address_that_moved_is_not_given_to_another_conference():
    MovedAddress.objects.record("conference", "2020-05-24", "two-sessions")
    assert take(BRIEFING).conference.slug == "2020-05-24-2"


def test_outlets_are_known_by_their_aliases_and_unknown_labels_are_reported():
    reuters = make_outlet()
    saved = take(BRIEFING)
    assert Exchange.objects.get(ref=1).outlet == reuters
    assert Exchange.objects.get(ref=2).asked_by == "新华社"
    assert [(problem.code, problem.line) for problem in saved.problems] == [("unknown_outlet", 7)]


def test_an_outlet_is_known_with_its_country_before_it():
    reuters = make_outlet()
    take(BRIEFING.replace("路透社记者", "英国《路透社》记者"))
    assert Exchange.objects.get(ref=1).outlet == reuters


def test_an_outlet_an_editor_chose_survives_a_correction():
    take(BRIEFING)
    exchange = Exchange.objects.get(ref=2)
    exchange.outlet = make_outlet("新华通讯社", "xinhua")
    exchange.save()
    take(BRIEFING.replace("总体稳定", "持续稳定"))
    assert Exchange.objects.get(ref=2).outlet.slug == "xinhua"


def test_what_an_editor_wrote_and_the_file_does_not_say_is_kept():
    Conference.objects.filter(pk=take(BRIEFING).conference.pk).update(venue="蓝厅")
    take(BRIEFING.replace("总体稳定", "持续稳定"))
    assert Conference.objects.get().venue == "蓝厅"


def test_a_speaker_has_an_address_in_pinyin_and_a_role_that_day():
    take(BRIEFING)
    assert Speaker.objects.get().get_absolute_url() == "/speakers/mao-ning/"
    assert Appearance.objects.get().role == "外交部发言人"


def test_a_draft_stays_a_draft_until_it_is_published():
    assert not take(BRIEFING, publish=False).conference.is_published
    assert take(BRIEFING + EXTRA).conference.is_published


def test_a_withdrawn_conference_is_not_brought_back_by_a_correction():
    taken = Conference.objects.filter(pk=take(BRIEFING).conference.pk)
    taken.update(status="withdrawn", withdrawn_because="错误")
    assert take(BRIEFING + EXTRA).conference.status == "withdrawn"


def test_a_file_that_cannot_be_read_saves_nothing():
    with pytest.raises(TranscriptError):
        take("没有任何发言标记的一段话。")
    assert not Conference.objects.exists()


def test_a_failure_half_way_saves_nothing(monkeypatch):
    def fail(*_args):
        raise IntegrityError

    monkeypatch.setattr(persistence, "_with_unknown_outlets", fail)
    with pytest.raises(IntegrityError):
        take(BRIEFING)
    assert not Conference.objects.exists()
    assert not Speaker.objects.exists()


def test_trying_out_tells_everything_and_saves_nothing():
    told = try_out(BRIEFING.encode(), "briefing.txt", publish=True)
    assert (told["outcome"], len(told["exchanges"])) == ("created", 2)
    assert not Conference.objects.exists()
