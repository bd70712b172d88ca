"""A backup is a folder: the database, with every original in it, and a manifest with its checksum.

    database.sqlite3 or database.dump   as the database itself writes it
    manifest.json                       what it is, of which versions, and every file's SHA-256

The index is in no backup: it is made from the database.
"""

import os
import shutil
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from archive.maintenance.backups import postgresql, sqlite
from archive.maintenance.backups.errors import BackupError
from archive.maintenance.backups.manifest import make_manifest, read_manifest, write_manifest
from archive.maintenance.fsync import sync
from archive.models import Conference, Transcript

__all__ = ["BackupError", "back_up", "restore"]

_VENDORS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def back_up(target: Path) -> dict[str, Any]:
    """Write a backup to the folder `target`, while the site runs. Answers its manifest.

    It is written beside and renamed when it is whole, so `target` is there or it is not. Raises
    BackupError.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} is there already. Name a folder that is empty or new.")
    beside = target.with_name(f"{target.name}.partial-{os.getpid()}")
    vendor = _VENDORS[connection.vendor]
    try:
        beside.mkdir(mode=0o700, parents=True)
        vendor.dump_database(beside / vendor.DUMP_FILE)
        manifest = make_manifest(beside)
        write_manifest(manifest, beside)
        beside.replace(target)
        sync(target.absolute().parent)
    except (OSError, DatabaseError) as error:
        raise BackupError(f"No backup was made in {target}: {error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def restore(source: Path, *, force: bool) -> dict[str, Any]:
    """Put the backup in `source` in the place of this archive, the database all or nothing.

    The backup is verified first. An archive that holds something is only replaced with `force`.
    Answers the manifest. Raises BackupError.
    """
    manifest = read_manifest(source)
    vendor = _VENDORS[connection.vendor]
    if manifest["vendor"] != connection.vendor:
        raise BackupError(
            f"The backup in {source} is of a {manifest['vendor']} database and this archive uses "
            f"{connection.vendor}. Set DATABASE_URL to one of the same kind."
        )
    known = set(MigrationLoader(None).disk_migrations)
    unknown = sorted({tuple(one) for one in manifest["migrations"]} - known)
    if unknown:
        raise BackupError(
            f"The backup in {source} was made by a newer program: its migration "
            f"{'.'.join(unknown[0])} is not known here. Install that version first."
        )
    if not force and _holds_something():
        raise BackupError(
            "This archive is not empty. Restore into an empty one, or say --force to replace "
            "everything in it."
        )
    try:
        vendor.restore_database(source / vendor.DUMP_FILE)
    except (OSError, DatabaseError) as error:
        raise BackupError(f"{source} could not be restored: {error}") from error
    return manifest


def _holds_something() -> bool:
    """Whether anything here would be lost. Up to three queries."""
    tables = connection.introspection.table_names()
    models: tuple[type[Model], ...] = (Conference, Transcript, get_user_model())
    return any(
        model._meta.db_table in tables and model._default_manager.exists() for model in models
    )
