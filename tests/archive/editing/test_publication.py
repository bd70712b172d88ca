"""Draft, published, withdrawn: who, when and why is kept, and the index hears of it."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from archive import middleware
from archive.editing import publication
from archive.editing.publication import NotPossible
from archive.editing.publishing_right import ReasonWanted
from archive.models import Conference, Revision
from archive.signals import conference_changed
from tests.archive.casts import make_talk

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 5, 24, 4, tzinfo=dt.UTC)  # in Shanghai


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so."""
    fake = SimpleNamespace(now=0.0)
    monkeypatch.setattr(middleware, "time", SimpleNamespace(monotonic=lambda: fake.now))
    return fake


@pytest.fixture
def draft() -> Conference:
    return make_talk(1, published=False)


def events() -> list[str]:
    return list(Revision.objects.order_by("number").values_list("event", flat=True))


def test_a_draft_is_published_by_somebody(draft, admin_user):
    revision = publication.publish(draft, user=admin_user)
    assert Conference.objects.get().is_published
    assert draft.is_published
    assert (revision.event, revision.made_by) == ("published", admin_user)


def test_publishing_what_is_public_changes_nothing(draft):
    publication.publish(draft, user=None)
    assert publication.publish(draft, user=None) is None
    assert events() == ["published"]


def test_what_is_withdrawn_keeps_the_reason_and_may_come_back(draft, admin_user):
    publication.publish(draft, user=None)
    revision = publication.withdraw(draft, user=admin_user, reason=" 日期有误 ")
    assert Conference.objects.get().withdrawn_because == "日期有误" == revision.reason
    publication.publish(draft, user=None, reason="已核实")
    conference = Conference.objects.get()
    assert (conference.status, conference.withdrawn_because) == ("published", "")
    assert events() == ["published", "withdrawn", "published"]


def test_two_copies_of_one_row_make_one_revision_each_way(draft):
    stale = Conference.objects.get()
    publication.publish(draft, user=None)
    publication.publish(stale, user=None)
    publication.withdraw(stale, user=None, reason="误")
    assert publication.withdraw(draft, user=None, reason="误") is None
    assert events() == ["published", "withdrawn"]


def test_a_draft_cannot_be_withdrawn_and_nothing_without_a_reason(draft):
    with pytest.raises(NotPossible, match="draft"):
        publication.withdraw(draft, user=None, reason="误")
    publication.publish(draft, user=None)
    with pytest.raises(NotPossible, match="reason"):
        publication.withdraw(draft, user=None, reason="  ")
    assert Conference.objects.get().is_published


def test_only_a_draft_is_scheduled(draft):
    publication.publish(draft, user=None)
    with pytest.raises(NotPossible, match="draft"):
        publication.schedule(draft, NOON, user=None)


def test_a_scheduled_draft_is_published_when_its_time_has_come(draft, admin_user):
    publication.schedule(draft, NOON, user=admin_user)
    assert publication.publish_due(NOON - dt.timedelta(seconds=1)) == []
    assert publication.publish_due(NOON) == [draft]
    conference = Conference.objects.get()
    assert (conference.status, conference.publish_at) == ("published", None)


def test_whoever_set_the_time_is_the_one_who_published(draft, admin_user, django_user_model):
    other = django_user_model.objects.create_user("other")
    publication.schedule(draft, NOON, user=other)
    publication.schedule(draft, NOON, user=admin_user)
    publication.publish_due(NOON)
    assert Revision.objects.get().made_by == admin_user


def test_it_is_published_once(draft):
    publication.schedule(draft, NOON, user=None)
    publication.publish_due(NOON)
    assert publication.publish_due(NOON) == []
    assert events() == ["published"]


def test_a_time_taken_back_publishes_nothing(draft, admin_user):
    publication.schedule(draft, NOON, user=admin_user)
    publication.unschedule(draft, user=admin_user)
    assert publication.publish_due(NOON) == []
    assert not Conference.objects.get().is_published


def test_publishing_now_forgets_the_time(draft):
    publication.schedule(draft, NOON, user=None)
    publication.publish(draft, user=None)
    assert Conference.objects.get().publish_at is None


def test_to_find_nothing_due_takes_one_query(draft, django_assert_num_queries):
    with django_assert_num_queries(1):
        publication.publish_due(NOON)


def test_the_index_hears_of_every_change(draft):
    heard = []

    def hear(conference_id, **_kwargs):
        heard.append(conference_id)

    conference_changed.connect(hear)
    publication.publish(draft, user=None)
    publication.withdraw(draft, user=None, reason="误")
    conference_changed.disconnect(hear)
    assert heard == [draft.pk, draft.pk]


def test_the_command_publishes_what_is_due_and_says_so(draft, capsys):
    publication.schedule(draft, timezone.now() - dt.timedelta(minutes=1), user=None)
    call_command("publish_due")
    assert capsys.readouterr().out == "2020-05-24: published\n1 published.\n"
    call_command("publish_due")
    assert capsys.readouterr().out == "0 published.\n"


def test_a_reader_who_comes_after_the_time_finds_it_published(client, draft, settings, clock):
    settings.PUBLISH_DUE_SECONDS = 30
    assert client.get(draft.get_absolute_url()).status_code == 404
    publication.schedule(draft, timezone.now(), user=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    clock.now += 30
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_looking_for_what_is_due_costs_one_query_each_half_minute(
    client, draft, settings, clock, django_assert_num_queries
):
    client.get("/404/")
    settings.PUBLISH_DUE_SECONDS = 30
    with django_assert_num_queries(1):
        for _ in range(3):
            client.get("/404/")


def test_a_database_that_cannot_publish_is_logged_and_the_page_is_shown(
    client, settings, monkeypatch, caplog
):
    def fail(_now):
        raise DatabaseError("no such column")

    monkeypatch.setattr(middleware, "publish_due", fail)
    settings.PUBLISH_DUE_SECONDS = 30
    assert client.get("/conferences/").status_code == 200
    assert "could not be published" in caplog.text


def test_what_was_withdrawn_is_public_again_for_a_reason_that_readers_see(client):
    conference = make_talk(1)
    publication.withdraw(conference, user=None, reason="误")
    with pytest.raises(ReasonWanted):
        publication.publish(conference, user=None, reason=" ")
    assert client.get("/conferences/2020-05-24/").status_code == 410
    publication.publish(conference, user=None, reason="核实无误")
    assert "核实无误" in client.get("/conferences/2020-05-24/history/").content.decode()
