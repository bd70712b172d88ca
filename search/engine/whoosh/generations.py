"""Generations of an index on disk, beside each other, one of them current.

    index/current -> generations/20261123T101500-4711
    index/previous -> generations/20261122T101500-4711
    index/generations/20261123T101500-4711/marker.json and Whoosh's own files
    index/lock

A new generation is built beside the current one and swapped in by one rename. Everything here can
be made again from the database, so nothing is repaired: a generation that is not sound is replaced.
Its files are pickles, and whoever could write one could run code as us: it is our own, or unread.
"""

import datetime as dt
import errno
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import whoosh
from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.maintenance.fsync import sync
from search.analysis import fingerprint, learn
from search.engine.errors import IndexBusy, IndexUnavailable, IndexUnreadable
from search.engine.whoosh.schema import build_schema

# Bumped when the schema or the format of a column changes, or the name of a module whose classes
# its pickles hold: older generations are rebuilt.
FORMAT = 5
_OTHERS_MAY_WRITE = 0o022


class Generations:
    """The generations below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all = folder / "generations"
        self._current = folder / "current"
        self._previous = folder / "previous"

    def current(self) -> Path:
        """The folder of the current generation. Raises IndexUnavailable."""
        try:
            return self.folder / self._current.readlink()
        except FileNotFoundError:
            raise IndexUnavailable(
                "There is no search index yet. Run: python manage.py index"
            ) from None
        except OSError as error:
            raise _unreadable(self._current, error) from error

    def open(self) -> FileIndex:
        """The current generation as a Whoosh index. Raises IndexUnavailable.

        Raises Whoosh's EmptyIndexError where its files are gone, and also, now and then, while a
        writer puts new ones in their place.
        """
        folder = self.current()
        try:
            _check_ours(folder)
            marker = json.loads((folder / "marker.json").read_text(encoding="utf-8"))
            names = marker.get("names", [])
            made_with = {name: marker.get(name) for name in _made_with()}
        except (FileNotFoundError, ValueError, AttributeError):
            raise IndexUnavailable(
                f"The search index in {folder} has no readable marker. "
                "Run: python manage.py index --rebuild"
            ) from None
        except OSError as error:
            raise _unreadable(folder, error) from error
        if made_with["format"] != FORMAT:
            raise IndexUnavailable(
                f"The search index is of another format ({made_with['format']}, not {FORMAT}): "
                "another version of the program made it. Run: python manage.py index --rebuild"
            )
        if made_with != _made_with():
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
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, parents=True)
        self._mark(folder, names=sorted(learn(names)))
        return FileStorage(str(folder)).create_index(build_schema())

    def _mark(self, folder: Path, **facts: Any) -> None:
        """Say in the generation what it was made with, and `facts` that help whoever looks."""
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        versions = {name: version(name) for name in ("jieba", "opencc", "numpy")}
        versions["whoosh"] = whoosh.versionstring()
        marker = _made_with() | {"versions": versions, "made_at": made_at} | facts
        new = folder / "marker.json.new"
        new.write_text(json.dumps(marker, ensure_ascii=False), encoding="utf-8")
        new.replace(folder / "marker.json")

    def swap_in(self, index: FileIndex) -> None:
        """Make `index` the current generation, by one rename; keep the one before, and no more."""
        new = Path(index.storage.folder)
        names = json.loads((new / "marker.json").read_text(encoding="utf-8"))["names"]
        self._mark(new, names=names, documents=index.doc_count())
        sync_files(new)
        before = self._target(self._current)
        self._link(self._current, new)
        if before is not None:
            self._link(self._previous, before)
        sync_files(self.folder)
        self._tidy()

    def _link(self, link: Path, folder: Path) -> None:
        beside = self.folder / f"next-{os.getpid()}"
        beside.unlink(missing_ok=True)
        beside.symlink_to(folder.relative_to(self.folder))
        beside.replace(link)

    def _target(self, link: Path) -> Path | None:
        return self.folder / link.readlink() if link.is_symlink() else None

    def _tidy(self) -> None:
        """Remove what is neither current nor the one before: older ones, and unfinished ones.

        The caller holds the lock, so nobody builds one. Without a current one nothing is removed.
        """
        kept = {self._target(self._current), self._target(self._previous)}
        for old in self._all.iterdir() if self._current.is_symlink() else ():
            if old not in kept:
                shutil.rmtree(old)

    def discard(self, index: FileIndex) -> None:
        """Remove a generation that was not swapped in."""
        shutil.rmtree(index.storage.folder)

    @contextmanager
    def writing(self, *, seconds: float) -> Iterator[None]:
        """Hold the one writer's lock, waiting up to `seconds` for it.

        Raises IndexBusy, and IndexUnreadable where this process may not write.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What another user could not read afterwards would be lost to the site.
            _check_ours(self.folder)
            lock = FileLock(self.folder / "lock", timeout=seconds)
            lock.acquire()
        except Timeout:
            raise IndexBusy(
                f"Another process has been writing the search index for over {seconds:g} s. "
                "The change stays queued; run: python manage.py index"
            ) from None
        except PermissionError as error:
            raise _unreadable(self.folder, error) from error
        try:
            if self._all.exists():
                self._tidy()
            yield
        finally:
            lock.release()


def sync_files(folder: Path) -> None:
    """Have the disk hold every file of `folder`, and their names, before this returns."""
    for path in (*(path for path in folder.iterdir() if path.is_file()), folder):
        sync(path)


def _check_ours(folder: Path) -> None:
    """Raises PermissionError unless the folder is ours alone, and can be looked into."""
    status = folder.stat()
    if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise PermissionError(
            errno.EPERM,
            f"it belongs to user {status.st_uid}, mode {status.st_mode & 0o777:o}, "
            f"and this is user {os.geteuid()}",
        )
    next(folder.iterdir(), None)  # Whoosh takes a folder that it may not list for an empty one


def _unreadable(path: Path, error: OSError) -> IndexUnreadable:
    return IndexUnreadable(
        f"The search index in {path} cannot be used: {error.strerror}. Nothing was changed. "
        "Make it belong to the user who runs the site, with mode 700, and run this as that user."
    )


def _made_with() -> dict[str, Any]:
    """What decides what is found: with another of these an index is not asked."""
    return {"format": FORMAT, "analysis": fingerprint()}
