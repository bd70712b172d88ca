"""Servers for the tests, on free ports of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
# Until then a machine with much else to do may take: what takes longer hangs.
PATIENCE = 600  # seconds


@dataclass
class Server:
    """A running server, and the file to which it writes its log.

    A file, and no pipe: one that nobody reads is full after some six hundred requests, and then
    the server waits for ever.
    """

    process: "subprocess.Popen[bytes]"
    log: IO[bytes]

    def stop(self) -> str:
        """End it as systemd does, with SIGTERM; answer its log once it has ended."""
        self.process.terminate()
        assert self.process.wait(timeout=PATIENCE) == 0
        self.log.seek(0)
        return self.log.read().decode()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_until(condition: Callable[[], bool]) -> None:
    """Return once `condition` holds. TimeoutError when it never does."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("It never happened.")
        time.sleep(0.05)


def wait_for(port: int) -> None:
    """Return once somebody listens on `port`. TimeoutError when nobody ever does."""
    wait_until(lambda: _listens(port))


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True


@contextmanager
def gunicorn(environment: dict[str, str], **streams: int) -> Iterator[Server]:
    """A production server with these variables."""
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, **streams) as process,
    ):
        try:
            yield Server(process, log)
        finally:
            process.terminate()


@contextmanager
def gunicorn_on(listening: socket.socket, environment: dict[str, str]) -> Iterator[Server]:
    """The same on a socket it inherits as file 3, the way systemd starts it."""
    # The process is to be told its own number, which the shell knows before gunicorn takes over.
    start = f'LISTEN_PID=$$ exec "{sys.executable}" -m gunicorn --config config/gunicorn.py "$0"'
    inherited = os.dup(listening.fileno())

    def as_file_3() -> None:
        os.dup2(inherited, 3)

    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            ["/bin/sh", "-c", start, "config.wsgi"],
            cwd=ROOT,
            env=environment | {"LISTEN_FDS": "1"},
            preexec_fn=as_file_3,  # noqa: PLW1509 -- no threads run yet
            close_fds=False,
            stderr=log,
        ) as process,
    ):
        os.close(inherited)
        try:
            yield Server(process, log)
        finally:
            process.terminate()
