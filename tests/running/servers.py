"""Servers for the tests, on free ports of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Until somebody listens on `port`; TimeoutError after a minute."""
    for _attempt in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nobody listens on port {port}.")


@contextmanager
def gunicorn(environment: dict[str, str], **streams: int) -> Iterator["subprocess.Popen[str]"]:
    """A production server with these variables; what it writes can be read from its stderr."""
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, **streams
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def gunicorn_on(
    listening: socket.socket, environment: dict[str, str]
) -> Iterator["subprocess.Popen[str]"]:
    """The same on a socket it inherits as file 3, the way systemd starts it."""
    # The process is to be told its own number, which the shell knows before gunicorn takes over.
    start = f'LISTEN_PID=$$ exec "{sys.executable}" -m gunicorn --config config/gunicorn.py "$0"'
    inherited = os.dup(listening.fileno())

    def as_file_3() -> None:
        os.dup2(inherited, 3)

    with subprocess.Popen(
        ["/bin/sh", "-c", start, "config.wsgi"],
        cwd=ROOT,
        env=environment | {"LISTEN_FDS": "1"},
        preexec_fn=as_file_3,  # noqa: PLW1509 -- no threads run yet
        close_fds=False,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(inherited)
        try:
            yield process
        finally:
            process.terminate()
