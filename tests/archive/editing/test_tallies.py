"""Tallies are what counting everything gives, whatever was done."""

import datetime as dt
from collections import Counter

import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive.editing import publication, tallies
from archive.editing.name_curation import merge
from archive.editing.public_change import public_change
from archive.maintenance import integrity
from archive.models import Conference, Outlet, OutletAlias, Speaker, SpeakerAlias, Tally
from archive.signals import conference_changed
from tests.archive.casts import (
    make_answer,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)


def brute_force() -> dict[tuple[str, int], int]:
    """What everything adds up to, counted one by one."""
    counts: Counter[tuple[str, int]] = Counter()
    for one in Conference.objects.published():
        month = one.date.year * 100 + one.date.month
        counts["conferences", month] += 1
        for exchange in one.exchanges.all():
            if exchange.kind == "question":
                counts["questions", month] += 1
                counts["outlet", exchange.outlet_id or 0] += 1
            for answer in exchange.answers.all():
                counts["speaker", answer.speaker_id or 0] += 1
    return {name: count for name, count in counts.items() if name[1]}


def assert_tallied() -> None:
    rows = Tally.objects.exclude(count=0).values_list("kind", "key", "count")
    assert {(kind, key): count for kind, key, count in rows} == brute_force()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            "make draft publish withdraw delete move ask answer lose outlet speaker merge "
            "merge_speakers rows".split()
        ),
        st.integers(0, 50),
    ),
    max_size=14,
)


def take(step: str, at: int) -> None:  # noqa: C901 - a list of deeds
    rows = list(Conference.objects.order_by("pk"))
    one = rows[at % len(rows)] if rows else make_talk(1, slug=Conference.free_slug("first"))
    day = dt.date(2020, 1 + at % 12, 1)
    outlets, speakers = list(Outlet.objects.all()), list(Speaker.objects.all())
    outlet, speaker = outlets[at % len(outlets)], speakers[at % len(speakers)]
    match step:
        case "make" | "draft":
            make_talk(at % 3, date=day, slug=Conference.free_slug("t"), published=step == "make")
        case "publish":
            publication.publish(one, user=None, reason="复核")
        case "withdraw" if one.is_published:
            publication.withdraw(one, user=None, reason="有误")
        case "delete" if not one.revisions.exists():
            Conference.objects.filter(pk=one.pk).delete()
        case "move":
            one.date = day
            one.save()
        case "ask":
            make_exchange(one, outlet=outlet)
        case "answer":
            make_answer(make_exchange(one, ""), speaker=speaker)
        case "lose":
            one.exchanges.filter(position=1).delete()
        case "outlet" | "speaker":
            at = OutletAlias.objects.count() + SpeakerAlias.objects.count() + len(speakers)
            make = make_outlet if step == "outlet" else make_speaker
            make(f"名{at}", f"name-{at}")
        case "merge" if outlet.slug != "reuters":  # whom every talk that is made has
            into = Outlet.objects.get(slug="reuters")
            merge(outlet, into, user=None, reason="同一家")
        case "merge_speakers" if speaker.slug != "wang-yi":
            into = Speaker.objects.get(slug="wang-yi")
            merge(speaker, into, user=None, reason="同一人")
        case "rows":  # in bulk, which sends no signal: after the word that it changes
            with public_change():
                conference_changed.send(sender=Conference, conference_id=one.pk)
                one.exchanges.update(outlet=outlet, position=F("position"))


class TestTallies(TestCase):
    @settings(max_examples=25)
    @given(STEPS)
    def test_they_are_what_counting_everything_gives(self, steps):
        make_talk(1, slug="zero")
        for step, at in steps:
            take(step, at)
        assert_tallied()
        before = set(Tally.objects.exclude(count=0).values_list("kind", "key", "count"))
        tallies.count_all(1)
        after = set(Tally.objects.exclude(count=0).values_list("kind", "key", "count"))
        assert before == after


@pytest.mark.django_db
def test_counts_that_are_wrong_are_found_and_mended():
    make_talk()
    Tally.objects.filter(kind="questions").update(count=7)
    findings = list(integrity._tallies(integrity.VerificationOptions(lambda one, *_: one, None)))
    assert [one.what.partition("(")[2][:23] for one in findings] == ["first: questions 202005"]
    findings[0].repair()
    assert_tallied()
    assert tallies.differences() == []
