"""A process that keeps the index up to date while this one makes many changes.

What a long run saves is found while it goes on, and another core cuts its words meanwhile.
"""

import logging
import select
import subprocess
import sys
import time

from django.conf import settings
from django.db import DatabaseError

from search.engine.errors import IndexBusy, IndexUnavailable

logger = logging.getLogger(__name__)

_EVERY = 15.0  # seconds between two looks at the queue: more often makes many small segments
# Once the run has ended this long may pass: what is in the queue then is written.
_LAST = 600.0


class Follower:
    """`manage.py index --follow`, from when a run has lasted INDEX_FOLLOWS_AFTER until its end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._began: float | None = None

    def begin_when_due(self) -> None:
        """Called with each change of a run."""
        after = settings.INDEX_FOLLOWS_AFTER
        now = time.monotonic()
        if self._began is None:
            self._began = now
        if after is None or self._process is not None or now - self._began < after:
            return
        command = [sys.executable, "manage.py", "index", "--follow", "--verbosity", "0"]
        # A session of its own: Ctrl+C ends the run, and the end of the run this.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, start_new_session=True
        )

    def end(self) -> None:
        """Let it write what is queued, and wait for that."""
        process, self._process, self._began = self._process, None, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_LAST)
        except subprocess.TimeoutExpired:
            logger.warning("The index is still being written. What waits is in the queue.")


def follow() -> None:
    """Bring the index up to date again and again, until standard input ends: with the run that
    started this, however that ended."""
    from search.index.writer import drain_or_rebuild

    ended = False
    while not ended:
        ended = bool(select.select([sys.stdin], [], [], _EVERY)[0])
        try:
            drain_or_rebuild()
        except (IndexBusy, IndexUnavailable, DatabaseError, OSError) as error:
            logger.warning("The changes are saved and wait for the index. %s", error)
