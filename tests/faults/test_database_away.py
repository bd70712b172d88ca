"""The database away, full of connections, busy or damaged, under a server that runs. Fault 21."""

import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest
from django.db import connection

from tests.faults.homes import _name, _postgresql, transcripts
from tests.running.servers import PATIENCE, free_port, gunicorn, wait_for

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")

# The last asks nobody who is not logged in.
PAGES = (
    "/conferences/2020-01-01/",
    "/conferences/",
    "/",
    "/search/?q=山川",
    "/speakers/",
    "/admin/",
)


@pytest.fixture
def served(home, tmp_path):
    """A server on an archive of two conferences: asks it, and answers its log in the end."""
    home.manage("ingest", transcripts(tmp_path / "in", 2), "-v0")
    home.manage("index", "-v0")
    home.manage("collectstatic", "--noinput", "-v0")
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DAWEN_DATA": str(home.folder),
        "DAWEN_BIND": f"127.0.0.1:{port}",
        "DAWEN_WORKERS": "1",
        "DAWEN_THREADS": "4",
        **home.environment,
    }
    if not home.environment:
        environment.pop("DATABASE_URL", None)
    with gunicorn(environment) as server:
        wait_for(port)

        def ask(path, method="GET", body=None, **headers):
            started = time.monotonic()
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as client:
                client.request(method, path.replace("山川", "%E5%B1%B1%E5%B7%9D"), body, headers)
                answer = client.getresponse()
                return answer, answer.read().decode(), time.monotonic() - started

        ask.log = server.stop
        yield ask


def statuses(ask):
    return {path: ask(path)[0].status for path in PAGES}


ALL_WELL = dict.fromkeys(PAGES, 200) | {"/admin/": 302}


def assert_turned_away(ask, paths=PAGES[:-1]):
    for path in paths:
        answer, page, seconds = ask(path)
        assert (path, answer.status, answer.headers["Retry-After"]) == (path, 503, "30")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "请稍候" in page
        assert seconds < 30, path  # a machine that has much else to do


def assert_told_in_lines(ask, lines):
    log = ask.log()
    assert "Traceback" not in log
    assert 1 <= log.count("a page is answered 503") <= lines, log


@contextmanager
def without_connections(home):
    """The server refuses this database, and has ended whoever was connected."""
    _postgresql(f'ALTER DATABASE "{_name(home)}" ALLOW_CONNECTIONS false')
    _postgresql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608
        f" WHERE datname = '{_name(home)}'"
    )
    yield
    _postgresql(f'ALTER DATABASE "{_name(home)}" ALLOW_CONNECTIONS true')


@on_postgresql
@pytest.mark.django_db
def test_while_postgresql_is_away_every_page_says_so_and_then_it_is_there_again(home, served):
    assert statuses(served) == ALL_WELL
    with without_connections(home):
        for _time in range(5):
            assert_turned_away(served)
        answer, _page, _seconds = served("/reports/", "POST", "x=1")
        assert answer.status in (403, 404)  # nothing was asked of the database
        logged_in = {"Cookie": f"session={'a' * 32}"}
        assert served("/admin/", **logged_in)[0].status == 503
        assert served("/healthz")[0].status == 200
        answer, told, _seconds = served("/readyz")
        assert answer.status == 503
        assert "does not answer" in told
    assert statuses(served) == ALL_WELL
    assert served("/readyz")[0].status == 200
    assert_told_in_lines(served, 10)


@on_postgresql
@pytest.mark.django_db
def test_where_no_connection_is_left_a_page_says_so(home, served):
    """A role that is no superuser has so many connections and no more."""
    import psycopg

    url = home.environment["DATABASE_URL"]
    with psycopg.connect(url) as one:
        one.execute("DROP ROLE IF EXISTS dawen_few")
        one.execute("CREATE ROLE dawen_few LOGIN CONNECTION LIMIT 1")
        one.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO dawen_few")
        one.commit()
        few = url.replace("//dawen@", "//dawen_few@")
        with psycopg.connect(few):
            code = (
                "import sys\nfrom tests.faults.scripts import *\n"
                "page = visit('/conferences/2020-01-01/')\n"
                "print(page.status_code, page['Retry-After'], '请稍候' in page.content.decode())\n"
            )
            home.environment["DATABASE_URL"] = few
            try:
                assert home.python(code) == "503 30 True\n"
            finally:
                home.environment["DATABASE_URL"] = url
        one.execute("DROP OWNED BY dawen_few")
        one.execute("DROP ROLE dawen_few")


@on_sqlite
def test_a_reader_waits_a_moment_for_a_file_that_is_locked_and_is_told(home, served):
    assert statuses(served) == ALL_WELL
    with closing(sqlite3.connect(home.folder / "dawen.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        if other.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            pytest.skip("with a write-ahead log readers wait for nobody")
        assert_turned_away(served, ["/conferences/2020-01-01/", "/"])
        other.execute("ROLLBACK")
    assert statuses(served) == ALL_WELL
    assert_told_in_lines(served, 2)


@on_sqlite
@pytest.mark.parametrize("table", ["archive_conference", "archive_answer", "archive_transcript"])
def test_pages_of_the_file_that_were_overwritten_are_noticed_by_readyz(home, served, table):
    assert served("/readyz")[0].status == 200
    path = home.folder / "dawen.sqlite3"
    with closing(sqlite3.connect(path)) as look:
        (page,) = look.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
        (size,) = look.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    answer, told, _seconds = served("/readyz")
    assert answer.status == 503
    assert "is damaged: run manage.py verify_archive" in told
    assert "Traceback" not in served.log()


def held(home, then):
    """What `then` answers while an editor who saves a conference holds its lock."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(home.folder / "dawen.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            return then()
    import psycopg

    with psycopg.connect(home.environment["DATABASE_URL"]) as other:
        other.execute("SELECT * FROM archive_conference FOR UPDATE")
        return then()


@pytest.mark.django_db
def test_no_reader_waits_for_an_editor_where_a_draft_is_due(home, served):
    """It is published by who comes when the editor is done."""
    due = (
        "from tests.faults.scripts import *\nfrom django.utils import timezone\n"
        "from archive.models import *\n"
        "Conference.objects.filter(slug='2020-01-02').update(status='draft',"
        " publish_at=timezone.now())\n"
    )
    home.python(due)

    def ask_all():
        found = []
        readers = [
            threading.Thread(target=lambda: found.append(served("/conferences/2020-01-01/")))
            for _ in range(6)
        ]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
        return found

    found = held(home, ask_all)
    assert {answer.status for answer, _page, _seconds in found} == {200}
    # A lock in vain takes 20 s; a moment, 2.
    assert max(seconds for _answer, _page, seconds in found) < 15
    assert "Traceback" not in served.log()
