"""manage.py reapply: make the archive anew from what is stored, with today's parser."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from archive.editing.reapplication import Reapplied, current_of, reapply
from archive.management.command import ArchiveCommand
from archive.signals import batch


class Command(ArchiveCommand):
    help = """Make conferences anew from their files and corrections, with today's parser.

    manage.py reapply --dry-run            which conferences would change, and how
    manage.py reapply --reason WHY         all of them
    manage.py reapply 2020-05-24           one or some

Where readers would see a change a reason is wanted, which they read; without one such a conference
is refused, and stays as it is. Links stay. Each conference that changes is named, and each
correction that does not fit any more.
What cannot be read any more is named, stays as it is, and does not stop the others; nor does a
public conference whose corrections wait to be published. Interrupted, it can be run again.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="as in the address")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument(
            "--reason",
            default="",
            help="why, for the change logs of public conferences; none of them changes without",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys, unknown = current_of(options["slugs"])
        if unknown:
            raise CommandError(f"There is no conference {', '.join(unknown)} made from a file.")
        outcomes = Counter(changed=0, unchanged=0, skipped=0, refused=0, failed=0)
        dry_run: bool = options["dry_run"]
        with batch(), tqdm(keys, unit=" conferences", file=sys.stderr) as bar:
            self._reason: str = options["reason"].strip()
            for key in bar:
                done = reapply(key, reason=options["reason"], dry_run=dry_run)
                outcomes[done.outcome] += 1
                self._print(done, bar)
        self.write_counts(outcomes, dry_run=dry_run)
        if outcomes["failed"]:
            raise CommandError(f"{outcomes['failed']} of {len(keys)} failed; see above.")
        if outcomes["refused"]:
            raise CommandError("Readers would see a change. Say why: --reason.")

    def _wants(self, done: Reapplied) -> bool:
        return done.is_public and not self._reason

    def _print(self, done: Reapplied, bar: Any) -> None:
        if done.outcome == "unchanged" and not done.unfit:
            return
        bar.clear()  # else it would be torn apart
        told = f"{done.told}; public: wants --reason" if self._wants(done) else done.told
        self.stdout.write(f"{done.slug}: {done.outcome}{f' ({told})' if told else ''}")
        for one in done.unfit:
            self.stdout.write(
                f"  correction {one.number} does not fit: {one.kind}, line {one.line}"
            )
