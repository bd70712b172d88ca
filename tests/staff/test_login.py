"""Logging in: how often one may try, how long it lasts, and what is kept of who tried."""

import datetime as dt
import re

import pytest
from auditlog.models import LogEntry
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from staff.locks import find_locks

pytestmark = pytest.mark.django_db
URL = "/admin/login/"
PASSWORD = "long enough to be right"  # noqa: S105


@pytest.fixture(autouse=True)
def alice():
    return User.objects.create_superuser("alice", password=PASSWORD)


def log_in(client, password=PASSWORD, name="alice", **more):
    return client.post(URL, {"username": name, "password": password}, **more)


SAID = {
    "zh-Hans": "密码连续输错 5 次，此账号 15 分钟内不能登录。",
    "zh-Hant": "密碼連續輸錯 5 次，此帳號 15 分鐘內不能登入。",
    "en": "The password was wrong 5 times in a row: this account cannot log in for 15 minutes.",
}


@pytest.mark.parametrize("language", SAID)
def test_after_five_wrong_passwords_the_right_one_must_wait_and_is_told_so(client, language):
    for _ in range(4):
        assert log_in(client, "wrong").status_code == 200
    log_in(client, "wrong")
    answer = log_in(client, headers={"accept-language": language})
    assert answer.status_code == 429
    assert 895 <= int(answer["Retry-After"]) <= 900
    assert SAID[language] in answer.text
    assert 'name="password"' in answer.text


def test_the_minutes_are_those_that_are_left(client):
    for _ in range(5):
        log_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=11, seconds=30))
    answer = log_in(client)
    assert "此账号 4 分钟内不能登录" in answer.text
    assert 205 <= int(answer["Retry-After"]) <= 210


def test_of_two_browsers_the_wrong_passwords_count_together(client):
    for browser in ("a", "b", "a", "b", "a"):
        log_in(client, "wrong", headers={"user-agent": browser})
    ((who, lock),) = find_locks().items()
    assert (who, lock.failures) == (("alice", "127.0.0.1"), 5)


def test_nobody_can_tell_whether_there_is_such_an_account(client):
    pages = []
    for name in ("alice", "nobody"):
        for _ in range(6):
            answer = log_in(client, "wrong", name=name, headers={"accept-language": "en"})
        pages.append(re.sub(r'value="\w{64}"', "", answer.text))
    assert pages[0] == pages[1]


LOCKED = "/admin/staff/lockedaccount/"


@pytest.fixture
def desk(alice):
    """Of another administrator, who is not locked."""
    desk = Client()
    desk.force_login(User.objects.create_superuser("berta"))
    return desk


def lock_out(client, name="alice"):
    for _ in range(5):
        log_in(client, "wrong", name=name)


def test_an_administrator_sees_who_is_locked_and_lifts_it_on_record(client, desk, alice):
    lock_out(client)
    log_in(client, "wrong", name="carl")  # once is no lock
    page = desk.get(LOCKED)
    assert [row.username for row in page.context["cl"].result_list] == ["alice"]
    row = page.context["cl"].result_list[0]
    desk.post(LOCKED, {"action": "lift", "_selected_action": [row.pk]})
    assert log_in(client).status_code == 302
    entry = LogEntry.objects.get(object_pk=alice.pk, changes__has_key="log_in_lock")
    assert (entry.actor.username, entry.changes) == ("berta", {"log_in_lock": ["127.0.0.1", ""]})
    assert "登录锁定" in desk.get(f"/admin/auditlog/logentry/{entry.pk}/change/").text


def test_an_editor_lifts_no_lock(client):
    editor = User.objects.create_user("eva", is_staff=True)
    editor.groups.add(Group.objects.get(name="publisher"))
    lock_out(client)
    desk = Client()
    desk.force_login(editor)
    assert desk.get(LOCKED).status_code == 403
    row = AccessAttempt.objects.get()
    assert desk.post(LOCKED, {"action": "lift", "_selected_action": [row.pk]}).status_code == 403
    assert log_in(client).status_code == 429


def test_a_command_lifts_a_lock(client):
    lock_out(client)
    call_command("axes_reset_username", "alice", verbosity=0)
    assert log_in(client).status_code == 302


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
