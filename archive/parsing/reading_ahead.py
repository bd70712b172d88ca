"""Files read by a process beside this one, while this one saves those before.

Pure. Of files that somebody names on the command line: what comes from outside is read in
archive.parsing.sandbox, a process for each.
"""

import datetime as dt
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from archive.parsing.parser import Prepared, Understanding, finish, prepare, read

logger = logging.getLogger(__name__)

AHEAD = 6  # files, which bounds the memory


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as the parser reads it, before anybody corrected it."""

    prepared: Prepared
    understanding: Understanding


def read_file(content: bytes, filename: str, date: dt.date | None, convention: str) -> ReadFile:
    """What the two halves of parsing make of a file. Raises TranscriptError."""
    document = read(content, filename)
    prepared = prepare(document, filename, date=date, convention=convention)
    return ReadFile(prepared, finish(prepared))


class ReadingProcess:
    """A process that reads files in the order in which they are given to it."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._given: deque[Future[ReadFile | None]] = deque()

    def give(self, content: bytes, filename: str, date: dt.date | None, convention: str) -> None:
        self._given.append(self._pool.submit(_try, content, filename, date, convention))

    def take(self) -> ReadFile | None:
        """The next one of those given; None for one that has to be read here, to say what is
        wrong with it."""
        try:
            return self._given.popleft().result()
        except BrokenProcessPool as error:
            logger.warning(
                "The process that reads files ahead ended, so they are read here. %s", error
            )
            return None


@contextmanager
def reader() -> Iterator[ReadingProcess]:
    """A ReadingProcess, whose process ends with the block, or with this one."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
    try:
        yield ReadingProcess(pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    # Ctrl+C reaches both; the other one knows what to do, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _try(content: bytes, filename: str, date: dt.date | None, convention: str) -> ReadFile | None:
    """None for a file that is refused: it is refused again where that is told."""
    try:
        return read_file(content, filename, date, convention)
    except Exception:  # noqa: BLE001 - raised again by whoever reads it then
        return None
