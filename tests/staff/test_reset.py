"""A forgotten password, by mails that a real server on the loopback takes."""

import logging
import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from limits import parse

from config import rates
from staff import reset
from tests.staff.smtp_server import running

pytestmark = pytest.mark.django_db
URL = reverse("staff:reset")
OLD, NEW = "long enough to be right", "another that is long enough"
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def alice():
    return User.objects.create_user("alice", "alice@example.org", OLD, is_staff=True)


@pytest.fixture(autouse=True)
def no_mails_counted():
    cache.clear()


@pytest.fixture
def use(settings):
    """Name a mail server, as the environment does."""

    def name(server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "答问 <dawen@example.org>"
        if server.login:
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.login

    return name


@pytest.fixture
def post(use):
    """A mail server that is used."""
    with running() as server:
        use(server)
        yield server
        settle()  # or the next test's server would get what was asked for here


def ask(client, address="alice@example.org", language="en"):
    return client.post(URL, {"email": address}, headers={"accept-language": language})


def settle():
    """Until every mail that was handed over is sent, or failed."""
    reset._sender().submit(int).result(timeout=30)


def link_in(mail):
    return re.search(r"http://testserver(\S+)", mail.get_content())[1]


def choose(client, link, password=NEW):
    form = client.get(link)["Location"]
    return client.post(form, {"new_password1": password, "new_password2": password})


def log_in(client, password):
    return client.post(LOGIN, {"username": "alice", "password": password})


WORDS = {
    "zh-Hans": ("重新设置答问的密码", "一小时内"),
    "zh-Hant": ("重新設定答問的密碼", "一小時內"),
    "en": ("A new password for Dawen", "within an hour"),
}


@pytest.mark.parametrize("language", WORDS)
def test_the_mail_leads_to_a_new_password(client, post, language):
    assert ask(client, language=language)["Location"] == reverse("staff:reset_sent")
    mail = post.next_mail()
    subject, hour = WORDS[language]
    assert (mail["Subject"], mail["To"]) == (subject, "alice@example.org")
    assert mail["From"].addresses[0].addr_spec == "dawen@example.org"
    assert "alice" in mail.get_content()
    assert hour in mail.get_content()
    assert "&" not in mail.get_content()
    link = link_in(mail)
    assert choose(client, link).status_code == 302
    assert log_in(client, OLD).status_code == 200
    assert log_in(client, NEW).status_code == 302
    assert client.get(link).context["validlink"] is False  # good once


def test_without_a_mail_server_nothing_offers_it(client, settings):
    settings.EMAIL_HOST = ""
    assert URL not in client.get(LOGIN).text
    assert client.get(URL).status_code == ask(client).status_code == 404


def test_with_one_the_log_in_page_does(client, post):
    assert f'href="{URL}"' in client.get(LOGIN).text
    assert client.get(URL).status_code == 200
    assert client.get(reverse("staff:reset_done")).status_code == 200


@pytest.mark.parametrize("kind", ["nobody", "inactive", "no staff", "no password"])
def test_whether_there_is_an_account_is_not_told(client, post, alice, kind):
    address = "nobody@example.org" if kind == "nobody" else alice.email
    alice.is_active, alice.is_staff = kind != "inactive", kind != "no staff"
    if kind == "no password":
        alice.set_unusable_password()
    alice.save()
    answer = ask(client, address)
    assert answer["Location"] == reverse("staff:reset_sent")
    settle()
    assert not post.mails


def test_a_server_that_refuses_is_told_to_the_log_alone(client, use, caplog):
    with running(refuses=True) as server:
        use(server)
        with caplog.at_level(logging.ERROR, "staff.reset"):
            assert ask(client).status_code == 302
            settle()
    assert "DAWEN_SMTP_HOST" in caplog.text
    assert ask(client).status_code == 302  # nobody listens any more
    settle()


def test_a_server_may_want_a_name_and_a_password(client, use):
    with running(login=("dawen", "geheim")) as server:
        use(server)
        ask(client)
        assert server.next_mail()
        assert server.logins == [("dawen", "geheim")]


def test_a_lock_and_the_second_step_are_as_they_were(client, post, alice):
    TOTPDevice.objects.create(user=alice, name="alice")
    for _ in range(5):
        log_in(client, "wrong")
    ask(client)
    choose(client, link_in(post.next_mail()))
    assert log_in(client, NEW).status_code == 429
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(LOGIN)
    answer = client.post(LOGIN, {"username": "alice", "password": NEW}, REMOTE_ADDR="192.0.2.9")
    assert answer.status_code == 302
    assert client.get("/admin/")["Location"].startswith(reverse("staff:token"))


def test_sessions_of_before_end_with_the_old_password(client, post, alice):
    client.force_login(alice)
    ask(client)
    choose(client, link_in(post.next_mail()))
    assert client.get("/admin/").status_code == 302


@pytest.fixture
def twice(settings):
    rates.limiter.cache_clear()
    settings.RATES = settings.RATES | {"reset": parse("2/hour")}
    yield
    rates.limiter.cache_clear()


def test_one_address_asks_so_often(client, post, twice):
    assert [ask(client).status_code for _ in range(3)] == [302, 302, 429]
    assert client.get(URL).status_code == 200


def test_one_person_gets_so_many_mails_whoever_asks(client, post):
    for number in range(7):
        answer = client.post(URL, {"email": "alice@example.org"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 302
    settle()
    assert len(post.mails) == 5
