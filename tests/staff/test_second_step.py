"""The second step of a log-in."""

import re

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.devices import make_codes

pytestmark = pytest.mark.django_db
PASSWORD = "long enough to be right"  # noqa: S105
DEVICE, TOKEN, CODE = (reverse(f"staff:{name}") for name in ("device", "token", "code"))
UPLOAD = reverse("admin:archive_transcript_upload")


@pytest.fixture
def alice():
    return User.objects.create_superuser("alice", password=PASSWORD)


@pytest.fixture
def desk(client, alice):
    """Alice's browser, behind the first step."""
    client.force_login(alice)
    return client


def digits_of(device):
    """What the telephone shows."""
    return f"{totp(device.bin_key, step=device.step, t0=device.t0):06d}"


def set_up(desk):
    desk.get(DEVICE)
    device = TOTPDevice.objects.get()
    answer = desk.post(DEVICE, {"digits": digits_of(device)})
    return answer, device


def wrong(device):
    return f"{(int(digits_of(device)) + 1) % 1_000_000:06d}"


def test_without_a_device_the_password_is_enough(desk):
    assert desk.get(UPLOAD).status_code == 200


def test_a_device_counts_from_its_first_digits_on(desk, client):
    desk.get(DEVICE)
    assert not TOTPDevice.objects.get().confirmed
    answer, device = set_up(desk)
    device.refresh_from_db()
    assert (answer.context["ahead"], device.confirmed) == (reverse("admin:index"), True)
    assert desk.get(UPLOAD).status_code == 200


def test_wrong_digits_set_nothing_up(desk):
    desk.get(DEVICE)
    device = TOTPDevice.objects.get()
    assert desk.post(DEVICE, {"digits": wrong(device)}).status_code == 200
    assert not TOTPDevice.objects.get().confirmed


@pytest.fixture
def halfway(desk, alice):
    """Alice's browser after the password, with a device set up."""
    TOTPDevice.objects.create(user=alice, name="alice")
    return desk


@pytest.mark.parametrize(
    "url", [reverse("admin:index"), UPLOAD, "/admin/archive/conference/", DEVICE]
)
def test_with_a_device_no_page_opens_before_its_digits(halfway, url):
    answer = halfway.get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(TOKEN)


def test_nothing_is_changed_before_the_digits(halfway):
    halfway.post("/admin/auth/user/add/", {"username": "x"})
    assert halfway.post(DEVICE).status_code == 302
    assert TOTPDevice.objects.count() == 1
    assert User.objects.count() == 1


def test_the_secret_is_not_shown_again(halfway):
    assert halfway.get(CODE).status_code == 404


def test_the_digits_lead_where_one_was_going(halfway):
    before = halfway.session.session_key
    url = halfway.get(UPLOAD)["Location"]
    digits = digits_of(TOTPDevice.objects.get())
    answer = halfway.post(url, {"digits": f"{digits[:3]} {digits[3:]}"})
    assert answer["Location"] == UPLOAD
    assert halfway.get(UPLOAD).status_code == 200
    assert halfway.session.session_key != before


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_digits_lead_to_no_other_site(halfway, away):
    digits = digits_of(TOTPDevice.objects.get())
    answer = halfway.post(f"{TOKEN}?next={away}", {"digits": digits})
    assert answer["Location"] == reverse("admin:index")


def test_digits_are_good_once(halfway, alice, client):
    digits = digits_of(TOTPDevice.objects.get())
    halfway.post(TOKEN, {"digits": digits})
    client.logout()
    client.force_login(alice)
    assert client.post(TOKEN, {"digits": digits}).status_code == 200
    assert client.get(UPLOAD).status_code == 302


def test_guessing_is_slowed_down(halfway):
    device = TOTPDevice.objects.get()
    halfway.post(TOKEN, {"digits": wrong(device)})
    answer = halfway.post(TOKEN, {"digits": digits_of(device)})
    assert "请稍候再试" in str(answer.context["form"].errors)


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "１２３４５６", "abcdef", "\0" * 6])
def test_what_are_no_six_digits_is_said(halfway, digits):
    assert halfway.post(TOKEN, {"digits": digits}).context["form"].errors


def later(device):
    """Digits are good once: as if those of this half minute were given a minute ago."""
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=0)
    return digits_of(device)


PROOFS = {
    "digits": lambda device, _codes: {"digits": later(device)},
    "recovery": lambda _device, codes: {"recovery": f" {codes[3].upper()} "},
    "password": lambda _device, _codes: {"password": PASSWORD},
}


@pytest.mark.parametrize("proof", PROOFS)
def test_a_device_is_taken_away_by_whoever_shows_that_he_may(desk, alice, proof):
    answer, device = set_up(desk)
    given = PROOFS[proof](device, answer.context["codes"])
    desk.post(DEVICE, {"do": "remove"} | given)
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    assert desk.get(UPLOAD).status_code == 200
    entry = LogEntry.objects.get(object_pk=alice.pk, changes__has_key="second_step")
    assert (entry.actor, entry.changes) == (alice, {"second_step": ["✓", ""]})


