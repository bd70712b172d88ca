"""Retries of whole transactions that met another: never of half a one."""

import copy
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import Error, connection
from django.db.models import Model

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 5
# No try begins later: whoever waited for a lock in vain so long is told so.
_SECONDS = 30
_PAUSE = 0.05  # seconds before the second try, doubled each time, half of it by chance
# Of PostgreSQL: serialization failure, deadlock, and a row that went before it was named: a merge
# takes a speaker away while a file that names him comes in.
_MET = {"40001", "40P01", "23503"}
# Of SQLite, another that writes; a table that another connection of this process holds.
_BUSY, _LOCKED = 5, 6


def sqlstate_of(error: BaseException) -> str:
    """What PostgreSQL calls an error of the database; "" where it said nothing."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def sqlite_code_of(error: BaseException) -> int:
    """The primary result code of SQLite; 0 where there is none."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF


def met_another(error: Error) -> bool:
    """Whether a transaction failed for what another did meanwhile, and may do when begun anew."""
    return sqlstate_of(error) in _MET or sqlite_code_of(error) in (_BUSY, _LOCKED)


def retried(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, which is one transaction, begun anew a few times where it met another.

    Called within a larger transaction it is called once: that is who begins anew. Rows that were
    given to it are as they were before each try.
    """

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        # By its own type: the user of a request only looks like a row until he is asked for.
        given = (one for one in (*args, *kwargs.values()) if isinstance(one, Model))
        rows = [one for one in given if issubclass(type(one), Model)]
        before = [_state_of(row) for row in rows]
        until, pause = time.monotonic() + _SECONDS, _PAUSE
        for _try in range(TRIES - 1):
            try:
                return function(*args, **kwargs)
            except Error as error:
                if not met_another(error) or time.monotonic() > until:
                    raise
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  # nosec B311
            pause *= 2
            for row, state in zip(rows, before, strict=True):
                row.__dict__.clear()
                row.__dict__.update(_copied(state))
        return function(*args, **kwargs)

    return whole


def _state_of(row: Model) -> dict[str, Any]:
    return _copied(row.__dict__)


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row, and the rows that it has at hand, apart from its own."""
    state = copy.copy(values["_state"])
    if "fields_cache" in state.__dict__:
        state.fields_cache = dict(state.fields_cache)
    return {**values, "_state": state}
