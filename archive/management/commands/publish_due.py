"""manage.py publish_due: publish the drafts whose time has come."""

from typing import Any

from django.utils import timezone

from archive.editing.publication import publish_due
from archive.management.command import ArchiveCommand


class Command(ArchiveCommand):
    help = """Publish the drafts whose time has come.

    manage.py publish_due              from a timer, each minute

A running site does this too, when somebody reads it. A timer publishes on time where nobody does.
"""

    def handle(self, *args: Any, **options: Any) -> None:
        published = publish_due(timezone.now())
        for conference in published:
            self.stdout.write(f"{conference.slug}: published")
        self.stdout.write(f"{len(published)} published.")
