"""Database options under which what was saved stays saved. No models here: the settings ask."""

from collections.abc import Mapping
from typing import Any

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"

# PRAGMA synchronous as SQLite answers it: a commit is on the disk before it is reported. EXTRA is
# FULL for a journal that is a file: its removal is on the disk too, or a crash would bring it back.
SYNCHRONOUS = {"wal": ("FULL", 2), "delete": ("EXTRA", 3)}
# Seconds for another's lock, for one statement, and for a transaction in which nothing happens: a
# program that hangs lets go of its locks. Readers wait less (archive.maintenance.patience).
LOCK_SECONDS, STATEMENT_SECONDS = 20, 60
_POSTGRESQL_SECONDS = {
    "statement_timeout": STATEMENT_SECONDS,
    "lock_timeout": LOCK_SECONDS,
    "idle_in_transaction_session_timeout": 60,
}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether SQLite of this version never loses what was committed to a write-ahead log.

    Two connections that write and checkpoint at once could, from 3.7.0 to 3.51.2; 3.44.6 and
    3.50.7 have the correction too. https://sqlite.org/wal.html#the_wal_reset_bug
    """
    corrected = ((3, 44, 6), (3, 50, 7))
    return version >= (3, 51, 3) or any(
        version[:2] == first[:2] and version >= first for first in corrected
    )


def journal_mode(version: tuple[int, int, int]) -> str:
    """What `PRAGMA journal_mode` has to answer: readers do not wait for a writer with "wal"."""
    return "wal" if wal_is_safe(version) else "delete"


def add_options(database: Mapping[str, Any]) -> dict[str, Any]:
    """`database`, an entry of DATABASES, with its options. Those that it has already win."""
    options = _options(database["ENGINE"]) | database.get("OPTIONS", {})
    return {**database, "OPTIONS": options}


def _options(engine: str) -> dict[str, Any]:
    if engine == SQLITE:
        import sqlite3

        mode = journal_mode(sqlite3.sqlite_version_info)
        synchronous, _number = SYNCHRONOUS[mode]
        return {
            # Without IMMEDIATE a read that turns into a write fails with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": f"PRAGMA journal_mode={mode}; PRAGMA synchronous={synchronous};",
        }
    if engine == POSTGRESQL:
        limits = (f"-c {name}={seconds}s" for name, seconds in _POSTGRESQL_SECONDS.items())
        # A page asks what takes milliseconds: workers beside it take as long to start, and take
        # processors from other readers.
        alone = "-c max_parallel_workers_per_gather=0"
        options = " ".join([*limits, alone])
        return {"connect_timeout": 5, "application_name": "dawen", "options": options}
    return {}
