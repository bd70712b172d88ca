"""manage.py restore: an archive from its backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from archive.maintenance.backups import BackupError, restore
from archive.maintenance.integrity import VerificationOptions, verify
from archive.management.command import ArchiveCommand, progress_bars
from archive.signals import archive_replaced


class Command(ArchiveCommand):
    help = """Make the archive what a backup holds.

    manage.py restore /backups/2026-11-23            into an empty archive
    manage.py restore /backups/2026-11-23 --force    in the place of what is here

The backup is compared with its checksums first, and the archive with its own at the end; the
search index is made anew. PostgreSQL needs pg_restore.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="SOURCE", help="the folder of a backup")
        parser.add_argument("--force", action="store_true", help="replace what is here")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["source"], force=options["force"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        # A backup of an older version gets the tables of this one.
        call_command("migrate", verbosity=0)
        archive_replaced.send(sender=None)
        watch = progress_bars(verbosity=options["verbosity"])
        findings = [finding.what for finding in verify(VerificationOptions(watch, sample=50))]
        if findings:
            told = "\n".join(findings)
            raise CommandError(f"It was restored, and is not what was saved:\n{told}")
        self.stdout.write(f"The archive of {manifest['made_at']} is here, compared and indexed.")
