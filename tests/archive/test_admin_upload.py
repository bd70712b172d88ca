"""Uploading a transcript: choose, check, decide."""

import datetime as dt
import os
import stat

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive import forms, pending
from archive.models import Conference, Transcript
from tests.archive.casts import make_conference, make_outlet

pytestmark = pytest.mark.django_db
URL = "/admin/archive/transcript/upload/"
NAME = "wang-yi-npc-press-conference.txt"
DAY = "2020-05-24"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """A folder for pending files that is this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def choose(client, content: bytes, name: str = NAME, date: str = DAY):
    data = {"file": SimpleUploadedFile(name, content), "date": date}
    return client.post(URL, data, headers={"accept-language": "en"})


def decide(client, response, decision: str):
    """Press a button of the preview page."""
    fields = {name: response.context[name] for name in ("sha", "filename")}
    return client.post(URL, fields | {"date": DAY, "decision": decision}, follow=True)


def test_the_preview_shows_what_was_understood(admin_client, seed_bytes):
    make_outlet("人民日报", "peoples-daily")
    page = choose(admin_client, seed_bytes).content.decode()
    for words in ("国务委员兼外交部长", "王毅", "→ 人民日报", "unknown outlet", "24 May 2020"):
        assert words in page


def test_the_preview_calls_nobody_unknown_who_is_not_named(admin_client):
    page = choose(admin_client, "问：好吗？\n答：好。\n".encode()).content.decode()
    assert "<strong>问：</strong>" in page
    assert "unknown outlet" not in page


def test_the_preview_lists_problems_with_their_lines(admin_client, seed_bytes):
    response = choose(admin_client, seed_bytes)
    lines = [problem.line for problem in response.context["parsed"].problems if problem.line]
    assert lines
    assert f"Line {lines[0]}<" in response.content.decode()


def test_the_preview_saves_nothing(admin_client, seed_bytes):
    choose(admin_client, seed_bytes)
    assert not Conference.objects.exists()
    assert not Transcript.objects.exists()


@pytest.mark.parametrize(("decision", "status"), [("draft", "draft"), ("publish", "published")])
def test_a_decision_saves_and_leads_to_the_conference(admin_client, seed_bytes, decision, status):
    response = decide(admin_client, choose(admin_client, seed_bytes), decision)
    conference = Conference.objects.get()
    assert conference.status == status
    assert response.redirect_chain[-1][0] == f"/admin/archive/conference/{conference.pk}/change/"
    assert conference.title in str(next(iter(response.context["messages"])))


def test_the_transcript_is_kept_byte_for_byte_with_who_brought_it(
    admin_client, admin_user, seed_bytes
):
    decide(admin_client, choose(admin_client, seed_bytes), "draft")
    transcript = Transcript.objects.get()
    assert bytes(transcript.content) == seed_bytes
    assert (transcript.filename, transcript.uploaded_by) == (NAME, admin_user)


def test_bytes_the_archive_has_are_told_at_once(admin_client, seed_bytes):
    decide(admin_client, choose(admin_client, seed_bytes), "publish")
    response = choose(admin_client, seed_bytes, name="again.txt")
    url = f"/admin/archive/conference/{Conference.objects.get().pk}/change/"
    assert "sha" not in response.context
    assert f'href="{url}"' in response.content.decode()


def test_the_preview_names_the_conferences_of_that_day(admin_client, seed_bytes):
    conference = make_conference(title="同日的记者会")
    page = choose(admin_client, seed_bytes).content.decode()
    assert "同日的记者会" in page
    assert f'href="/admin/archive/conference/{conference.pk}/change/"' in page


def test_the_preview_knows_an_outlet_with_its_country(admin_client, seed_bytes):
    make_outlet("共同社", "kyodo")
    assert "→ 共同社" in choose(admin_client, seed_bytes).content.decode()


def test_a_transcript_that_is_refused_says_why(admin_client):
    response = choose(admin_client, "这里没有人说话。".encode())
    assert response.context["form"].errors["file"]
    assert "decision" not in response.content.decode()


def test_a_file_too_large_is_refused_with_its_size(admin_client, monkeypatch):
    monkeypatch.setattr(forms, "UPLOAD_LIMIT", 1024)
    errors = choose(admin_client, b"x" * 2048).context["form"].errors
    assert "2.0\xa0KB" in errors["file"][0]


def test_an_empty_file_is_refused(admin_client):
    assert choose(admin_client, b"").context["form"].errors["file"]


def test_a_date_that_is_none_is_refused(admin_client, seed_bytes):
    assert choose(admin_client, seed_bytes, date="2020-02-30").context["form"].errors["date"]


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "0" * 64, "A" * 64, "0" * 64 + "\n"])
def test_a_decision_on_nothing_pending_asks_to_upload_again(admin_client, sha):
    fields = {"sha": sha, "filename": NAME, "date": DAY, "decision": "publish"}
    response = admin_client.post(URL, fields)
    assert (response.status_code, response["Location"]) == (302, URL)
    assert not Conference.objects.exists()


def test_a_decision_nobody_offered_saves_nothing(admin_client, seed_bytes):
    decide(admin_client, choose(admin_client, seed_bytes), "delete")
    assert not Conference.objects.exists()


def test_a_visitor_is_sent_to_log_in(client):
    assert client.get(URL)["Location"].startswith("/admin/login/")


def test_staff_without_permission_is_refused(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(URL).status_code == 403


def test_staff_who_may_only_add_stays_with_the_upload(client, seed_bytes):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="add_transcript"))
    client.force_login(clerk)
    response = decide(client, choose(client, seed_bytes), "draft")
    assert (response.status_code, response.redirect_chain[-1][0]) == (200, URL)
    assert Conference.objects.count() == 1


def test_a_post_without_a_csrf_token_is_refused(admin_user, seed_bytes):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert choose(client, seed_bytes).status_code == 403


@pytest.mark.parametrize("url", ["/admin/", "/admin/archive/transcript/"])
def test_the_upload_is_linked_where_editors_look(admin_client, url):
    assert f'href="{URL}"' in admin_client.get(url).content.decode()


def test_pending_files_are_private(media):
    path = media / "pending" / pending.put(b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_pending_files_are_forgotten_after_a_day(media):
    sha = pending.put(b"old")
    yesterday = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=25)).timestamp()
    os.utime(media / "pending" / sha, (yesterday, yesterday))
    pending.put(b"new")
    with pytest.raises(pending.NotPendingError):
        pending.get(sha)


def test_a_pending_file_that_was_tampered_with_is_refused(media):
    sha = pending.put(b"true")
    (media / "pending" / sha).write_bytes(b"false")
    with pytest.raises(pending.NotPendingError):
        pending.get(sha)


def test_a_pending_file_can_be_read_until_it_is_dropped():
    sha = pending.put(b"bytes")
    assert pending.get(sha) == b"bytes"
    pending.drop(sha)
    with pytest.raises(pending.NotPendingError):
        pending.get(sha)
