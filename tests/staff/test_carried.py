"""What was typed when the session had ended: after the log-in in its form again, and not sent."""

import time

import pytest
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import html

from archive.editing import publication
from archive.editing.ingestion import load
from archive.editing.uploads import receive
from archive.models import Correction, Outlet, Transcript
from staff import carried
from tests.archive.admin.review.pages import TALK

pytestmark = pytest.mark.django_db
PASSWORD = "long enough to be right"  # noqa: S105
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def alice():
    return User.objects.create_superuser("alice", password=PASSWORD)


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def form_of(page, name):
    """The form of a page that has a field of that name, as lxml knows it."""
    for form in html.document_fromstring(page.text).forms:
        if name in form.fields:
            return form
    raise AssertionError(f"No form has {name}.")


def send_late(client, url, form, pressed=None, **changed):
    """Fill in a form that was loaded with a session, and send it without one."""
    fields = {name: value or "" for name, value in form.form_values()} | (pressed or {}) | changed
    client.logout()
    return client.post(form.get("action") or url, fields, headers={"accept-language": "en"})


def log_in(client, page, **more):
    """By the form of the log-in page that came instead."""
    form = form_of(page, "username")
    hidden = {name: html.fromstring(page.text).xpath(f"string(//input[@name='{name}']/@value)")
              for name in ("next", "carried")}  # fmt: skip
    fields = hidden | {"username": "alice", "password": PASSWORD} | more
    return client.post(form.get("action"), fields, headers={"accept-language": "en"})


def get(client, url):
    return client.get(url, headers={"accept-language": "en"})


@pytest.fixture
def waiting(alice):
    return receive(TALK.encode(), "talk.txt", user=alice).transcript


def test_the_words_of_a_turn_are_there_again_and_saved_when_sent_again(desk, waiting):
    url = f"/admin/archive/transcript/{waiting.pk}/review/?turn=1"
    words = "第一段回答，\n改过的第二段回答。"
    late = send_late(desk, url, form_of(get(desk, url), "words"), {"do": "save"}, words=words)
    assert late.status_code == 403
    assert "kept for an hour" in late.text
    answer = log_in(desk, late)
    assert answer["Location"] == url
    page = get(desk, url)
    form = form_of(page, "words")
    assert form.fields["words"].strip() == words
    assert "what you typed is here" in page.text
    assert not Correction.objects.exists()
    sent = {name: value or "" for name, value in form.form_values()} | {"do": "save"}
    desk.post(form.get("action"), sent)
    assert Correction.objects.filter(kind="words").exists()
    assert "what you typed is here" not in get(desk, url).text


def test_two_steps_may_lie_between(desk, waiting, alice):
    device = TOTPDevice.objects.create(user=alice, name="alice")
    desk.force_login(alice)
    TOTPDevice.objects.update(confirmed=False)
    url = f"/admin/archive/transcript/{waiting.pk}/review/?turn=1"
    form = form_of(get(desk, url), "words")
    TOTPDevice.objects.update(confirmed=True)
    late = send_late(desk, url, form, {"do": "save"}, words="改了。")
    log_in(desk, late)
    step = get(desk, url)["Location"]
    assert step.startswith(reverse("staff:token"))
    digits = f"{totp(device.bin_key, step=device.step, t0=device.t0):06d}"
    assert desk.post(step, {"digits": digits})["Location"] == url
    assert form_of(get(desk, url), "words").fields["words"].strip() == "改了。"


def test_the_facts_of_a_conference_are_there_again(desk, waiting):
    url = f"/admin/archive/transcript/{waiting.pk}/review/?turn=about"
    form = form_of(get(desk, url), "title")
    late = send_late(
        desk, url, form, {"do": "save"}, title="新题", language="en", date="2024-03-06"
    )
    log_in(desk, late)
    fields = form_of(get(desk, url), "title").fields
    assert (fields["title"].strip(), fields["language"], fields["date"]) == (
        *("新题", "en"),
        "2024-03-06",
    )


def test_a_reason_is_there_again_and_nothing_is_withdrawn(desk):
    talk = load(TALK.encode(), "talk.txt", publish=True).conference
    url = reverse("admin:archive_conference_withdraw", args=[talk.pk])
    form = form_of(get(desk, url), "reason")
    late = send_late(desk, url, form, reason="因 <b> & “引号”", sure="on")
    log_in(desk, late)
    fields = form_of(get(desk, url), "reason").fields
    assert (fields["reason"].strip(), fields["sure"]) == ("因 <b> & “引号”", "on")
    talk.refresh_from_db()
    assert talk.is_published


