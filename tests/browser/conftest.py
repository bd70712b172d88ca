"""A page of the system's Chromium, on a live server that holds the seed transcript."""

import os
import shutil

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import override_settings

import config.settings
from archive.models import Outlet, OutletAlias
from tests.conftest import SEED, missing

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Chromium says some in the console itself; the event comes for all of them.
_TELL = """addEventListener("securitypolicyviolation", event => console.error(
    "Content Security Policy:", event.violatedDirective, event.blockedURI, event.sample))"""


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, started once."""
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        missing("browser", "no Chromium is installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("browser", "Playwright is not installed; run: make browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def policy(chromium, monkeypatch):
    """Fails a test in which a page did what the Content-Security-Policy forbids, in any window."""
    violations = []

    def heard(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            violations.append(f"{message.page and message.page.url}: {message.text}")

    def watched(*args, **kwargs):
        context = make(*args, **kwargs)
        context.on("console", heard)
        context.add_init_script(_TELL)
        return context

    make = chromium.new_context
    monkeypatch.setattr(chromium, "new_context", watched)
    yield violations
    assert violations == []


@pytest.fixture(scope="session")
def outlets():
    """Puts the outlets of the fixtures into the database, which it reads but once."""
    kept = []

    def load():
        if kept:
            for model, rows in kept:
                model.objects.bulk_create(rows)
        else:
            call_command("load_outlets", verbosity=0)
            kept.extend((model, list(model.objects.all())) for model in (Outlet, OutletAlias))

    return load


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """The folder of static files as readers get them: one stylesheet, and not its parts."""
    folder = tmp_path_factory.mktemp("static")
    storages = {**django_settings.STORAGES, "staticfiles": config.settings.STORAGES["staticfiles"]}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="session")
def server(live_server):
    """The live server, which may share its connection still while the session comes to its end."""
    for connection in live_server.thread.connections_override.values():
        connection.inc_thread_sharing()
    return live_server


@pytest.fixture
def site(chromium, transactional_db, server, outlets, collected, settings):
    """The address of a live server that holds the seed transcript."""
    settings.STATICFILES_DIRS = [collected]
    outlets()
    call_command("ingest", SEED, verbosity=0)
    return server.url


@pytest.fixture
def page(chromium, site):
    """A new page, in English; the test fails if anything on it goes wrong or leaves the site."""
    context = chromium.new_context(locale="en-GB", base_url=site)
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith(site) or wrong.append(request.url))
    page.on("response", lambda answer: answer.status < 400 or wrong.append(answer.url))
    yield page
    context.close()
    assert wrong == []
