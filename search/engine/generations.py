"""Where an index lives on disk: generations beside each other, one of them current.

    index/current -> generations/20261123T101500-4711
    index/generations/20261123T101500-4711/marker.json and Whoosh's own files
    index/lock

A new generation is built beside the current one and swapped in by one rename. Everything here can
be made again from the database, so nothing is repaired: a generation that is not sound is replaced.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from search.analysis import fingerprint, learn
from search.engine.schema import build_schema

# Bumped when the schema or the format of a column changes: older generations are rebuilt.
FORMAT = 3
_KEPT = 2  # generations: the current one and the one before it


class IndexUnavailable(Exception):
    """There is no index that may be asked. Says why, and what to run."""


class IndexBusy(Exception):
    """Another process is writing the index, and went on for longer than we wait."""


class Generations:
    """The generations below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all = folder / "generations"
        self._current = folder / "current"

    def current(self) -> Path:
        """The folder of the current generation. Raises IndexUnavailable."""
        try:
            target = self._current.readlink()
        except FileNotFoundError:
            raise IndexUnavailable(
                "There is no search index yet. Run: python manage.py index"
            ) from None
        return self.folder / target

    def open(self) -> FileIndex:
        """The current generation as a Whoosh index. Raises IndexUnavailable.

        Raises Whoosh's EmptyIndexError where its files are gone, and also, now and then, while a
        writer puts new ones in their place.
        """
        folder = self.current()
        try:
            marker = json.loads((folder / "marker.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            raise IndexUnavailable(
                f"The search index in {folder} has no readable marker. "
                "Run: python manage.py index --rebuild"
            ) from None
        names = marker.pop("names", ())
        if marker != _marker():
            raise IndexUnavailable(
                "The search index was made by another version of the program or its dictionary. "
                "Run: python manage.py index --rebuild"
            )
        learn(names)
        return FileStorage(str(folder)).open_index()

    def create(self, names: Iterable[str] = ()) -> FileIndex:
        """A new, empty generation that nobody sees until it is swapped in.

        `names` are kept whole from now on, in this process and wherever the generation is opened.
        """
        folder = self._all / f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{time.time_ns()}"
        # Whoosh's files are pickles: whoever can write them can run code as us.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, parents=True)
        marker = _marker() | {"names": sorted(learn(names))}
        (folder / "marker.json").write_text(json.dumps(marker), encoding="utf-8")
        return FileStorage(str(folder)).create_index(build_schema())

    def swap_in(self, index: FileIndex) -> None:
        """Make `index` the current generation, by one rename, and remove those long past."""
        new = Path(index.storage.folder)
        link = self.folder / f"next-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(new.relative_to(self.folder))
        link.replace(self._current)
        for old in sorted(self._all.iterdir())[:-_KEPT]:
            if old != new:
                shutil.rmtree(old)

    def discard(self, index: FileIndex) -> None:
        """Remove a generation that was not swapped in."""
        shutil.rmtree(index.storage.folder)

    @contextmanager
    def writing(self, *, seconds: float) -> Iterator[None]:
        """Hold the one writer's lock, waiting up to `seconds` for it. Raises IndexBusy."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=seconds):
                yield
        except Timeout:
            raise IndexBusy(
                f"Another process has been writing the search index for over {seconds:g} s. "
                "The change stays queued; run: python manage.py index"
            ) from None


def _marker() -> dict[str, Any]:
    return {"format": FORMAT, "analysis": fingerprint()}
