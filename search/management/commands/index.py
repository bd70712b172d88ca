"""manage.py index: bring the search index up to date, or make it anew."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import indexing
from search.engine.generations import IndexBusy, IndexUnavailable


class Command(BaseCommand):
    help = """Bring the search index up to date with the database.

    manage.py index             index what changed; make the index if there is none
    manage.py index --rebuild   make it anew beside the live one, and swap it in

It can be interrupted and run again: the live index goes on as it was.
"""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make the index anew")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" conferences", file=sys.stderr, disable=options["verbosity"] < 1) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                message = _rebuild(show) if options["rebuild"] else _drain(show)
            except IndexBusy as error:
                raise CommandError(str(error)) from error
        self.stdout.write(message)


def _drain(show: indexing.Progress) -> str:
    try:
        indexing.require()
        return f"{indexing.drain(progress=show)} conferences brought up to date."
    except IndexUnavailable as error:
        return f"{error.args[0].split(' Run:')[0]} {_rebuild(show)}"


def _rebuild(show: indexing.Progress) -> str:
    return f"The index was made anew: {indexing.rebuild(progress=show)} parts."
