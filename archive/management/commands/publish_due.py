"""manage.py publish_due: what is due, drafts to be published and discarded files to be removed."""

from typing import Any

from django.utils import timezone

from archive.editing.discards import remove_discarded
from archive.editing.publication import publish_due
from archive.management.command import ArchiveCommand


class Command(ArchiveCommand):
    help = """Publish the drafts whose time has come, and remove the uploads that were discarded
more than a day ago.

    manage.py publish_due              from a timer, each minute

A running site publishes too, when somebody reads it. A timer does it on time where nobody does.
"""

    def handle(self, *args: Any, **options: Any) -> None:
        published = publish_due(timezone.now())
        for conference in published:
            self.stdout.write(f"{conference.slug}: published")
        self.stdout.write(f"{len(published)} published.")
        removed = remove_discarded(timezone.now())
        if removed:
            self.stdout.write(f"{removed} discarded uploads removed.")
