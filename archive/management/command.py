"""The base of the archive's commands, and their progress on stderr."""

import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from archive.maintenance.integrity import ProgressReporter


class ArchiveCommand(BaseCommand):
    """A command whose help stands in lines as it is written."""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def write_counts(self, counts: Mapping[str, int], *, dry_run: bool) -> None:
        """What became of how many, in a line."""
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        self.stdout.write(f"{told}. Nothing was saved (--dry-run)." if dry_run else f"{told}.")


def progress_bars(*, verbosity: int) -> ProgressReporter:
    """A bar for each run of things, one after another; none with a verbosity of 0."""
    return partial(tqdm, file=sys.stderr, disable=verbosity < 1)
