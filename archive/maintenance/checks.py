"""System checks of the database.

They run with `check --deploy`, with `check --database default` and before every migration.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from archive.maintenance.database_options import SYNCHRONOUS, journal_mode, wal_is_safe

_SQLITE_PAGE = "https://sqlite.org/wal.html#the_wal_reset_bug"


@register(deploy=True)
def journal(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Says which journal SQLite keeps here, and why."""
    if connections["default"].vendor != "sqlite":
        return []
    told, hint = "WAL. Readers do not wait for a writer.", None
    if not wal_is_safe(sqlite3.sqlite_version_info):
        told = "DELETE, as its WAL can lose what was committed."
        hint = f"With 3.51.3 or newer it keeps a WAL, which is quicker. {_SQLITE_PAGE}"
    told = f"SQLite {sqlite3.sqlite_version}: journal_mode={told}"
    return [Info(told, hint=hint, id="archive.I001")]


@register(Tags.database)
def connection_settings(
    app_configs: Any, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Asks each database how it is set. Queries the databases."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        look = _LOOKS.get(connections[alias].vendor)
        found += look(connections[alias]) if look else ()
    return found


def _ask(connection: BaseDatabaseWrapper, sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    # A database in memory, as tests have it, keeps no journal on a disk.
    wanted = journal_mode(sqlite3.sqlite_version_info)
    mode = _ask(connection, "PRAGMA journal_mode")
    if mode not in (wanted, "memory"):
        yield Error(
            f"The database keeps its journal as {mode!r}, not as {wanted!r}.",
            hint="Stop every process that has it open, and run this again.",
            id="archive.E001",
        )
    if _ask(connection, "PRAGMA synchronous") < SYNCHRONOUS[wanted][1]:
        yield Error(
            "SQLite reports a commit before it is on the disk.",
            hint="Leave init_command in DATABASES as "
            "archive.maintenance.database_options makes it.",
            id="archive.E002",
        )
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        yield Error(
            'Transactions that read first will fail with "database is locked".',
            hint="Leave transaction_mode in DATABASES as IMMEDIATE.",
            id="archive.E003",
        )


def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    encoding = _ask(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        yield Error(
            f"The database's encoding is {encoding}, which cannot hold every character.",
            hint="Make it anew: createdb --encoding=UTF8 --locale=C --template=template0",
            id="archive.E004",
        )
    # A newer libc sorts in another way: an index over text then misses rows.
    changed = connection.pg_version >= 150_000 and _ask(  # type: ignore[attr-defined]
        connection,
        "SELECT datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)"
        " FROM pg_database WHERE datname = current_database()",
    )
    if changed:
        yield Caution(
            "The system sorts text in another way than when the database was made.",
            hint="REINDEX DATABASE, then ALTER DATABASE ... REFRESH COLLATION VERSION.",
            id="archive.W001",
        )
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        if _ask(connection, f"SHOW {name}") == "0":
            yield Caution(
                f"{name} is 0: a program that hangs keeps its locks for ever.",
                hint="Leave `options` in DATABASES as "
                "archive.maintenance.database_options makes them.",
                id="archive.W002",
            )


_Look = Callable[[BaseDatabaseWrapper], Iterator[CheckMessage]]
_LOOKS: dict[str, _Look] = {"sqlite": _sqlite, "postgresql": _postgresql}
