"""manage.py backup: the whole archive in one folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from archive.maintenance.backups import BackupError, back_up
from archive.management.command import ArchiveCommand


class Command(ArchiveCommand):
    help = """Write a backup of the whole archive, while the site runs.

    manage.py backup /backups/2026-11-23

The folder is there when it is whole, and not before. It holds the database, the uploaded files and
a manifest with the checksum of each; not the search index, which is made from the database, and
not the secret key. Whoever can read it can read drafts and password hashes: it is for you alone.
PostgreSQL needs pg_dump.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="TARGET", help="a folder, new or empty")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = back_up(options["target"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = sum(path.stat().st_size for path in options["target"].rglob("*") if path.is_file())
        self.stdout.write(
            f"{options['target']}: {len(manifest['files'])} files, {size / 1_000_000:.1f} MB."
        )
