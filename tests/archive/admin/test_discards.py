"""Waiting transcripts are discarded after a question, and restored for a day."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User

from archive.editing.correction_history import record
from archive.editing.discards import discard
from archive.editing.ingestion import load
from archive.editing.uploads import receive
from archive.models import Transcript
from archive.parsing.corrections.turn_corrections import TranscriptCorrection
from tests.archive.admin.review.pages import send as send_turn
from tests.archive.admin.test_uploads import BRIEFING, ENGLISH, URL

pytestmark = pytest.mark.django_db


def test_discarding_asks_first(admin_client):
    waiting = receive(BRIEFING.encode(), "a.txt", user=None).transcript
    url = f"/admin/archive/transcript/{waiting.pk}/discard/"
    assert "a.txt" in admin_client.get(url).content.decode()
    assert Transcript.objects.waiting().exists()
    assert admin_client.post(url)["Location"] == URL
    assert not Transcript.objects.waiting().exists()


@pytest.fixture
def corrected():
    """A file that an editor uploaded, and in which another corrected two things and he one."""
    people = {}
    for name in ("eva", "edith", "paul"):
        people[name] = User.objects.create_user(name, is_staff=True)
        group = "publisher" if name == "paul" else "editor"
        people[name].groups.add(Group.objects.get(name=group))
    waiting = receive(BRIEFING.encode(), "a.txt", user=people["eva"]).transcript
    for number, (name, field) in enumerate(
        [("edith", "venue"), ("edith", "occasion"), ("eva", "title")]
    ):
        value = {"field": field, "value": "蓝厅"}
        record(
            waiting,
            [TranscriptCorrection("about", None, "", value)],
            seen=number,
            user=people[name],
        )
    return waiting, people


def test_an_editor_does_not_discard_what_a_colleague_put_right(client, corrected):
    waiting, people = corrected
    client.force_login(people["eva"])
    url = f"/admin/archive/transcript/{waiting.pk}/discard/"
    page = client.get(url, headers=ENGLISH).content.decode()
    assert "3 corrections go with it:" in page
    assert "<li>edith: 2</li>" in page
    assert "a publisher has to discard it" in page
    assert client.post(url).status_code == 403
    assert Transcript.objects.waiting().get() == waiting


def test_a_publisher_does_and_any_editor_brings_it_back_as_it_was(client, corrected):
    waiting, people = corrected
    client.force_login(people["paul"])
    client.post(f"/admin/archive/transcript/{waiting.pk}/discard/")
    client.force_login(people["edith"])
    page = client.get(URL, headers=ENGLISH)
    assert [one.correction_count for one in page.context["discarded"]] == [3]
    assert "paul" in page.content.decode()
    restore = f"/admin/archive/transcript/{waiting.pk}/restore/"
    assert client.get(restore).status_code == 405
    assert client.post(restore)["Location"] == URL
    assert Transcript.objects.waiting().get().corrections.count() == 3
    recorded = LogEntry.objects.filter(object_pk=waiting.pk, changes__has_key="discarded_by")
    assert {entry.actor.username for entry in recorded} == {"paul", "edith"}


def test_nobody_who_may_not_upload_restores(client, corrected):
    waiting, people = corrected
    discard(waiting, user=people["paul"])
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.post(f"/admin/archive/transcript/{waiting.pk}/restore/").status_code == 403


def test_a_correction_of_what_was_discarded_is_refused_and_stands_in_the_form(client, corrected):
    waiting, people = corrected
    client.force_login(people["edith"])
    discard(waiting, user=people["paul"])
    answer = send_turn(client, waiting, 1, words="新的话")
    assert "This file was discarded. Restore it" in answer.content.decode()
    assert "新的话</textarea>" in answer.content.decode()
    assert waiting.corrections.count() == 3


def test_what_was_applied_cannot_be_discarded(admin_client):
    applied = load(BRIEFING.encode(), "a.txt", publish=True).transcript
    url = f"/admin/archive/transcript/{applied.pk}/discard/"
    assert admin_client.get(url).status_code == admin_client.post(url).status_code == 404
    assert Transcript.objects.exists()
