"""Every public state of a conference is kept, once."""

import json

import pytest
from django.db import transaction

from archive.editing import revisions
from archive.editing.ingestion import load
from archive.editing.public_change import public_change
from archive.exports import conference_json
from archive.models import Conference, Revision, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.parser import parse_transcript
from tests.archive.casts import make_conference, make_talk

pytestmark = pytest.mark.django_db


def correct(conference: Conference, text: str = "更正。") -> Revision:
    answer = conference.exchanges.first().answers.get()
    answer.text = text
    answer.save()
    return revisions.record_revision(conference, "corrected", user=None, reason="错字")


def test_a_revision_keeps_what_the_conference_says_as_data(client):
    conference = make_talk(1)
    revision = revisions.record_revision(conference, "published", user=None)
    content = client.get("/conferences/2020-05-24.json").content
    assert Revision.objects.get().content == content
    assert revision.sha256 == sha256_of(content)


def test_revisions_are_numbered_as_they_come(admin_user):
    conference = make_talk(1)
    revisions.record_revision(conference, "published", user=admin_user)
    assert correct(conference).number == 2
    assert correct(conference, "再更正。").number == 3
    assert Revision.objects.get(number=1).made_by == admin_user


def test_an_earlier_state_stays_readable():
    conference = make_talk(1)
    first = revisions.record_revision(conference, "published", user=None)
    correct(conference)
    kept = json.loads(Revision.objects.get(pk=first.pk).content)
    assert kept["exchanges"][0]["answers"][0]["text"] == "第1答。"
    assert parse_transcript(first.content, "a.json").exchanges[0].question == "第1问？"


def test_what_changed_nothing_is_no_revision():
    conference = make_talk(1)
    first = revisions.record_revision(conference, "published", user=None)
    again = revisions.record_revision(conference, "published", user=None, reason="")
    assert again == first
    assert revisions.record_revision(conference, "withdrawn", user=None, reason="误").number == 2


def test_a_revision_names_its_file_and_how_many_corrections_were_applied():
    load("2020年5月24日\n\n记者：问？\n\n王毅：答。".encode(), "a.txt", publish=False)
    transcript = Transcript.objects.get()
    for number, fits in ((1, True), (2, False), (3, True)):
        transcript.corrections.create(number=number, kind="words", value={}, fits=fits)
    revision = revisions.record_revision(transcript.conference, "corrected", user=None)
    assert (revision.transcript, revision.corrections) == (transcript, 2)


@pytest.mark.parametrize("exchanges", [0, 2])
def test_what_was_typed_in_by_hand_becomes_a_file(exchanges):
    conference = make_talk(exchanges) if exchanges else make_conference()
    revision = revisions.record_revision(conference, "published", user=None)
    assert bytes(revision.transcript.content) == revision.content
    assert revisions.current_transcript(conference) == revision.transcript


@pytest.mark.parametrize("count", [1, 30])
def test_any_conference_is_kept_in_the_same_few_queries(django_assert_max_num_queries, count):
    conference = make_talk(count)
    revisions.record_revision(conference, "published", user=None)
    conference.title = "另题"
    conference.save()
    # Also begin and end, and the record of who did it; what it costs to be seen is another matter.
    with public_change(), django_assert_max_num_queries(12):
        revisions.record_revision(conference, "corrected", user=None)


def test_what_is_rolled_back_leaves_no_revision():
    conference = make_talk(1)
    with transaction.atomic():
        revisions.record_revision(conference, "published", user=None)
        transaction.set_rollback(True)
    assert not Revision.objects.exists()


def second_format(conference, speakers, exchanges, answers):
    """A format that says something more, whatever that is."""
    told = conference_json.EXPORT_FORMATS[1](conference, speakers, exchanges, answers)
    return {"dawen": 2, "more": "是"} | told | {"dawen": 2}


@pytest.fixture
def newer_format(monkeypatch):
    monkeypatch.setitem(conference_json.EXPORT_FORMATS, 2, second_format)
    for module in (conference_json, revisions):
        monkeypatch.setattr(module, "VERSION", 2)


def test_a_new_format_of_the_export_makes_no_version(request):
    conference = make_talk(1)
    first = revisions.record_revision(conference, "corrected", user=None)
    assert first.export_format == 1
    request.getfixturevalue("newer_format")
    assert revisions.record_revision(conference, "corrected", user=None) == first
    assert list(revisions.differing(list(revisions.newest_of([conference.pk])))) == []
    second = correct(conference)
    assert (second.number, second.export_format) == (2, 2)
    assert json.loads(second.content)["more"] == "是"
    ((told, content),) = [*revisions.differing([first])]
    assert (told, content) == (first, second.content)  # the rows differ from it, in either format


def test_many_are_written_in_few_queries_as_each_alone(django_assert_max_num_queries):
    talks = [make_talk(2, slug=f"talk-{number}") for number in range(120)]
    with django_assert_max_num_queries(12):
        written = dict(conference_json.conferences_as_json([one.pk for one in talks]))
    assert written == {one.pk: conference_json.conference_as_json(one) for one in talks}
