"""Rows that a test writes itself, which the program would write inside public_change()."""

import sys
from functools import wraps
from pathlib import Path

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Model, QuerySet

from archive.editing import public_change
from archive.models import Answer, Appearance, Conference, Exchange
from archive.signals import _conference_of as conference_of

TESTS = Path(__file__).parent
_PASSED_THROUGH = ("/django/", str(TESTS.parent / "archive" / "models"), __file__)


def _by_a_test() -> bool:
    """Whether the first who is neither Django nor a model of ours is a test."""
    frame = sys._getframe(2)
    while frame is not None:
        if not any(part in frame.f_code.co_filename for part in _PASSED_THROUGH):
            name = frame.f_code.co_filename
            return name.startswith(str(TESTS)) or name == "<string>"  # a script of a test
        frame = frame.f_back
    return False


def _as_a_change(method):
    @wraps(method)
    def wrapped(*args, **kwargs):
        if public_change._concerned.get() is None and _by_a_test():
            with public_change.public_change():
                made = method(*args, **kwargs)
                if method.__name__ == "bulk_create":  # which tells nobody
                    public_change.concern(_conferences_of(made))
                return made
        return method(*args, **kwargs)

    return wrapped


def _conferences_of(rows):
    parts = [row for row in rows if isinstance(row, (Conference, Exchange, Answer, Appearance))]
    return {conference_of(row) for row in parts}


def _flush(self, sql_list, method=BaseDatabaseOperations.execute_sql_flush):
    """What empties the test database between two tests."""
    with public_change.public_change():
        return method(self, sql_list)


def let_tests_write():
    """What a test writes by hand is a change of its own; the program's writes stay guarded."""
    for name in ("save", "delete"):
        setattr(Model, name, _as_a_change(getattr(Model, name)))
    for name in ("update", "delete", "bulk_create", "bulk_update"):
        setattr(QuerySet, name, _as_a_change(getattr(QuerySet, name)))
    BaseDatabaseOperations.execute_sql_flush = _flush
