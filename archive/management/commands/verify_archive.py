"""manage.py verify_archive: is everything as it was saved?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from archive.maintenance.integrity import VerificationOptions, verify
from archive.management.command import ArchiveCommand, progress_bars


class Command(ArchiveCommand):
    help = """Compare everything with what was saved.

    manage.py verify_archive            say what differs; exit code 1 when anything does
    manage.py verify_archive --all      compare the text of every conference with the index
    manage.py verify_archive --repair   and queue what `manage.py index` can make right

The checksums of all originals and of all published states, what readers see against the newest of
these, the database's own structure, addresses that lead nowhere, and the index against the
database, both ways. It only reads, while the site runs.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        sample = parser.add_mutually_exclusive_group()
        sample.add_argument(
            "--sample",
            type=int,
            default=50,
            metavar="N",
            help="conferences, chosen by chance, to compare to the last character (50)",
        )
        sample.add_argument("--all", action="store_true", help="compare every one so")
        parser.add_argument("--repair", action="store_true", help="queue what can be repaired")

    def handle(self, *args: Any, **options: Any) -> None:
        watch = progress_bars(verbosity=options["verbosity"])
        sample = None if options["all"] else options["sample"]
        found = queued = 0
        for finding in verify(VerificationOptions(watch, sample)):
            found += 1
            self.stdout.write(finding.what)
            if options["repair"] and finding.repair:
                finding.repair()
                queued += 1
        if queued:
            self.stdout.write(f"{queued} queued to be repaired. Run: python manage.py index")
        if found:
            raise CommandError(f"{found} differences; see above.")
        self.stdout.write("Everything is as it was saved.")
