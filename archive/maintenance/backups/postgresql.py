"""The database of a backup as pg_dump writes and pg_restore reads it."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from archive.maintenance.backups.errors import BackupError

DUMP_FILE = "database.dump"


def dump_database(path: Path) -> None:
    """Write the database as it is at this moment to `path`. Nobody waits for it."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
    path.chmod(0o600)


def restore_database(path: Path) -> None:
    """Replace the database by the one in `path`, in one transaction."""
    connection.close()
    _run(
        *("pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error"),
        *("--no-owner", "--no-privileges", str(path)),
    )


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database of DATABASE_URL. Raises BackupError."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            f"{program} is not installed. Install PostgreSQL's client programs, of the server's "
            "version or newer (Debian: apt install postgresql-client)."
        )
    settings = connection.settings_dict
    # As psql would be called; the password goes by the environment, which others cannot see.
    command, environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    where = [*command[1:-1], f"--dbname={command[-1]}"]
    done = subprocess.run(  # noqa: S603 - no shell, and no argument of a visitor
        [found, *where, *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip() or done.returncode}")
