"""How the databases are connected to, and what says so."""

import sqlite3

import pytest
from django.core.checks import run_checks

from archive.maintenance.checks import connection_settings
from archive.maintenance.database_options import add_options, journal_mode, wal_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_a_write_ahead_log_is_kept_only_where_it_loses_nothing(version, safe):
    assert wal_is_safe(version) is safe
    assert journal_mode(version) == ("wal" if safe else "delete")


def test_sqlite_is_set_as_was_found_out(tmp_path):
    made = add_options({"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "a")})
    options = made["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    database = sqlite3.connect(made["NAME"])
    database.executescript(options["init_command"])
    mode = journal_mode(sqlite3.sqlite_version_info)
    assert database.execute("PRAGMA journal_mode").fetchone() == (mode,)
    assert database.execute("PRAGMA synchronous").fetchone()[0] >= 2
    database.close()


def test_a_setting_of_somebody_s_own_is_kept():
    given = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}}
    options = add_options(given)["OPTIONS"]
    assert options["sslmode"] == "require"
    assert "statement_timeout=60s" in options["options"]


@pytest.mark.django_db
def test_a_connection_that_is_set_otherwise_is_an_error(monkeypatch):
    from archive.maintenance import checks

    answers = {"SHOW server_encoding": "SQL_ASCII", "PRAGMA synchronous": 1}
    monkeypatch.setattr(checks, "_ask", lambda _connection, sql: answers.get(sql, "0"))
    ids = {told.id for told in connection_settings(None, databases=["default"])}
    assert ids & {"archive.E002", "archive.E004"}


def test_deploying_says_which_journal_is_kept():
    told = [one for one in run_checks(include_deployment_checks=True) if one.id == "archive.I001"]
    assert not told or "journal_mode=" in told[0].msg
