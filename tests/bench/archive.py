"""The archive that is measured: one of its own, made once and kept in .bench, never that of var/.

    python -m tests.bench.archive     make it, or go on where it was interrupted

It holds the meetings of ../shared/corpora, if present, else the transcripts that come with the
program, each held again on other days.
"""

import argparse
import atexit
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.packed import packed_files

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".bench"
MEETINGS = ROOT.parent / "shared" / "corpora" / "tw-sayit-akn.tar.xz"
OUTLETS = ROOT / "fixtures" / "outlets.json"
TRANSCRIPTS = (ROOT / "fixtures" / "transcripts", ROOT / "tests" / "golden" / "transcripts")
DAYS = 24  # on which each of the program's transcripts is held
_FIRST, _APART = dt.date(2001, 1, 1), dt.timedelta(days=97)

# A file's name, what it holds, and the day, where the file itself does not say it.
Source = tuple[str, bytes, dt.date | None]


def add_option(parser: argparse.ArgumentParser) -> None:
    """--data, for those who want to measure another archive."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="the archive to measure, as DAWEN_DATA names it, with DATABASE_URL, if set; what is "
        "saved in it stays. Without: one made for this, of which a copy is measured",
    )


def prepare(named: Path | None) -> None:
    """Set DAWEN_DATA to the archive to measure, before the settings are read.

    Without a name that is a copy, thrown away at the end: what is measured writes into it, and
    leaves pages that would not have to be made the next time.
    """
    if named is not None:
        if not named.is_dir():
            sys.exit(f"There is no folder {named}. Name the folder of an archive: --data var")
        os.environ["DAWEN_DATA"] = str(named.resolve())
        return
    kept = _choose_own()
    made = subprocess.Popen([sys.executable, "-m", "tests.bench.archive"], cwd=ROOT)
    try:
        failed = made.wait()
    except KeyboardInterrupt:
        failed = made.wait() or 1
    if failed:
        sys.exit(failed)
    copy = tempfile.mkdtemp(prefix="dawen-bench-")
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    shutil.copytree(kept, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("pages"))
    os.environ["DAWEN_DATA"] = copy


def _choose_own() -> Path:
    """The folder of the archive that is kept; the settings lead there, and to no other database."""
    kept = KEPT / key()
    os.environ.pop("DATABASE_URL", None)
    os.environ["DAWEN_DATA"] = str(kept)
    return kept


def key() -> str:
    """The name of an archive made of these sources, the same for the same sources."""
    digest = hashlib.sha256(OUTLETS.read_bytes())
    if MEETINGS.is_file():
        digest.update(MEETINGS.read_bytes())
    else:
        for name, content, day in sources():
            digest.update(f"{name} {len(content)} {day} ".encode() + content)
    return digest.hexdigest()[:12]


def sources() -> Iterator[Source]:
    """What the archive is made of. No two have the same bytes."""
    if MEETINGS.is_file():
        yield from ((name, content, None) for name, content in packed_files(MEETINGS))
        return
    texts = [path for folder in TRANSCRIPTS for path in sorted(folder.iterdir()) if _utf8(path)]
    for held in range(DAYS):
        for at, path in enumerate(texts):
            # A day of its own for each, or one would be taken for a correction of another.
            day = _FIRST + held * _APART + at * dt.timedelta(days=1)
            yield path.name, path.read_bytes() + b"\n" * (held + 1), day


def _utf8(path: Path) -> bool:
    """Whether lines may be added to this transcript."""
    if path.suffix not in {".txt", ".md"}:
        return False
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def fill() -> None:
    """Make the archive in DAWEN_DATA, or what is missing of it."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    whole = settings.DATA_DIR / "whole"
    if whole.exists():
        call_command("index", verbosity=0)
        return
    say = sys.stderr.write
    say(f"Making an archive to measure in {settings.DATA_DIR}; it is kept for the next time.\n")
    try:
        call_command("load_outlets", verbosity=0)
        say(f"{_saved()}\n")
        call_command("index", verbosity=0)
    except KeyboardInterrupt:
        sys.exit("Interrupted. The next time it goes on from here.")
    whole.touch()


def _saved() -> str:
    """Save every source that is not here yet; answers how many were."""
    from tqdm import tqdm

    from archive.editing.ingestion import load
    from archive.parsing.records import TranscriptError
    from archive.signals import batch

    outcomes: Counter[str] = Counter()
    with batch(), tqdm(list(sources()), unit=" transcripts", file=sys.stderr) as bar:
        for name, content, day in bar:
            try:
                outcomes[load(content, name, publish=True, date=day).outcome] += 1
            except TranscriptError:
                outcomes["without a question"] += 1
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))


if __name__ == "__main__":
    import django

    _choose_own()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    fill()
