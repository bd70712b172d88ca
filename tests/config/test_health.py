"""What a load balancer sees of the site."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from search.models import IndexTask


@pytest.fixture
def indexed(db):
    call_command("index", verbosity=0)


def test_a_process_that_answers_is_alive_whatever_else_is_wrong(client):
    response = client.get("/healthz")  # the test may not touch the database: neither may this
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-store" in response["Cache-Control"]


def test_a_site_with_database_and_index_is_ready(client, indexed):
    response = client.get("/readyz")
    told = response.json()
    assert response.status_code == 200
    assert (told["ready"], told["database"], told["index"]) == (True, "ready", "ready")
    assert told["queue_seconds"] == 0
    assert not response.cookies


def test_without_an_index_it_is_not_ready_and_says_what_to_do(client, db):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "manage.py index" in response.json()["index"]


def test_a_database_that_does_not_answer_is_told(client, indexed, monkeypatch):
    def refuse(*_args):
        raise DatabaseError("no")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", refuse)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "does not answer: DatabaseError"


def test_a_change_that_waits_too_long_is_told_and_readers_stay(client, indexed):
    task = IndexTask.objects.create(conference_id=1)
    IndexTask.objects.filter(pk=task.pk).update(created_at=timezone.now() - dt.timedelta(minutes=5))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["queue"] == "behind: run manage.py index"
    assert 300 <= response.json()["queue_seconds"] < 310


def test_behind_https_the_machine_itself_may_still_ask(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301
