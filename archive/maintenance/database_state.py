"""State of the database as its errors tell it: away, busy or damaged, which is no page's fault."""

import logging
import threading
import time
from typing import Literal

from django.db import Error, InterfaceError, OperationalError

from archive.editing.retries import sqlite_code_of, sqlstate_of

DatabaseState = Literal["away", "busy", "damaged"]

RETRY_AFTER = 30  # seconds
# The first characters of what PostgreSQL answers: no connection, or none left; shut down, started
# or without this database; a lock or an answer not had in time; another transaction in the way,
# again and again; files that cannot be read.
_SQLSTATES: dict[str, DatabaseState] = {
    **dict.fromkeys(("08", "53300", "57P0", "25P03"), "away"),
    **dict.fromkeys(("55P03", "57014", "40001", "40P01"), "busy"),
    **dict.fromkeys(("58030", "XX001", "XX002"), "damaged"),
}
# Result codes of SQLite: busy, locked; cannot be opened; an error of the disk, pages that are
# none, a file that is no database.
_SQLITE_CODES: dict[int, DatabaseState] = {
    **dict.fromkeys((5, 6), "busy"),
    14: "away",
    **dict.fromkeys((10, 11, 26), "damaged"),
}
_TELL_EVERY = 10  # seconds
_DAMAGE_IS_TOLD = 3600  # seconds

logger = logging.getLogger(__name__)


def state_told_by(error: BaseException | None) -> DatabaseState | None:
    """What an error says of the database; None where it says that a query is wrong."""
    if not isinstance(error, Error):
        return None
    if code := sqlite_code_of(error):
        return _SQLITE_CODES.get(code)
    if sqlstate := sqlstate_of(error):
        return next(
            (said for start, said in _SQLSTATES.items() if sqlstate.startswith(start)), None
        )
    # Without a word of the server: nobody answered, or the connection is cut.
    return "away" if isinstance(error, (OperationalError, InterfaceError)) else None


class Told:
    """What this process has met, and the lines that it writes of that: one in ten seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = self._damaged_until = float("-inf")
        self._unsaid = 0

    def met(self, state: DatabaseState, error: BaseException) -> None:
        """Write down that somebody was turned away, or count it for the next line."""
        now = time.monotonic()
        with self._lock:
            if state == "damaged":
                self._damaged_until = now + _DAMAGE_IS_TOLD
            if now < self._next:
                self._unsaid += 1
                return
            unsaid, self._unsaid, self._next = self._unsaid, 0, now + _TELL_EVERY
        more = f" {unsaid} more since the last line like this." if unsaid else ""
        reason = " ".join(str(error).split())
        logger.error("The database is %s, and a page is answered 503: %s%s", state, reason, more)

    @property
    def damage(self) -> bool:
        """Whether a page of the last hour met a part of the database that cannot be read."""
        return time.monotonic() < self._damaged_until


told = Told()
