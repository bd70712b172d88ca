"""The database of a backup as SQLite writes and reads it, while others use it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from archive.maintenance.backups.errors import BackupError

DUMP_FILE = "database.sqlite3"


def dump_database(path: Path) -> None:
    """Write the database as it is at this moment to `path`. Writers wait until it is done."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    path.chmod(0o600)
    _require_sound(path)


def restore_database(path: Path) -> None:
    """Replace the database by the one in `path`, in one transaction, which a kill undoes."""
    _require_sound(path)
    connection.ensure_connection()
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.backup(connection.connection)
    connection.close()


def _require_sound(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        try:
            told = [row[0] for row in copy.execute("PRAGMA quick_check")]
        except sqlite3.DatabaseError as error:
            told = [str(error)]
    if told != ["ok"]:
        raise BackupError(f"The database in {path} is damaged: {told[0]}")