def test_names_of_an_outlet_are_there_again_also_those_a_script_had_added(desk):
    outlet = Outlet.objects.create(name="某社", slug="mou-she", kind="agency")
    url = reverse("admin:archive_outlet_change", args=[outlet.pk])
    form = form_of(get(desk, url), "name")
    total = int(form.fields["aliases-TOTAL_FORMS"])
    added = {"aliases-0-name": "某通讯社", f"aliases-{total}-name": "某新社",
             "aliases-TOTAL_FORMS": str(total + 1)}  # fmt: skip
    late = send_late(desk, url, form, {"_save": "Save"}, name="某大社", **added)
    log_in(desk, late)
    shown = form_of(get(desk, url), "name")
    assert shown.fields["name"] == "某大社"
    sent = {name: value or "" for name, value in shown.form_values()} | {"_save": "Save"}
    desk.post(url, sent)
    outlet.refresh_from_db()
    names = set(outlet.aliases.values_list("name", flat=True))
    assert outlet.name == "某大社"
    assert {"某通讯社", "某新社"} <= names


def test_a_wrong_password_in_between_loses_nothing(desk, waiting):
    url = f"/admin/archive/transcript/{waiting.pk}/review/?turn=1"
    form = form_of(get(desk, url), "words")
    late = send_late(desk, url, form, {"do": "save"}, words="改了。")
    late = log_in(desk, late, password="wrong")  # noqa: S106
    assert late.status_code == 200
    assert log_in(desk, late)["Location"] == url
    assert form_of(get(desk, url), "words").fields["words"].strip() == "改了。"


def test_files_have_to_be_chosen_again_and_are_named(desk):
    url = reverse("admin:archive_transcript_upload")
    form = form_of(get(desk, url), "text")
    file = SimpleUploadedFile("名.txt", TALK.encode())
    late = send_late(desk, url, form, file=file, text="贴上的话")
    assert "名.txt" in late.text
    log_in(desk, late)
    page = get(desk, url)
    assert "名.txt" in page.text
    assert form_of(page, "text").fields["text"].strip() == "贴上的话"
    assert not Transcript.objects.exists()


def test_what_has_no_form_any_more_is_shown_to_be_copied_once(desk):
    talk = load(TALK.encode(), "talk.txt", publish=False).conference
    url = reverse("admin:archive_conference_publish", args=[talk.pk])
    form = form_of(get(desk, url), "reason")
    late = send_late(desk, url, form, reason="一段说明")
    publication.publish(talk, user=None)
    log_in(desk, late)
    page = get(desk, url)
    assert (page.status_code, "一段说明" in page.text) == (200, True)
    assert get(desk, url).status_code == 302


def test_of_what_a_form_is_about_nothing_is_put_in_its_place(desk):
    """A hidden field says which row a form is about: on another row the words are only shown."""
    one = Outlet.objects.create(name="某社", slug="mou-she", kind="agency")
    url = reverse("admin:archive_outlet_change", args=[one.pk])
    alias = one.aliases.create(name="某通讯社")
    form = form_of(get(desk, url), "name")
    late = send_late(desk, url, form, name="某大社")
    alias.delete()
    one.aliases.create(name="别的名")
    log_in(desk, late)
    page = get(desk, url)
    assert "某大社" in page.text
    assert "aliases-TOTAL_FORMS" not in page.text.replace("aliases-TOTAL_FORMS<", "")


def test_passwords_are_never_carried(client):
    names = set(AdminUserCreationForm().fields) | {"old_password", "new_password1", "digits"}
    late = client.post("/admin/auth/user/add/", dict.fromkeys(names, "geheim"))
    signed = html.fromstring(late.text).xpath("string(//input[@name='carried']/@value)")
    kept = carried._signer.unsign_object(signed)
    assert {name for name, _text in kept["fields"]} == {"username"}
    # With nothing else the visitor is sent to log in, as ever.
    assert client.post("/admin/password_change/", {"old_password": "geheim"}).status_code == 302


def test_it_is_kept_for_an_hour(desk, waiting, monkeypatch):
    url = f"/admin/archive/transcript/{waiting.pk}/review/?turn=1"
    late = send_late(desk, url, form_of(get(desk, url), "words"), {"do": "save"}, words="改了。")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61 * 60)
    log_in(desk, late)
    assert "改了。" not in get(desk, url).text


def test_what_is_too_long_is_said_and_not_carried(client):
    late = client.post(
        "/admin/archive/transcript/upload/",
        {"text": "字" * (carried.LARGEST // 3 + 1)},
        headers={"accept-language": "en"},
    )
    assert "too long to be kept" in late.text
    assert 'name="carried"' not in late.text


@pytest.mark.parametrize("forged", ["x", "eyJwYXRoIjoiL2FkbWluLyJ9:1abc:def", "\0"])
def test_what_this_site_has_not_signed_is_not_kept(client, forged):
    fields = {"username": "alice", "password": PASSWORD, "carried": forged}
    assert client.post(LOGIN, fields).status_code == 302
    assert "carried_form" not in client.session


def test_a_page_of_another_site_makes_the_log_in_carry_nothing(alice):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/archive/outlet/add/", {"name": "恶"})
    assert answer.status_code == 403
    assert 'name="carried"' not in answer.text