@pytest.mark.parametrize("do", ["remove", "codes", ""])
@pytest.mark.parametrize(
    "given",
    [{}, {"password": "wrong"}, {"recovery": "a" * 16}, {"recovery": "short"}, {"digits": "1"}],
)
def test_a_session_that_was_left_open_is_not_enough(desk, do, given):
    _answer, device = set_up(desk)
    wanted = sorted(StaticToken.objects.values_list("token"))
    assert desk.post(DEVICE, {"do": do} | given).context["form"].errors
    assert desk.post(DEVICE, {"do": do, "digits": wrong(device)}).context["form"].errors
    assert TOTPDevice.objects.get() == device
    assert sorted(StaticToken.objects.values_list("token")) == wanted


def test_who_guesses_the_password_there_is_locked_out(desk):
    set_up(desk)
    for _ in range(5):
        answer = desk.post(DEVICE, {"do": "remove", "password": "wrong"})
    assert answer.status_code == 429
    assert desk.post(DEVICE, {"do": "remove", "password": PASSWORD}).status_code == 429
    assert TOTPDevice.objects.exists()


def log_in_again(client, alice):
    client.logout()
    client.force_login(alice)


def test_ten_recovery_codes_are_shown_once_and_kept_as_hashes(desk):
    codes = set_up(desk)[0].context["codes"]
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", code) for code in codes)
    assert not any(code in desk.get(DEVICE).text for code in codes)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert kept.isdisjoint(code.replace("-", "").upper() for code in codes)


def test_a_recovery_code_stands_in_for_the_telephone_once(desk, alice):
    codes = set_up(desk)[0].context["codes"]
    log_in_again(desk, alice)
    before = desk.session.session_key
    assert desk.post(TOKEN, {"recovery": codes[0]}).status_code == 302
    assert "还剩 9 个" in desk.get(UPLOAD).text
    assert desk.session.session_key != before
    log_in_again(desk, alice)
    assert "recovery" in desk.post(TOKEN, {"recovery": codes[0]}).context["form"].errors
    assert desk.get(UPLOAD).status_code == 302
    StaticDevice.objects.update(throttling_failure_count=0)
    assert desk.post(TOKEN, {"recovery": codes[1]}).status_code == 302


def test_guessing_codes_is_slowed_down(desk, alice):
    codes = set_up(desk)[0].context["codes"]
    log_in_again(desk, alice)
    desk.post(TOKEN, {"recovery": "a" * 16})
    answer = desk.post(TOKEN, {"recovery": codes[0]})
    assert "请稍候再试" in str(answer.context["form"].errors)


def test_what_is_kept_of_a_code_is_no_code(desk, alice):
    set_up(desk)
    log_in_again(desk, alice)
    kept = StaticToken.objects.first().token
    assert desk.post(TOKEN, {"recovery": kept}).context["form"].errors


def test_new_codes_void_those_of_before_and_leave_the_session(desk, alice):
    old = set_up(desk)[0].context["codes"]
    log_in_again(desk, alice)
    desk.post(TOKEN, {"recovery": old[0]})
    new = desk.post(DEVICE, {"do": "codes", "password": PASSWORD}).context["codes"]
    assert desk.get(UPLOAD).status_code == 200
    log_in_again(desk, alice)
    assert desk.post(TOKEN, {"recovery": old[1]}).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert desk.post(TOKEN, {"recovery": new[0]}).status_code == 302


def test_an_administrator_takes_the_second_step_of_a_colleague_away_on_record(client, alice):
    berta = User.objects.create_user("berta", is_staff=True)
    device = TOTPDevice.objects.create(user=berta, name="berta")
    make_codes(berta)
    client.force_login(alice)
    client.post(f"/admin/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    entry = LogEntry.objects.get(object_pk=berta.pk, changes__has_key="second_step")
    assert entry.actor == alice
    TOTPDevice.objects.create(user=berta, name="berta")
    chosen = [TOTPDevice.objects.get().pk]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    client.post("/admin/otp_totp/totpdevice/", sent)
    assert not TOTPDevice.objects.exists()
    assert LogEntry.objects.filter(changes__has_key="second_step").count() == 2


def test_all_staff_can_be_made_to_have_a_device(desk, settings):
    settings.REQUIRE_TOTP = True
    assert desk.get(UPLOAD)["Location"].startswith(DEVICE)
    set_up(desk)
    assert desk.get(UPLOAD).status_code == 200


def test_the_picture_is_kept_by_no_cache(desk):
    desk.get(DEVICE)
    answer = desk.get(CODE)
    assert answer["Content-Type"] == "image/svg+xml"
    assert "no-store" in answer["Cache-Control"]
    assert b"<svg" in answer.content


def test_an_administrator_sees_devices_and_no_key(desk):
    _answer, device = set_up(desk)
    text = desk.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/").text
    assert device.key not in text
    assert desk.get("/admin/otp_totp/totpdevice/add/").status_code == 403


def test_a_lost_device_is_forgotten_by_command(halfway, capsys):
    call_command("forget_device", "alice")
    assert halfway.get(UPLOAD).status_code == 200
    with pytest.raises(CommandError, match="alice has no device"):
        call_command("forget_device", "alice")


def test_readers_pages_ask_for_no_second_step(halfway):
    assert halfway.get("/conferences/").status_code == 200


@pytest.mark.parametrize("url", [DEVICE, TOKEN, CODE])
def test_visitors_are_sent_to_log_in(client, url):
    assert client.get(url)["Location"].startswith("/admin/login/")


def test_the_admin_asks_once_whether_there_is_a_device(desk, django_assert_num_queries):
    page = reverse("admin:password_change")
    desk.get(page)
    with django_assert_num_queries(3):  # session, user, device
        desk.get(page)
