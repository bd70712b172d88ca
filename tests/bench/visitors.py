"""Readers who ask a server at a steady rate, whether or not it keeps up."""

import asyncio
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from tqdm import tqdm

from tests.bench.readers import MIX, Ways

PATIENCE = 10.0  # seconds, after which a reader gives up


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

    def add(self, spell: "Seen", began: float) -> None:
        """What was met in a spell that began so many seconds after the start."""
        for kind, times in spell.times.items():
            self.times[kind] += [(began + at, took) for at, took in times]
        self.errors.update(spell.errors)


async def drive(
    bind: str, ways: Ways, *, rate: float, seconds: float, seed: int, cookie: str
) -> Seen:
    """Send requests for `seconds` at `rate` a second, and wait for the last answer."""
    draw, seen = random.Random(seed), Seen()
    host, _, port = bind.rpartition("/")[2].partition(":")
    running: set[asyncio.Task[None]] = set()
    with tqdm(total=int(rate * seconds), unit=" requests", leave=False, file=sys.stderr) as bar:
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
            f"GET {path} HTTP/1.1\r\nHost: {to[0]}\r\n{cookies}Accept-Encoding: gzip\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read(-1)
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length: (\d+)", head, re.MULTILINE)
    if not length or int(length[1]) != len(body):
        raise ValueError("The answer is not whole.")
    return int(head.split(b" ", 2)[1])
