"""What every answer carries, whoever gives it, and cookies, which readers never get."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.archive.casts import make_talk

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
PUBLIC = [
    "/",
    "/en/conferences/2020-05-24/",
    "/search/?q=x",
    "/nowhere/",
    "/conferences/2020-05-24.json",
]
ALL = [*PUBLIC, "/static/dawen.css", "/admin/login/", "/en", "/search/results.csv?q=x"]

# The browser tests allow themselves what no site is allowed.
OUTSIDE = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def policy_of(answer):
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.mark.parametrize("url", ALL)
def test_every_answer_says_what_a_browser_may_do_with_it(client, url):
    make_talk()
    answer = client.get(url)
    assert policy_of(answer) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("url", [*PUBLIC, "/admin/login/"])
def test_no_page_is_shown_in_a_frame(client, url):
    make_talk()
    assert client.get(url)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("url", PUBLIC)
def test_readers_get_no_cookie_and_no_answer_depends_on_one(client, url):
    make_talk()
    answer = client.get(url)
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


def test_the_admin_s_pages_have_the_same_policy(admin_client):
    for url in ("/admin/", "/admin/archive/conference/", "/admin/second-step/"):
        assert policy_of(admin_client.get(url)) == POLICY, url


def test_a_form_without_its_token_is_told_in_a_page_of_ours(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    answer = client.post("/admin/archive/outlet/add/", {}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "The form was not sent" in answer.text
    assert "<style" not in answer.text


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("//evil.example/en", "/en/"),
        ("/en//evil.example", None),
        ("//evil.example/search", "/search/"),
        ("/en?//evil.example", "/en/?//evil.example"),
    ],
)
def test_no_redirect_leads_away(client, url, leads_to):
    answer = client.get(url)
    assert answer.status_code == (301 if leads_to else 404)
    assert answer.get("Location") == leads_to


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_log_in_leads_to_no_other_site(client, admin_user, away):
    data = {"username": "admin", "password": "password", "next": away}
    assert client.post("/admin/login/", data)["Location"] == "/admin/"


def settings_with(**environment):
    """Some of the settings of a program started with these variables."""
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE",
             "SECURE_HSTS_SECONDS", "SESSION_COOKIE_AGE", "CONTENT_SECURITY_POLICY")  # fmt: skip
    program = (
        "import json; from django.conf import settings;"
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=OUTSIDE | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_cookies_belong_to_this_host_alone_behind_https():
    behind = settings_with(DAWEN_HTTPS="1", DAWEN_SESSION_HOURS="2")
    assert behind["SESSION_COOKIE_NAME"] == "__Host-session"
    assert behind["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert behind["SESSION_COOKIE_SECURE"]
    assert behind["SECURE_HSTS_SECONDS"] == 31_536_000
    assert behind["SESSION_COOKIE_AGE"] == 7200
    assert behind["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"]
    assert settings_with(DAWEN_HTTPS="0")["SESSION_COOKIE_NAME"] == "session"


def test_the_settings_for_production_have_no_warning(tmp_path):
    environment = {"DAWEN_HTTPS": "1", "DAWEN_ALLOWED_HOSTS": "archive.example.org"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=OUTSIDE
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "DAWEN_DATA": str(tmp_path)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_cookie_of_staff_is_for_no_script_and_ends_in_time(client, admin_user):
    answer = client.post("/admin/login/", {"username": "admin", "password": "password"})
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < int(cookie["max-age"]) <= 12 * 60 * 60
