"""manage.py parse_report: how well files are understood, without saving anything."""

import json
import sys
import tarfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from archive.editing.name_resolution import outlets_of
from archive.management.command import ArchiveCommand
from archive.parsing.completeness import Account, account
from archive.parsing.conventions import CONVENTIONS
from archive.parsing.parser import finish, prepare, read
from archive.parsing.records import TranscriptError

_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")
_COLUMNS = ("files", "exchanges", "turns", "unknown outlets", "problems", "characters", "kept")


@dataclass(slots=True)
class _Row:
    """What is counted of all files of one convention."""

    files: int = 0
    exchanges: int = 0
    turns: int = 0  # questions, answers, moderators and notes
    unknown: int = 0  # exchanges that are asked by a label which no outlet has
    characters: int = 0
    missing: int = 0
    problems: Counter[str] = field(default_factory=Counter)


class Command(ArchiveCommand):
    help = """Say how transcripts are understood, a line per convention, and save nothing.

    manage.py parse_report transcripts/ minutes.tar.xz
    manage.py parse_report briefing.html --convention question-answer --json

Folders and .tar archives are read whole. "kept" is the share of the characters that are in some
field; what a file has beside its transcript is named among the problems. Files that are refused
are listed with the reason below the table.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        names = [convention.name for convention in CONVENTIONS]
        parser.add_argument("--convention", default="", choices=["", *names], metavar="NAME")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        rows: dict[str, _Row] = {}
        refused: dict[str, str] = {}
        begun = time.perf_counter()
        with tqdm(unit=" files", file=sys.stderr) as bar:
            for name, content in _files(options["paths"]):
                bar.update()
                try:
                    _count(rows, content, Path(name).name, options["convention"])
                except TranscriptError as error:
                    refused[name] = str(error)
        seconds = time.perf_counter() - begun
        if options["json"]:
            told = {
                "conventions": {name: _as_data(row) for name, row in rows.items()},
                "refused": refused,
                "seconds": round(seconds, 2),
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for line in _table(rows):
            self.stdout.write(line)
        for name, why in refused.items():
            self.stdout.write(f"refused: {name}: {why}")
        total = sum(row.files for row in rows.values())
        self.stdout.write(f"{total} files read, {len(refused)} refused, in {seconds:.1f} s")


def _files(paths: list[Path]) -> Iterator[tuple[str, bytes | TranscriptError]]:
    """Name and bytes of every file, archives and folders opened; or why it cannot be opened."""
    for path in paths:
        try:
            if path.is_dir():
                yield from _files(sorted(below for below in path.rglob("*") if below.is_file()))
            elif path.name.endswith(_ARCHIVES):
                yield from _members(path)
            else:
                yield str(path), path.read_bytes()
        except (OSError, EOFError, tarfile.TarError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            yield str(path), TranscriptError("unreadable", reason=reason)


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield f"{path.name}/{member.name}", file.read()


def _count(
    rows: dict[str, _Row], content: bytes | TranscriptError, filename: str, convention: str
) -> None:
    if isinstance(content, TranscriptError):
        raise content
    document = read(content, filename)
    parsed = finish(prepare(document, filename, convention=convention)).parsed
    row = rows.setdefault(parsed.convention, _Row())
    kept = account(document, parsed)
    row.files += 1
    row.exchanges += len(parsed.exchanges)
    row.turns += sum(bool(one.question) + len(one.answers) for one in parsed.exchanges)
    asked = zip(parsed.exchanges, outlets_of(parsed.exchanges), strict=True)
    row.unknown += sum(outlet is None for exchange, outlet in asked if exchange.asked_by)
    row.characters += kept.body
    row.missing += kept.missing
    row.problems.update(problem.code for problem in parsed.problems)


def _table(rows: dict[str, _Row]) -> Iterator[str]:
    width = max(map(len, (*rows, "convention")), default=0)
    yield "  ".join((f"{'convention':{width}}", *(f"{name:>15}" for name in _COLUMNS)))
    for name, row in sorted(rows.items(), key=lambda item: -item[1].files):
        problems = row.problems.total()
        values = (row.files, row.exchanges, row.turns, row.unknown, problems, row.characters)
        kept = f"{100 * _as_data(row)['kept']:.4f} %"
        yield "  ".join((f"{name:{width}}", *(f"{value:>15,}" for value in values), f"{kept:>15}"))
        for code, count in row.problems.most_common():
            yield f"{'':{width}}  {count:>15,} × {code}"


def _as_data(row: _Row) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("files", "exchanges", "turns", "unknown")},
        "characters": row.characters,
        "missing": row.missing,
        "kept": Account(row.characters, row.missing).kept,
        "problems": dict(row.problems.most_common()),
    }
