"""Readers wait a moment for the database, editors longer; no query is counted for it."""

import pytest
from django.db import connection

from archive.maintenance.patience import EDITORS, PASSING, READERS, be_patient

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    be_patient(EDITORS)


def lock_wait():
    """Milliseconds, as the database says."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
        return int(cursor.fetchone()[0])


def test_a_reader_waits_less_than_an_editor(client, admin_client):
    client.get("/conferences/")
    assert lock_wait() == READERS.lock
    admin_client.get("/admin/")
    assert lock_wait() == EDITORS.lock
    client.get("/conferences/")
    assert lock_wait() == READERS.lock


def test_who_comes_when_a_draft_may_be_due_waits_for_nobody_because_of_it(client, settings, waited):
    settings.PUBLISH_DUE_SECONDS = 0
    client.get("/conferences/")
    assert waited == [PASSING.lock]
    assert lock_wait() == READERS.lock


@pytest.fixture
def waited(monkeypatch):
    """What was waited while it was looked for drafts."""
    waits = []
    monkeypatch.setattr("archive.middleware.publish_due", lambda _now: waits.append(lock_wait()))
    return waits


def test_a_new_connection_waits_as_the_one_before(client):
    client.get("/conferences/")
    connection.close()
    assert lock_wait() == READERS.lock


def test_no_query_is_counted(client, django_assert_num_queries):
    be_patient(EDITORS)
    connection.ensure_connection()
    with django_assert_num_queries(0):
        be_patient(READERS)
        be_patient(EDITORS)
        be_patient(EDITORS)
