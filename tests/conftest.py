"""What the whole suite shares: the seed transcript, and an index of its own for each test."""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.template.backends import jinja2
from django.test.signals import template_rendered
from haystack import connections
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

make_groups = import_module("archive.migrations.0006_groups").make_groups

SEED = (
    Path(__file__).parent.parent / "fixtures" / "transcripts" / "wang-yi-npc-press-conference.txt"
)
# How long an example takes says more of the machine than of the code.
hypothesis_settings.register_profile("dawen", deadline=None, max_examples=40)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=500)
hypothesis_settings.load_profile("dawen")

OUTLETS = Path(__file__).parent.parent / "fixtures" / "outlets.json"
CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"


# Minutes each, a few tests apiece. On several cores they begin first, or one would be left alone
# with the last of them.
LONG = {
    *("test_accessibility", "test_akoma_ntoso_corpora", "test_at_once", "test_backups"),
    *("test_bad_files", "test_corpora", "test_corpus", "test_deployment", "test_full_disk"),
    *("test_hostile_queries", "test_hostile_uploads", "test_kills", "test_nothing_runs"),
    *("test_database_away", "test_readers", "test_server", "test_two_editors", "test_upgrade"),
}


def _render_and_tell(self, context=None, request=None, render=jinja2.Template.render):
    """As Django's own test runner does for its own language: a response knows its `context`."""
    context = {} if context is None else context
    made = render(self, context, request)  # which adds what every page knows
    template_rendered.send(sender=self, template=self, context=context)
    return made


jinja2.Template.render = _render_and_tell


def pytest_sessionstart(session):
    """When Django is set up, which the models want."""
    from tests.writes import let_tests_write

    let_tests_write()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.stem not in LONG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Give the database its groups back, which a migration made and a flush took away."""
    result = yield
    if nextitem is None:  # with the last test the database itself went
        return result
    if {"transactional_db", "live_server"} & set(item.fixturenames) or _transactional(item):
        with item.config.stash[blocking_manager_key].unblock():
            make_groups(apps, connection.schema_editor())
    return result


def _transactional(item) -> bool:
    return any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))


def missing(what: str, reason: str) -> NoReturn:
    """Skip the test for want of `what`, or fail it where DAWEN_REQUIRES says it must be there."""
    if what in os.environ.get("DAWEN_REQUIRES", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def seed_bytes() -> bytes:
    return SEED.read_bytes()


@pytest.fixture(scope="session")
def corpora_folder() -> Path:
    """The folder of real transcripts; the test is skipped where it is missing."""
    if not CORPORA.is_dir():
        missing("corpora", "../shared/corpora is not here")
    return CORPORA


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Time for the reader of files that come in, on a machine that has much else to do."""
    monkeypatch.setattr("archive.parsing.sandbox.reader.SECONDS", 600)
    monkeypatch.setattr("archive.parsing.sandbox.reader._WAIT", 600)


@pytest.fixture(autouse=True)
def names_counted_anew():
    """What is kept by the archive's number is forgotten: a test that is rolled back gives its
    numbers to the next one."""
    from archive.views import counts

    yield
    counts._all_names.cache_clear()


@pytest.fixture
def corpora(corpora_folder: Path) -> Path:
    return corpora_folder


@pytest.fixture(autouse=True)
def index_folder(tmp_path, settings):
    """An index folder that is this test's own, and a backend that knows no other."""
    folder = tmp_path / "index"
    default = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**default, "PATH": str(folder)}}
    connections.reload("default")
    yield folder
    connections["default"].reset_sessions()


@pytest.fixture(scope="session")
def seed_outlets(tmp_path_factory) -> Path:
    """Those of the fixtures' outlets that the seed transcript speaks of: a few of a thousand."""
    text = SEED.read_text(encoding="utf-8")
    entries = json.loads(OUTLETS.read_text(encoding="utf-8"))
    spoken_of = [e for e in entries if any(n in text for n in (e["name"], *e["aliases"]) if n)]
    path = tmp_path_factory.mktemp("outlets") / "outlets.json"
    path.write_text(json.dumps(spoken_of, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def seed(db, seed_outlets):
    """The seed transcript in database and index, with the outlets of which it speaks."""
    call_command("load_outlets", seed_outlets, verbosity=0)
    call_command("ingest", SEED, verbosity=0)


@pytest.fixture
def ask(capsys):
    """Run `manage.py search QUERY --json` and answer what it prints."""

    def run(query: str, **options: object) -> dict:
        capsys.readouterr()
        call_command("search", query, json=True, **options)
        return json.loads(capsys.readouterr().out)

    return run
