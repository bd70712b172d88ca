"""manage.py finish_name_changes: write what is still to be written of changes of names."""

import sys
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.editing.names.changes import finish_change, open_changes
from archive.editing.names.sentences import sentences_of
from archive.models import NameChange


class Command(BaseCommand):
    help = """Write the versions of changes of names that many published conferences show.

    manage.py finish_name_changes      from a timer, every few minutes

Until all are written the old name shows everywhere. Interrupted, it goes on where it was. A change
that cannot be any more is given up and named.
"""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        given_up = 0
        changes = open_changes()
        for change in changes:
            told = " ".join(sentences_of(change))
            with tqdm(
                total=change.conferences,
                unit=" conferences",
                file=sys.stderr,
                disable=options["verbosity"] < 1,
            ) as bar:
                for written in finish_change(change):
                    bar.update(written - bar.n)
            if change.state == NameChange.State.UNDONE:
                given_up += 1
                self.stdout.write(f"{told} Given up: {change.note}")
            else:
                self.stdout.write(f"{told} Done: {change.revisions.count()} versions.")
        if changes or options["verbosity"]:
            self.stdout.write(f"{len(changes)} changes of names.")
        if given_up:
            raise CommandError(f"{given_up} could not be done; see above.")
