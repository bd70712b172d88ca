"""What the database itself refuses, and what the models promise."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from archive.editing.name_curation import merge
from archive.models import Answer, Conference, Exchange, MovedAddress, OutletAlias
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
)

pytestmark = pytest.mark.django_db


def refused(make, *args, **kwargs):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **kwargs)
    return True


def test_a_recording_is_on_the_web():
    assert refused(make_conference, recording_url="javascript:alert(1)")
    conference = make_conference(recording_url="https://example.org/1")
    conference.recording_url = "ftp://example.org/1"
    with pytest.raises(ValidationError, match="recording_url"):
        conference.full_clean()


def test_a_ref_and_a_position_are_unique_in_a_conference():
    conference = make_conference()
    make_exchange(conference)
    assert refused(make_exchange, conference, ref=1, position=9)
    assert refused(make_exchange, conference, ref=9, position=1)


def test_a_question_has_words_and_a_statement_none():
    conference = make_conference()
    assert refused(make_exchange, conference, "", kind="question")
    assert refused(make_exchange, conference, "何时？", kind="statement")
    assert make_exchange(conference, "").kind == "statement"


def test_an_answer_is_never_empty():
    assert refused(make_answer, make_exchange(make_conference()), "")


def test_a_conference_needs_a_title_and_a_known_status():
    assert refused(make_conference, title="")
    assert refused(make_conference, status="maybe")


def test_an_alias_belongs_to_one_outlet_whatever_its_characters():
    reuters = make_outlet()
    reuters.add_alias("ＲＥＵＴＥＲＳ")
    other = make_outlet("法新社", "afp")
    assert refused(other.add_alias, "《Reuters》")
    assert refused(other.add_alias, "路透 社")


def test_adding_an_alias_again_adds_nothing():
    reuters = make_outlet()
    assert reuters.add_alias("Reuters") == reuters.add_alias("reuters")
    assert OutletAlias.objects.count() == 2


def test_merging_outlets_moves_everything_and_leaves_a_redirect(client):
    cctv, old = make_outlet("中央电视台", "cctv"), make_outlet("央视", "yangshi")
    exchange = make_exchange(make_conference(), outlet=old)
    merge(old, cctv, user=None, reason="同一家")
    exchange.refresh_from_db()
    assert exchange.outlet == cctv
    assert {alias.name for alias in cctv.aliases.all()} == {"中央电视台", "央视"}
    assert client.get("/outlets/yangshi/")["Location"] == "/outlets/cctv/"


def test_a_renamed_address_redirects_however_often_it_moves():
    conference = make_conference()
    for slug in ("two-sessions", "npc-2020"):
        conference.slug = slug
        conference.save()
    assert MovedAddress.objects.new_slug("conference", "2020-05-24") == "npc-2020"
    assert MovedAddress.objects.new_slug("conference", "two-sessions") == "npc-2020"


def test_an_address_that_comes_back_answers_for_itself():
    conference = make_conference()
    for slug in ("two-sessions", "2020-05-24"):
        conference.slug = slug
        conference.save()
    assert MovedAddress.objects.new_slug("conference", "2020-05-24") is None
    assert MovedAddress.objects.new_slug("conference", "two-sessions") == "2020-05-24"


def test_a_speaker_who_answered_cannot_be_deleted():
    speaker = make_speaker()
    make_answer(make_exchange(make_conference()), speaker=speaker)
    with pytest.raises(IntegrityError):
        speaker.delete()


def test_query_sets_read_as_sentences():
    reuters, speaker = make_outlet(), make_speaker()
    draft = make_exchange(make_conference(published=False, slug="draft"), outlet=reuters)
    public = make_exchange(make_conference(), outlet=reuters)
    given = make_answer(public, speaker=speaker)
    make_answer(draft, speaker=speaker)
    assert list(Exchange.objects.published().questions().filter(outlet=reuters)) == [public]
    assert list(Answer.objects.published().filter(speaker=speaker).newest_first()) == [given]


def test_no_index_of_conferences_begins_with_their_status():
    """Nearly all are published: SQLite would walk through all instead of those it was given."""
    assert all(index.fields[0] != "status" for index in Conference._meta.indexes)
