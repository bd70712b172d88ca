"""Turns of requests: whoever is slow to send or to read waits in a thread of the server's own, of
which there are many, and a few threads do all of the work."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings

_IN_MEMORY = 1024 * 1024  # bytes of a request's body; the rest of it waits in a file

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Turns:
    """A WSGI application that has another answer in `threads` threads of its own.

    A request gets there once its body is here, and its answer leaves as soon as it is made: neither
    waits for a client. All that is kept by thread, connections to the database above all, is there
    for so many threads, however many clients there are.
    """

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="turn")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= settings.LARGEST_REQUEST:
            # Nothing is sent, or more than is read.
            return self._in_turn(environ, start_response)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            shutil.copyfileobj(environ["wsgi.input"], body)
            body.seek(0)
            return self._in_turn({**environ, "wsgi.input": body}, start_response)

    def _in_turn(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        return self._workers.submit(self._answer, environ, start_response).result()

    def _answer(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        answer = self._application(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()
