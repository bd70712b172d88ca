"""The manifest of a backup: what it is made of, to be compared before it is trusted."""

import datetime as dt
import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from django import get_version
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from archive.maintenance.backups.errors import BackupError
from archive.maintenance.fsync import sync

MANIFEST_FORMAT = 1  # of the folder
_NAME = "manifest.json"


def make_manifest(folder: Path) -> dict[str, Any]:
    """What is in `folder`, and what made it, for json.dumps()."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text("utf-8"))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "format": MANIFEST_FORMAT,
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "vendor": connection.vendor,
        "versions": {
            "dawen": project["project"]["version"],
            "django": get_version(),
            "python": sys.version.split()[0],
            "database": ".".join(map(str, connection.get_database_version())),
        },
        "migrations": sorted(MigrationLoader(connection).applied_migrations),
        "files": {str(path.relative_to(folder)): _checksum(path) for path in files},
    }


def write_manifest(manifest: dict[str, Any], folder: Path) -> None:
    """Keep the manifest in `folder`, and have the disk hold all of it."""
    (folder / _NAME).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    for path in (*folder.rglob("*"), folder):
        sync(path)


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of the backup in `source`, after every file was compared with it.

    Raises BackupError.
    """
    try:
        manifest: dict[str, Any] = json.loads((source / _NAME).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
        if manifest["format"] != MANIFEST_FORMAT:
            raise ValueError(f"its format is {manifest['format']}, not {MANIFEST_FORMAT}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{source} is no backup that can be read: {error}") from error
    for name, sha256 in files.items():
        path = source / name
        found = _checksum(path) if path.is_file() else "missing"
        if found != sha256:
            raise BackupError(f"{path} was altered: saved as {sha256}, it is {found} now.")
    return manifest


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
