"""manage.py index: bring the search index up to date, or make it anew."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from tqdm import tqdm

from search.engine.errors import IndexBusy, IndexDiffers, IndexUnavailable, IndexUnreadable
from search.index import writer
from search.index.follower import follow
from search.models import IndexTask

_UP_TO_DATE = "The index is up to date."


class Command(BaseCommand):
    help = """Bring the search index up to date with the database.

    manage.py index             index what changed; make the index if there is none
    manage.py index --retry     and try again what could not be indexed before
    manage.py index --rebuild   make it anew beside the live one, and swap it in

It can be interrupted and run again: the live index goes on as it was. A conference that cannot be
indexed is named with its error and set aside; the others are indexed, and the exit code is 1. With
--verbosity 0 nothing is said where nothing was to be done.
"""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make the index anew")
        parser.add_argument("--follow", action="store_true", help="go on until standard input ends")
        parser.add_argument("--retry", action="store_true", help="try what was set aside, too")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["follow"]:
            follow()
            return
        started = timezone.now()
        quiet = not options["verbosity"]
        with tqdm(unit=" conferences", file=sys.stderr, delay=2 * quiet) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                message = (
                    _rebuild(show) if options["rebuild"] else _drain(show, retry=options["retry"])
                )
            except (IndexBusy, IndexUnreadable, IndexDiffers) as error:
                raise CommandError(str(error)) from error
            except (OSError, OperationalError) as error:
                raise CommandError(
                    f"The index could not be written: {error}. The queue keeps every change. "
                    "When there is room on the disk, run this again."
                ) from error
        if message or not quiet:
            self.stdout.write(message or _UP_TO_DATE)
        failed = list(IndexTask.objects.set_aside().filter(failed_at__gte=started))
        if failed:
            listed = "\n".join(f"  conference {one.conference_id}: {one.error}" for one in failed)
            raise CommandError(f"{len(failed)} conferences could not be indexed:\n{listed}")


def _drain(show: writer.Progress, *, retry: bool) -> str:
    """What was done; nothing where there was nothing to do."""
    try:
        writer.require()
        done = writer.drain(retry=retry, progress=show)
        return f"{done} conferences brought up to date." if done else ""
    except IndexUnreadable:
        raise
    except IndexUnavailable as error:
        return f"{error.args[0].split(' Run:')[0]} {_rebuild(show)}"


def _rebuild(show: writer.Progress) -> str:
    return f"The index was made anew: {writer.rebuild(progress=show)} parts."
