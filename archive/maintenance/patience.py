"""Patience with the database: a reader's page waits for a lock or an answer a short time only."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from archive.maintenance.database_options import LOCK_SECONDS, STATEMENT_SECONDS


@dataclass(frozen=True, slots=True)
class Patience:
    """Milliseconds for a lock of somebody else, and for one answer."""

    lock: int
    statement: int


# What a connection has from the settings: for editors others may be saving something long.
EDITORS = Patience(LOCK_SECONDS * 1000, STATEMENT_SECONDS * 1000)
READERS = Patience(2_000, 10_000)
# For what a reader did not come for.
PASSING = Patience(250, 10_000)

_wanted: ContextVar[Patience] = ContextVar("patience", default=EDITORS)


def connect() -> None:
    connection_created.connect(_begin, dispatch_uid="patience")


def be_patient(patience: Patience) -> None:
    """Let the connection of this thread, and those it opens, wait so long. Opens none."""
    _wanted.set(patience)
    if connection.connection is not None and _of(connection) != patience:
        # One that was cut is found out here, and opened anew by whoever asks next.
        connection.close_if_health_check_failed()
        _tell(connection)


def _begin(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    vars(connection)["patience"] = EDITORS
    _tell(connection)


def _of(connection: BaseDatabaseWrapper) -> Patience:
    patience: Patience = vars(connection).get("patience", EDITORS)
    return patience


def _tell(connection: BaseDatabaseWrapper) -> None:
    """Not as a query of a page: those are counted."""
    patience = _wanted.get()
    if connection.connection is None or _of(connection) == patience:
        return
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            connection.connection.execute(f"PRAGMA busy_timeout = {patience.lock}")
        elif patience == EDITORS:
            connection.connection.execute("RESET lock_timeout; RESET statement_timeout")
        else:
            connection.connection.execute(
                f"SET lock_timeout = {patience.lock}; SET statement_timeout = {patience.statement}"
            )
    vars(connection)["patience"] = patience
