"""More published conferences than are written in a request."""

import time

import pytest

from archive.editing import publication, revisions
from archive.editing.names import changes
from archive.editing.names.changes import carry_out, finish_change, give_up, open_changes
from archive.editing.names.kinds import NameRefused
from archive.editing.names.wanted import merging, renaming
from archive.models import (
    Outlet,
    PreparedRevision,
    Revision,
)
from tests.archive.casts import (
    make_outlet,
    make_talk,
)
from tests.archive.editing.names.archives import (
    WHY,
    assert_versions_are_what_is_shown,
    exports,
    talks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(changes, "IN_REQUEST", 2)
    monkeypatch.setattr(changes, "_AT_ONCE", 2)


def test_many_are_written_bit_by_bit_and_show_when_all_are(client, few_at_once):
    talks(5)
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    assert (change.state, change.conferences) == ("pending", 5)
    before, seen = exports(), []
    for written in finish_change(change):
        seen.append(written)
        assert exports() == before
        assert Revision.objects.count() == 5
        assert "Reuters" not in client.get("/conferences/talk-0/").content.decode()
    assert seen == [2, 4, 5]
    assert (change.state, change.revisions.count()) == ("done", 5)
    assert not PreparedRevision.objects.exists()
    assert_versions_are_what_is_shown()


def test_what_is_interrupted_goes_on_and_what_changed_meanwhile_is_written_anew(few_at_once):
    first, *_others = talks(5)
    carry_out(merging(Outlet.objects.get(), make_outlet("法新社", "afp")), user=None, reason=WHY)
    (change,) = open_changes()
    next(finish_change(change))
    answer = first.exchanges.first().answers.get()
    answer.text = "更正。"
    answer.save()
    revisions.record_revision(first, "corrected", user=None, reason="错字")
    publication.publish(make_talk(1, slug="new", published=False), user=None)
    (change,) = open_changes()
    for _written in finish_change(change):
        pass
    assert change.revisions.count() == 6
    assert_versions_are_what_is_shown()


def test_while_a_change_is_open_no_other_begins_and_it_can_be_given_up(few_at_once):
    talks(3)
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    next(finish_change(change))
    with pytest.raises(NameRefused, match=r"2\D+3"):
        carry_out(renaming(Outlet.objects.get(), name="路透"), user=None, reason=WHY)
    give_up(change)
    assert not open_changes()
    assert not PreparedRevision.objects.exists()
    carry_out(renaming(Outlet.objects.get(), name="路透"), user=None, reason=WHY)


def test_what_cannot_be_any_more_is_given_up_with_a_note(few_at_once):
    talks(3)
    change = carry_out(renaming(Outlet.objects.get(), slug="rtr"), user=None, reason=WHY)
    make_outlet("别家", "rtr")
    for _written in finish_change(change):
        pass
    assert change.state == "undone"
    assert "rtr" in change.note
    assert Outlet.objects.filter(slug="reuters").exists()


@pytest.mark.nightly
def test_a_thousand_conferences_take_less_than_a_minute():
    talks(1000)
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    assert change.is_open
    started = time.process_time()  # not on the clock: other tests run beside it
    for _written in finish_change(change):
        pass
    assert change.revisions.count() == 1000
    assert time.process_time() - started < 60
