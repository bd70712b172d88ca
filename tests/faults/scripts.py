"""What the scripts of the fault tests share. Imported in processes of their own."""

import itertools
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from archive.maintenance.integrity import VerificationOptions, verify  # noqa: E402
from search.engine import engine  # noqa: E402
from search.index import writer  # noqa: E402
from search.results import SearchParams, run_search  # noqa: E402
from tests.writes import let_tests_write  # noqa: E402

let_tests_write()


def forked(work: Callable[[], None], watch: Callable[[int], None] = lambda _pid: None) -> int:
    """Run `work` in a process of its own, which `watch` may kill; answers 0, or the signal."""
    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - printed, and told by the exit code
            traceback.print_exc()
            os._exit(1)
    watch(pid)
    _pid, status = os.waitpid(pid, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "it failed; see above"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def killed_at_query(number: int, work: Callable[[], None]) -> int:
    """Run `work` and kill it with signal 9 before its query `number`; 0 when it had fewer."""

    def kill(query: int) -> None:
        if query == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return forked(lambda: _watched(work, kill))


def queries_of(work: Callable[[], None]) -> int:
    """Queries that `work` makes, run in a process of its own as `killed_at_query` runs it."""
    reader, writer = os.pipe()
    forked(lambda: _watched(work, lambda _query: os.write(writer, b".")))
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        return len(told.read())


def _watched(work: Callable[[], None], before: Callable[[int], Any]) -> None:
    """Run `work`, and tell `before` the number of each query, from 1."""
    numbers = itertools.count(1)

    def tell(execute, sql, params, many, context):
        before(next(numbers))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(tell):
        work()


def found(query: str) -> int:
    """Parts that a search finds, in the index as it is on disk."""
    return run_search(SearchParams(q=query)).counts.parts


def differences() -> list[str]:
    """What `verify_archive --all` would print."""
    how = VerificationOptions(watch=lambda items, what, total: items, sample=None)
    return [finding.what for finding in verify(how)]


def visit(path: str, **query: str) -> Any:
    """The page that a reader gets, or the one that says what went wrong."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": plain}}):
        visitor = Client(raise_request_exception=False, SERVER_NAME="localhost")
        return visitor.get(path, query)


def reopened() -> None:
    """Open the index as a process that was started now would. Raises IndexUnavailable."""
    engine().close()
    writer.require()
