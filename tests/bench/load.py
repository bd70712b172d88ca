# ruff: noqa: E402 -- Django must be set up before its models are imported.
"""Readers and editors at a production server on this machine, for minutes, at a steady rate.

make load [ARGS="--seconds 120 --rate 100"]
make load ARGS="--data NEW --before CHECKOUT --before-data OLD [--anew]"

Requests come when they come, whether or not those before them are answered: a server that falls
behind is seen to. Each opens a connection of its own. Beside the server one process saves a
conference every other second, and brings the index up to date. What is measured is an archive of
its own (tests/bench/archive.py), which is made the first time, or the one that --data names.

Two versions are compared in one run: their servers take turns, ten seconds each, at the same
requests. --anew begins without a kept page and without warming up, as after a new version.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django

from tests.bench import archive


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn")
    parser.add_argument("--before", type=Path, help="another checkout, with its environment")
    parser.add_argument("--before-data", type=Path, help="the archive that it serves")
    parser.add_argument("--anew", action="store_true", help="as just after a new version")
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

from archive.editing.ingestion import load as load_transcript
from archive.models import Conference
from tests.bench import report
from tests.bench.pages import p95
from tests.bench.readers import Ways, addresses
from tests.bench.site import (
    memory,
    private_memory,
    processor_seconds,
    python_of,
    server,
    workers,
)
from tests.bench.visitors import Seen, drive

ROOT = Path(__file__).parents[2]
AIM, AIM_ANEW = 80, 120  # milliseconds at the 95th percentile
AIM_MEMORY = 300  # megabytes that a worker shares with no other process
_SAVES_EVERY = 2.0  # seconds
_SPELL = 10  # seconds that are also shown by themselves


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
def saving(root: Path, data: Path) -> Iterator[None]:
    """Another process that saves and indexes a conference every other second."""
    command = [python_of(root), "-m", "tests.bench.load", "--save"]
    if (root / "tests" / "bench" / "archive.py").is_file():
        command += ["--data", str(data)]
    environment = os.environ | {"DAWEN_DATA": str(data)}
    with subprocess.Popen(command, cwd=root, env=environment) as process:
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


class Side:
    """A version that is measured: its server, what readers met of it, and what it took."""

    def __init__(self, name: str, root: Path, data: Path, within: ExitStack) -> None:
        self.name, self._seen, self._asked_for = name, Seen(), 0.0
        environment = os.environ | {"DAWEN_DATA": str(data)}
        sign_in = "from tests.bench.load import signed_in; print(signed_in())"
        command = [python_of(root), "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(command, cwd=root, env=environment, check=True)
        told = subprocess.check_output(
            [python_of(root), "-c", sign_in], cwd=root, env=environment, text=True
        )
        self._cookie = told.split()[-1]
        self._bind, process = within.enter_context(server(root, data))
        within.enter_context(saving(root, data))
        self._workers = workers(process)
        self._took = 0.0

    def drive(self, ways: Ways, seconds: float, rate: float, seed: int) -> Seen:
        """Readers for so many seconds."""
        return asyncio.run(
            drive(self._bind, ways, rate=rate, seconds=seconds, seed=seed, cookie=self._cookie)
        )

    def measure(self, ways: Ways, seconds: float, rate: float, seed: int) -> None:
        """The same, of which everything is kept."""
        before = sum(map(processor_seconds, self._workers))
        self._seen.add(self.drive(ways, seconds, rate, seed), self._asked_for)
        self._took += sum(map(processor_seconds, self._workers)) - before
        self._asked_for += seconds

    def report(self, aim: float) -> bool:
        """Print what was met; whether that is as good as it should be."""
        seen = self._seen
        say = sys.stdout.write
        say(f"{self.name}\n{table(seen, self._asked_for)}\n\n")
        each = self._took * 1000 / max(1, len(seen.every))
        say(f"Processor: {each:.1f} ms of the workers a request.\n")
        whole = ", ".join(f"{memory(worker):.0f}" for worker in self._workers)
        own = [private_memory(worker) for worker in self._workers]
        say(f"Memory of each worker: {whole} MB, of which its own: ")
        say(f"{', '.join(f'{one:.0f}' for one in own)} MB.\n")
        say(f"Errors: {dict(seen.errors) or 'none'}.\n\n")
        late = p95(sorted(took for _asked_at, took in seen.every)) > aim
        return not (late or seen.errors or max(own) > AIM_MEMORY)


def _named(options: argparse.Namespace) -> dict[str, tuple[Path, Path]]:
    """The versions to measure: of each its checkout and its archive."""
    if (options.before is None) != (options.before_data is None):
        sys.exit("Name both: --before CHECKOUT --before-data FOLDER")
    named = {"This version": (ROOT, Path(settings.DATA_DIR))}
    if options.before:
        named["The version before"] = (options.before.resolve(), options.before_data.resolve())
    if options.anew:
        for _root, data in named.values():
            shutil.rmtree(data / "cache" / "pages", ignore_errors=True)
    return named


def main(options: argparse.Namespace) -> int:
    """Print a table of each version; answer 1 when this one misses an aim."""
    if options.save:
        save()
    if not Conference.objects.published().exists():
        sys.exit("There is nothing to measure. Name an archive that holds something: --data FOLDER")
    ways, named = addresses(), _named(options)
    with ExitStack() as within:
        sides = [Side(name, *where, within) for name, where in named.items()]
        if not options.anew:
            # To warm both: what is measured is a server that runs, beside one that saves.
            for side in sides:
                side.drive(ways, 10, 20, 0)
        began = 0.0
        while began < options.seconds:
            spell = min(_SPELL, options.seconds - began)
            for side in sides:
                side.measure(ways, spell, options.rate, options.seed + int(began))
            began += spell
        aim = AIM_ANEW if options.anew else AIM
        good = [side.report(aim) for side in sides]
    return 0 if good[0] else 1


if __name__ == "__main__":
    sys.exit(main(options))
