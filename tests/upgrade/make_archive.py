"""Make the archive that later versions are to bring up:

    git worktree add ../then 9382a9c
    python tests/upgrade/make_archive.py ../then tests/upgrade/9382a9c
    .ci/postgres sh -c 'DATABASE_URL=$TEST_DATABASE_URL python …the same…'

`../then` is a checkout of the version that makes it, whose requirements this Python has. Both
databases tell the same facts, and answer the same addresses; the second run fails if they do not.
What is random stays so: names of generations of the index, and keys of SQLite's pages.
"""

import io
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
SECRET = "a secret of nobody, thrown away: it stands in the repository"  # noqa: S105


def main(then: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        clock = start(then, data)
        from tests.upgrade.story import Story

        Story(then, Path(scratch), clock).tell()
        finish(data)
        target.mkdir(parents=True, exist_ok=True)
        pack(data, target)
        keep(target)


def start(then: Path, data: Path) -> object:
    """Make this process one of the version in `then`, at the time of the story."""
    data.mkdir(mode=0o700)
    (data / "secret_key").write_text(SECRET)
    os.environ["DAWEN_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.upgrade.settings"
    os.chdir(then)
    # The program and its sources are of that version, this folder is of this one.
    sys.path[:1] = [str(then), str(HERE.parents[2])]
    import django
    from django.utils import timezone

    from tests.upgrade.desk import Clock

    clock = Clock()
    timezone.now = clock
    django.setup()
    return clock


def finish(data: Path) -> None:
    """Index, compare and back up, and leave one change in the queue of the index."""
    from django.core.management import call_command
    from django.db import connection

    from archive.models import Conference
    from search.models import IndexTask

    call_command("index", verbosity=0)
    call_command("verify_archive", "--all", verbosity=0)
    IndexTask.objects.create(conference_id=Conference.objects.get(slug="2020-05-24").pk)
    if connection.vendor == "sqlite":
        call_command("backup", data / "backup", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
    else:
        (data / "postgresql.sql").write_text(dumped(), encoding="utf-8")
    shutil.rmtree(data / "cache", ignore_errors=True)


def dumped() -> str:
    """The PostgreSQL database as statements that any server takes, and any client sends."""
    done = subprocess.run(
        ["pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=100",
         f"--dbname={os.environ['DATABASE_URL']}"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    # What older servers do not know, and what psql alone understands.
    own = re.compile(
        r"^(SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", re.MULTILINE
    )
    return own.sub("", done.stdout)


def pack(data: Path, target: Path) -> None:
    """The folder of the archive as a tar file with nobody's name and one time in it."""
    from django.db import connection

    connection.close()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as files:
        for path in sorted(data.rglob("*")):
            member = files.gettarinfo(path, str(path.relative_to(data)))
            member.uid = member.gid = member.mtime = 0
            member.uname = member.gname = ""
            with path.open("rb") if member.isfile() else io.BytesIO() as content:
                files.addfile(member, content)
    small = lzma.compress(packed.getvalue(), preset=9 | lzma.PRESET_EXTREME)
    (target / f"{connection.vendor}.tar.xz").write_bytes(small)


def keep(target: Path) -> None:
    """Write what the archive holds and answers, or compare it with what the other one does."""
    from tests.upgrade import addresses
    from tests.upgrade.facts import facts

    told = json.dumps(facts(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    same(target / "facts.json", told)
    browser = addresses.reader()
    answers = [(one, addresses.ask(browser, one)) for one in addresses.listed()]
    if broken := addresses.broken(answers):
        raise SystemExit(f"These have no answer: {broken}")
    same(target / "addresses.txt", addresses.written(answers))


def same(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        path.with_name(f"{path.name}.other").write_text(text, encoding="utf-8")
        raise SystemExit(f"{path} says otherwise. What this archive says is beside it, as .other.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
