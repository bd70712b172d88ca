"""manage.py ingest: load transcripts into the archive."""

import datetime as dt
import json
import logging
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from tqdm import tqdm

from archive.editing.ingestion import (
    describe,
    describe_failure,
    describe_outcome,
    load,
    try_out,
)
from archive.management.command import ArchiveCommand
from archive.models import Transcript
from archive.parsing.conventions import CONVENTIONS
from archive.parsing.reading_ahead import AHEAD, ReadFile, ReadingProcess, reader
from archive.parsing.records import TranscriptError
from archive.signals import batch
from archive.text.directions import show_directions

logger = logging.getLogger(__name__)

# What is taken from a folder; a file named on the command line is tried whatever its name.
_SUFFIXES = {".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".xml", ".json"}
_MANY = 20  # files for which a second process is worth its start


class Command(ArchiveCommand):
    help = """Load transcripts into the archive.

    manage.py ingest transcripts/                  every transcript below the folder, no README
    manage.py ingest briefing.txt --date 2020-05-24
    manage.py ingest briefing.txt --dry-run --json

Text and Markdown, HTML, DOCX, PDF with text in it, Akoma Ntoso and this site's own JSON are read.
A file that is already here is left alone; a changed file of a conference that is here supersedes
the one before, and links stay. A file that cannot be read is named and does not stop the others.
With --verbosity 0 nothing is said of files that are here already.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--draft", action="store_true", help="save new conferences as drafts")
        parser.add_argument("--date", type=_day, help="the date of the conference, as 2020-05-24")
        parser.add_argument(
            "--convention",
            default="",
            choices=["", *(convention.name for convention in CONVENTIONS)],
            metavar="NAME",
            help="how speakers are marked, instead of finding it out; see docs/transcripts.md",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--json", action="store_true", help="print one JSON object per file")

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(_files(options["paths"]))
        outcomes = Counter(created=0, updated=0, unchanged=0, refused=0)
        quiet = not options["verbosity"]
        # The bar of a run in which nothing is to be done is not worth a line.
        with batch(), tqdm(files, unit=" files", file=sys.stderr, delay=2 * quiet) as bar:
            for path, ahead in _read_ahead(bar, options, of=len(files)):
                told = _ingest(path, options, ahead)
                outcomes[told["outcome"]] += 1
                if options["json"]:
                    self.stdout.write(json.dumps(told, ensure_ascii=False))
                elif not quiet or told["outcome"] != "unchanged":
                    self._print(told, bar)
        if not options["json"] and (not quiet or outcomes["unchanged"] < outcomes.total()):
            self.write_counts(outcomes, dry_run=options["dry_run"])
        if outcomes["refused"]:
            raise CommandError(
                f"{outcomes['refused']} of {len(files)} files could not be read; see above."
            )

    def _print(self, told: dict[str, Any], bar: Any) -> None:
        # Through the bar, which would otherwise be torn apart.
        bar.clear()
        self.stdout.write(f"{told['file']}: {told['outcome']}")
        for problem in told["problems"]:
            where = f"line {problem['line']}: " if problem["line"] else ""
            self.stdout.write(f"  {where}{problem['message']}")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date. Write it as 2020-05-24.") from None


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if _is_transcript(one))
        else:
            yield path


def _is_transcript(path: Path) -> bool:
    """Whether a file of a folder is taken: a README tells of the others."""
    named = path.suffix.lower() in _SUFFIXES and path.stem.lower() != "readme"
    return named and path.is_file()


def _read_ahead(
    paths: Iterable[Path], options: dict[str, Any], *, of: int
) -> Iterator[tuple[Path, ReadFile | None]]:
    """Each of `paths`; where there are many, as another process has read it meanwhile.

    None for what is here already, what cannot be read, and where there are few.
    """
    if of < _MANY or options["dry_run"]:
        yield from ((path, None) for path in paths)
        return
    given: deque[tuple[Path, bool]] = deque()
    with reader() as other:
        for path in paths:
            given.append((path, _give(other, path, options)))
            if len(given) > AHEAD:
                first, is_read = given.popleft()
                yield first, other.take() if is_read else None
        for first, is_read in given:
            yield first, other.take() if is_read else None


def _give(other: ReadingProcess, path: Path, options: dict[str, Any]) -> bool:
    """Let the other process read a file that is not here; whether it does."""
    try:
        content = path.read_bytes()
    except OSError:
        return False  # which is told when its turn comes
    if Transcript.objects.defer("content").of_bytes(content) is not None:
        return False
    other.give(content, path.name, options["date"], options["convention"])
    return True


def _ingest(path: Path, options: dict[str, Any], ahead: ReadFile | None) -> dict[str, Any]:
    try:
        return _ingest_file(path, options, ahead)
    except DatabaseError as error:
        raise CommandError(
            f"{path} was not saved, nor anything after it: {error}. When the database can be "
            "written again, run the same command: what is here already is left alone."
        ) from error


def _ingest_file(path: Path, options: dict[str, Any], ahead: ReadFile | None) -> dict[str, Any]:
    """Load one file; answers what became of it."""
    given = {name: options[name] for name in ("date", "convention")}
    publish = not options["draft"]
    content, shown = b"", show_directions(str(path))
    try:
        content = path.read_bytes()
        if options["dry_run"]:
            return try_out(content, path.name, publish=publish, **given) | {"file": shown}
        saved = load(content, path.name, publish=publish, ahead=ahead, **given)
        told = describe(saved, content, shown) if options["json"] else None
        return told or describe_outcome(saved, shown)
    except OSError as error:
        unreadable = TranscriptError("unreadable", reason=error.strerror or str(error))
        return describe_failure(unreadable, content, shown)
    except TranscriptError as error:
        return describe_failure(error, content, shown)
    except DatabaseError as error:  # that is no fault of this file
        raise CommandError(
            f"{path} was not saved, nor anything after it: {error}. When the database can be "
            "written again, run the same command: what is here already is left alone."
        ) from error
    except Exception as error:  # a bug that one file shows keeps no other out
        logger.exception("%s could not be read", path)
        broken = TranscriptError("unreadable", reason=repr(error))
        return describe_failure(broken, content, shown)
