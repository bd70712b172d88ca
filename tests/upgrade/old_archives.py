"""Archives that earlier versions made, each in a folder that has the name of its commit."""

import importlib.util
import json
import tarfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db import connections

from tests.conftest import missing
from tests.faults.homes import Home, make_bare_home

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/facts.json"))
MADE_WITH = ("format", "analysis")  # of an index: by these it is known


@dataclass(frozen=True)
class OldArchive:
    """The data folder of an earlier version, on this machine, and what that version told of it."""

    home: Home
    folder: Path

    @cached_property
    def facts(self) -> Any:
        return json.loads((self.folder / "facts.json").read_text(encoding="utf-8"))

    @property
    def addresses(self) -> Path:
        return self.folder / "addresses.txt"

    def does(self, *deeds: str) -> Any:
        """What deeds.py says, of each deed, by the program of today."""
        settings = {"DJANGO_SETTINGS_MODULE": "tests.upgrade.settings"}
        home = replace(self.home, environment=self.home.environment | settings)
        return json.loads(home.command(home.program, "-m", "tests.upgrade.deeds", *deeds))

    def index_made_with(self) -> dict[str, Any]:
        """By what the current index is known: its format, and what cut its words."""
        marker = json.loads(self.marker.read_text(encoding="utf-8"))
        return {name: marker[name] for name in MADE_WITH}

    @property
    def marker(self) -> Path:
        return self.home.folder / "index" / "current" / "marker.json"


def unpack(folder: Path, into: Path) -> OldArchive:
    """An old archive as its machine had it, on a database of the kind that the suite runs on."""
    if importlib.util.find_spec("_lzma") is None:
        missing("lzma", "this Python was built without lzma, which unpacks old archives")
    home = make_bare_home(into)
    vendor = connections["default"].vendor
    with tarfile.open(folder / f"{vendor}.tar.xz") as files:
        # Our own file, whose modes matter. Python before 3.11.4 knows no filter, and asks none.
        files.extraction_filter = lambda member, _path: member
        files.extractall(into)  # noqa: S202
    if vendor == "postgresql":
        _load(home)
    return OldArchive(home, folder)


def _load(home: Home) -> None:
    import psycopg

    with psycopg.connect(home.environment["DATABASE_URL"]) as database:
        database.execute((home.folder / "postgresql.sql").read_bytes())
