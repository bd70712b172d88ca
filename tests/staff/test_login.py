"""Logging in: how often one may try, how long it lasts, and what is kept of who tried."""

import datetime as dt

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.utils import timezone

pytestmark = pytest.mark.django_db
URL = "/admin/login/"
PASSWORD = "long enough to be right"  # noqa: S105


@pytest.fixture(autouse=True)
def alice():
    return User.objects.create_superuser("alice", password=PASSWORD)


def log_in(client, password=PASSWORD, name="alice", **more):
    return client.post(URL, {"username": name, "password": password}, **more)


def test_after_five_wrong_passwords_the_right_one_must_wait(client):
    for _ in range(4):
        assert log_in(client, "wrong").status_code == 200
    log_in(client, "wrong")
    answer = log_in(client, headers={"accept-language": "en"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Too many requests" in answer.text


def test_the_wait_is_over_in_time(client):
    for _ in range(6):
        log_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert log_in(client).status_code == 302


def test_nobody_can_lock_somebody_else_out(client):
    for _ in range(6):
        log_in(client, "wrong", REMOTE_ADDR="192.0.2.66")
    assert log_in(client, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_behind_a_proxy_the_client_is_counted_and_not_the_proxy(client, settings):
    settings.PROXIES = 1
    for forged in range(6):
        told = {"x-forwarded-for": f"198.51.100.{forged}, 192.0.2.66"}
        log_in(client, "wrong", headers=told)
    assert log_in(client, headers={"x-forwarded-for": "192.0.2.66"}).status_code == 429
    assert log_in(client, headers={"x-forwarded-for": "192.0.2.1"}).status_code == 302


def test_of_who_tried_nothing_is_kept_longer_than_needed(client):
    log_in(client, "wrong", name="mallory", REMOTE_ADDR="192.0.2.66")
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    log_in(client, "wrong")
    log_in(client)
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_a_log_in_gives_the_session_a_new_key_and_an_end(client):
    client.get("/admin/")
    client.cookies["session"] = "known-to-somebody"
    log_in(client)
    assert client.session.session_key != "known-to-somebody"
    end = client.session.get_expiry_date()
    assert abs(end - timezone.now() - dt.timedelta(hours=12)) < dt.timedelta(minutes=1)


def test_a_busy_session_ends_all_the_same(client):
    log_in(client)
    end = client.session.get_expiry_date()
    session = client.session
    session["something"] = "new"
    session.save()
    assert client.session.get_expiry_date() == end


def test_a_session_may_end_with_the_browser(client, settings):
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    assert not log_in(client).cookies["session"]["max-age"]
