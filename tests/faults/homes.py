"""An archive of its own for a test that kills processes: a folder, a database, and manage.py."""

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import connections

ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds, on a machine that has much else to do: what takes longer hangs


@dataclass
class Home:
    """What a machine that runs Dawen has. Its processes are real, and so is its database."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def _arguments(self, arguments: tuple[object, ...]) -> dict[str, object]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DAWEN_DATA": str(self.folder),
            "PYTHONWARNINGS": "ignore",
            **self.environment,
        }
        if "DATABASE_URL" not in self.environment:
            environment.pop("DATABASE_URL", None)
        return {
            "args": [sys.executable, *map(str, arguments)],
            "cwd": ROOT,
            "env": environment,
            "text": True,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }

    def start(self, *arguments: object, **options: object) -> subprocess.Popen:
        return subprocess.Popen(**(self._arguments(arguments) | options))

    def python(self, code: str, *arguments: object, timeout: int = PATIENCE) -> str:
        """Run a script; answers what it printed."""
        done = subprocess.run(
            **self._arguments(("-c", code, *arguments)), timeout=timeout, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    program: ClassVar[str] = sys.executable

    def command(self, *arguments: object) -> str:
        """Run another program in this home; answers what it printed."""
        options = self._arguments(()) | {"args": [*map(str, arguments)]}
        options["env"]["PYTHONPATH"] = str(ROOT)
        done = subprocess.run(**options, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: object, code: int = 0) -> str:
        """Run manage.py, which is to end with `code`; answers what it printed and complained."""
        done = subprocess.run(
            **self._arguments(("manage.py", *arguments)), timeout=PATIENCE, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def managing(self, *arguments: object) -> subprocess.Popen:
        return self.start("manage.py", *arguments)


def make_home(folder: Path, template: Home | None = None) -> Home:
    """A home with all tables and nothing in them."""
    home = make_bare_home(folder, template)
    if template is None:
        home.manage("migrate", "-v0")
    return home


def make_bare_home(folder: Path, template: Home | None = None) -> Home:
    """A home whose database holds nothing, or what that of `template` does."""
    folder.mkdir(parents=True)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        if template:
            database = (template.folder / "dawen.sqlite3").read_bytes()
            (folder / "dawen.sqlite3").write_bytes(database)
        return Home(folder)
    name = f"dawen_fault_{uuid.uuid4().hex[:12]}"
    made_of = f' TEMPLATE "{_name(template)}"' if template else ""
    _postgresql(f'CREATE DATABASE "{name}"{made_of}')
    url = os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0]
    return Home(folder, {"DATABASE_URL": f"{url}/{name}"})


def drop(home: Home) -> None:
    """Forget the home's database on the server."""
    if "DATABASE_URL" in home.environment:
        _postgresql(f'DROP DATABASE IF EXISTS "{_name(home)}" WITH (FORCE)')


def _name(home: Home) -> str:
    return home.environment["DATABASE_URL"].rsplit("/", 1)[1]


def _postgresql(sql: str) -> None:
    import psycopg

    connection = connections["default"]
    parameters = connection.get_connection_params()
    keep = {k: parameters[k] for k in ("user", "password", "host", "port") if parameters.get(k)}
    with psycopg.connect(**keep, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(sql)


def transcript(day: str, phrase: str, *, exchanges: int = 3) -> str:
    """A file that `ingest` reads: so many exchanges, and in each answer `phrase`."""
    asked = (
        f"路透社记者：第{number}个问题，中方对{phrase}有何评论？\n毛宁：关于{phrase}，第{number}次说明立场。"
        for number in range(1, exchanges + 1)
    )
    year, month, date = map(int, day.split("-"))
    head = f"外交部发言人毛宁主持例行记者会\n{year}年{month}月{date}日\n"
    return "\n".join([head, *asked, ""])


def transcripts(folder: Path, count: int, *, phrase: str = "山川异域", first: int = 0) -> Path:
    """So many files in `folder`, of days that follow each other."""
    import datetime as dt

    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number)
        text = transcript(day.isoformat(), f"{phrase}第{number}号")
        (folder / f"{day}.txt").write_text(text, encoding="utf-8")
    return folder
