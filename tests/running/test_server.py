"""A production server stops and starts again, and no reader meets an error."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.running.servers import PATIENCE, gunicorn_on, wait_until

ROOT = Path(__file__).parents[2]
WHOLE = b"username=nobody&password=nothing"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Variables that lead to an archive with the seed transcript, made by the commands."""
    made = os.environ | {
        "DAWEN_DATA": str(tmp_path_factory.mktemp("served")),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DAWEN_LOG_LEVEL": "INFO",
        "DAWEN_WORKERS": "2",
    }
    made.pop("DATABASE_URL", None)
    made.pop("DAWEN_BIND", None)
    for command in (
        ["migrate", "--verbosity=0"],
        ["ingest", "fixtures/transcripts", "--verbosity=0"],
        ["index", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=made, check=True)
    return made


@pytest.fixture
def listening():
    """A socket as systemd holds it: it stays open while the server behind it is exchanged."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as held:
        yield held


def get(listening, path="/healthz", **headers):
    with closing(HTTPConnection(*listening.getsockname(), timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()


def test_sigterm_lets_a_request_that_was_begun_finish(environment, listening):
    with gunicorn_on(listening, environment) as server:
        assert get(listening)[0] == 200
        with socket.create_connection(listening.getsockname(), timeout=PATIENCE) as half:
            head = (
                "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(WHOLE)}"
                "\r\nExpect: 100-continue\r\n\r\n"
            )
            half.sendall(head.encode())
            assert half.recv(65536).startswith(b"HTTP/1.1 100")  # a worker waits for the rest
            half.sendall(WHOLE[:5])
            server.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            half.sendall(WHOLE[5:])
            answer = b"".join(iter(lambda: half.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 403")  # no cookie: refused by a page, not cut off
        assert b"</html>" in answer
        assert server.process.wait(timeout=PATIENCE) == 0


def test_no_reader_notices_a_restart(environment, listening):
    seen, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.append(get(listening, "/conferences/2020-05-24/")[0])
            except OSError as error:
                seen.append(error)

    with gunicorn_on(listening, environment) as first:
        assert get(listening)[0] == 200
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        wait_until(lambda: len(seen) > len(readers))
        first.stop()
    with gunicorn_on(listening, environment):
        # The new one has answered everybody when one more has gone through.
        assert get(listening)[0] == 200
        after = len(seen)
        wait_until(lambda: len(seen) > after + len(readers))
        stop.set()
        for reader in readers:
            reader.join(timeout=PATIENCE)
    assert set(seen) == {200}


@pytest.mark.nightly
def test_the_server_writes_a_line_for_each_request_with_its_id(environment, listening):
    with gunicorn_on(listening, environment) as server:
        get(listening, "/search/?q=secret", **{"X-Request-ID": "from-the-proxy"})
        written = server.stop()
    line = next(line for line in written.splitlines() if "from-the-proxy" in line)
    assert re.search(r"INFO dawen.requests from-the-proxy: GET /search/ 200 [\d.]+ ms", line)
    assert "secret" not in written
