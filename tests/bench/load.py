# ruff: noqa: E402 -- Django must be set up before its models are imported.
"""Readers and editors at a production server on this machine, for minutes, at a steady rate.

make load [ARGS="--seconds 120 --rate 100"]

Requests come when they come, whether or not those before them are answered: a server that falls
behind is seen to. Each opens a connection of its own. Beside the server one process saves a
conference every other second, and brings the index up to date. What is measured is an archive of
its own (tests/bench/archive.py), which is made the first time, or the one that --data names.
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import django

from tests.bench import archive


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn")
    parser.add_argument("--save", action="store_true", help=argparse.SUPPRESS)
    archive.add_option(parser)
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    archive.prepare(options.data)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from tqdm import tqdm

from archive.editing.ingestion import load as load_transcript
from archive.models import Conference
from tests.bench import report
from tests.bench.pages import p95
from tests.bench.readers import MIX, Ways, addresses
from tests.bench.site import memory, server, workers

PATIENCE = 10.0  # seconds, after which a reader gives up
AIM = 150  # milliseconds at the 95th percentile
_SAVES_EVERY = 2.0  # seconds
_SPELL = 10  # seconds that are also shown by themselves


@dataclass(slots=True)
class Seen:
    """What readers met: of each kind, when it was asked (in seconds from the start) and the
    milliseconds it took; and what went wrong.
    """

    started: float = field(default_factory=time.perf_counter)
    times: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: {kind: [] for kind in MIX}
    )
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def every(self) -> list[tuple[float, float]]:
        """What was asked, of all kinds."""
        return [one for times in self.times.values() for one in times]


async def drive(
    bind: str, ways: Ways, *, rate: float, seconds: float, seed: int, cookie: str
) -> Seen:
    """Send requests for `seconds` at `rate` a second, and wait for the last answer."""
    draw, seen = random.Random(seed), Seen()
    host, _, port = bind.rpartition("/")[2].partition(":")
    running: set[asyncio.Task[None]] = set()
    with tqdm(total=int(rate * seconds), unit=" requests", file=sys.stderr) as bar:
        due = seen.started
        while due < seen.started + seconds:
            kind = draw.choices(list(MIX), list(MIX.values()))[0]
            often, makes = zip(*ways[kind], strict=True)
            path = draw.choices(makes, often)[0](draw)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            asking = _timed(seen, kind, (host, int(port)), path, cookie if kind == "admin" else "")
            task = asyncio.create_task(asking)
            running.add(task)
            task.add_done_callback(running.discard)
            bar.update()
            due += draw.expovariate(rate)
        await asyncio.gather(*running)
    return seen


async def _timed(seen: Seen, kind: str, to: tuple[str, int], path: str, cookie: str) -> None:
    started = time.perf_counter()
    try:
        status = await asyncio.wait_for(_asked(to, path, cookie), PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        seen.errors[f"{kind}: {type(error).__name__}"] += 1
        return
    if status != 200:
        seen.errors[f"{kind}: {status}"] += 1
    took = (time.perf_counter() - started) * 1000
    seen.times[kind].append((started - seen.started, took))


async def _asked(to: tuple[str, int], path: str, cookie: str) -> int:
    """The status of an answer that was read to its end. ValueError when it is cut off."""
    reader, writer = await asyncio.open_connection(*to)
    try:
        cookies = f"Cookie: {cookie}\r\n" if cookie else ""
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {to[0]}\r\n{cookies}Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read(-1)
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length: (\d+)", head, re.MULTILINE)
    if not length or int(length[1]) != len(body):
        raise ValueError("The answer is not whole.")
    return int(head.split(b" ", 2)[1])


def signed_in(username: str = "load") -> str:
    """The cookie of a publisher, made for this run."""
    user, _ = User.objects.get_or_create(username=username, defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name="publisher"))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def saving() -> Iterator[None]:
    """Another process that saves and indexes a conference every other second."""
    command = [sys.executable, "-m", "tests.bench.load", "--save", "--data", settings.DATA_DIR]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.terminate()


def save() -> None:
    """Save one conference of sixty exchanges again and again, each time with other words."""
    number = 0
    while True:
        started = time.monotonic()
        number += 1
        said = "\n\n".join(
            f"路透社记者：第{at}个问题，有何评论？\n\n毛宁：第{number}次的第{at}个回答。"
            for at in range(60)
        )
        text = f"2000年1月1日外交部发言人毛宁主持例行记者会\n\n{time.time_ns()}\n\n{said}"
        load_transcript(text.encode(), "load.txt", publish=True)
        time.sleep(max(0.0, _SAVES_EVERY - (time.monotonic() - started)))


def table(seen: Seen, seconds: float) -> str:
    """Requests a second and milliseconds: of each kind, of all, and of all by spells of time.

    A server that stood still for a while shows it in its spell, where the whole hides it.
    """
    rows = {kind: (times, seconds) for kind, times in (seen.times | {"all": seen.every}).items()}
    for began in range(0, int(seconds), _SPELL):
        ended = min(began + _SPELL, seconds)
        spell = [one for one in seen.every if began <= one[0] < ended]
        rows[f"from {began} s"] = (spell, ended - began)
    head = ["requests", "number", "a second", "median ms", "p95 ms", "p99 ms", "worst ms"]
    return report.table(head, [[name, *_row(*row)] for name, row in rows.items() if row[0]])


def _row(times: list[tuple[float, float]], seconds: float) -> list[object]:
    ordered = sorted(took for _asked_at, took in times)
    at99 = ordered[round((len(ordered) - 1) * 0.99)]
    shown = (ordered[len(ordered) // 2], p95(ordered), at99, ordered[-1])
    return [len(times), f"{len(times) / seconds:.1f}", *(f"{took:.0f}" for took in shown)]


def main(options: argparse.Namespace) -> int:
    """Print the table; answer 1 when the aim is missed."""
    if options.save:
        save()
    if not Conference.objects.published().exists():
        sys.exit("There is nothing to measure. Name an archive that holds something: --data FOLDER")
    call_command("collectstatic", interactive=False, verbosity=0)
    cookie, ways = signed_in(), addresses()
    with server() as (bind, process), saving():
        # To warm both: what is measured is a server that runs, beside one that saves.
        asyncio.run(drive(bind, ways, rate=20, seconds=10, seed=0, cookie=cookie))
        held = [sum(map(memory, workers(process)))]
        seen = asyncio.run(
            drive(
                bind,
                ways,
                rate=options.rate,
                seconds=options.seconds,
                seed=options.seed,
                cookie=cookie,
            )
        )
        held.append(sum(map(memory, workers(process))))
    sys.stdout.write(f"{table(seen, options.seconds)}\n\n")
    sys.stdout.write(f"Memory of the workers: {held[0]:.0f} MB before, {held[1]:.0f} MB after.\n")
    sys.stdout.write(f"Errors: {dict(seen.errors) or 'none'}.\n")
    late = p95(sorted(took for _asked_at, took in seen.every)) > AIM
    return 1 if late or seen.errors else 0


if __name__ == "__main__":
    sys.exit(main(options))
