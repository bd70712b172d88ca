# ruff: noqa: E402 -- Django must be set up before its models are imported.
"""The whole site on the corpus: rows in a database, a production server, pages asked for."""

import datetime as dt
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command

from archive.editing.ingestion import load as load_transcript
from archive.editing.public_change import concern, public_change
from archive.models import Answer, Conference, Exchange, Outlet, Speaker
from search.index import writer
from tests.bench import corpus
from tests.bench.measure import clock, peak_memory
from tests.bench.queries import load

_ROOT = Path(__file__).parents[2]
_OUTLETS = 300
_MARK = "基准测试之新记者会"


def measure(folder: Path, exchanges: int) -> dict[str, Any]:
    """Fill, index, serve and ask: seconds, milliseconds a page, megabytes a process."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _fill(folder)
    with clock() as spent:
        writer.rebuild()
    measured = {"rebuild_seconds": spent.seconds, "rebuild_memory": peak_memory()}
    asked = load(folder)
    with server() as (address, process):
        for text in asked["warm"]:
            _page(address, text)
        texts = [f"“{text}”" for text in asked["phrases"]] + asked["ranked"]
        pages = [_timed(address, text) for text in texts]
        measured |= _saved(address, exchanges)
        measured["worker_memory"] = max(map(memory, workers(process)))
    percentiles = quantiles(pages, n=20)
    return measured | {"pages": len(pages), "median": median(pages), "p95": percentiles[-1]}


def _fill(folder: Path) -> None:
    """The parts as published conferences: questions and answers in turn."""
    with public_change():
        outlets = Outlet.objects.bulk_create(
            Outlet(slug=f"outlet-{at}", name=f"媒体{at}", kind="agency") for at in range(_OUTLETS)
        )
    speakers: dict[int, Speaker] = {}
    parts = corpus.read(folder, "database")
    with public_change():
        for number, group in groupby(parts, key=lambda part: part.conference):
            of_one = list(group)
            day = dt.datetime.strptime(str(of_one[0].day), "%Y%m%d").date()  # noqa: DTZ007
            conference = Conference(
                slug=f"c-{number}", date=day, title=f"记者会{number}", status="published"
            )
            Conference.objects.bulk_create([conference])
            _fill_one(conference, of_one, outlets, speakers)
            concern([conference.pk])


def _fill_one(
    conference: Conference,
    parts: list[corpus.Part],
    outlets: list[Outlet],
    speakers: dict[int, Speaker],
) -> None:
    for by in {part.by for part in parts} - set(speakers):
        speakers[by] = Speaker.objects.create(name=f"发言{by}", slug=f"speaker-{by}")
    asked = [
        Exchange(
            conference=conference,
            ref=at,
            position=at,
            kind="question",
            question=part.text,
            outlet=outlets[part.by % _OUTLETS],
        )
        for at, part in enumerate(parts[::2], start=1)
    ]
    Exchange.objects.bulk_create(asked)
    Answer.objects.bulk_create(
        Answer(exchange=exchange, position=1, text=part.text, speaker=speakers[part.by])
        for exchange, part in zip(asked, parts[1::2], strict=False)
    )


@contextmanager
def server(root: Path = _ROOT, data: Path | None = None) -> Iterator[tuple[str, int]]:
    """A production server on a free port of this machine: its address and its process.

    Of another checkout with its own environment where `root` names one, of the archive in `data`.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [python_of(root), "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    environment = os.environ | {"DAWEN_BIND": bind, "DAWEN_LOG_LEVEL": "ERROR"}
    if data is not None:
        environment["DAWEN_DATA"] = str(data)
    # All that is measured comes from one address.
    environment |= dict.fromkeys(("DAWEN_RATE_SEARCH", "DAWEN_RATE_EXPORT"), "off")
    # It says where it is; here results alone go to stdout.
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL) as running:
        try:
            _wait(f"http://{bind}")
            yield f"http://{bind}", running.pid
        finally:
            running.terminate()


def python_of(root: Path) -> str:
    """The Python of a checkout: this one's is the one that runs."""
    return sys.executable if root == _ROOT else str(root / ".venv" / "bin" / "python")


def _wait(address: str) -> None:
    for _attempt in range(300):
        try:
            urlopen(address)  # noqa: S310 -- our own server
        except HTTPError:
            raise  # it answers, and not as it should
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"The server on {address} does not answer.")


def _page(address: str, text: str) -> str:
    with urlopen(f"{address}/search/?{urlencode({'q': text})}") as answer:  # noqa: S310
        page: str = answer.read().decode()
    return page


def _timed(address: str, text: str) -> float:
    started = time.perf_counter()
    _page(address, text)
    return (time.perf_counter() - started) * 1000


def _saved(address: str, exchanges: int) -> dict[str, float]:
    """Seconds to save a conference, and until the server finds it."""
    text = "2026年11月23日外交部发言人毛宁主持例行记者会\n\n" + "\n\n".join(
        f"路透社记者：第{at}个问题，有何评论？\n\n毛宁：{_MARK}，第{at}个回答。"
        for at in range(exchanges)
    )
    started = time.perf_counter()
    load_transcript(text.encode(), "new.txt", publish=True)
    saved = time.perf_counter() - started
    with urlopen(f"{address}/search/results.json?{urlencode({'q': f'“{_MARK}”'})}") as answer:  # noqa: S310
        found = json.load(answer)["counts"]["occurrences"]
    if found != exchanges:
        raise AssertionError(f"The server does not find the {exchanges} answers just saved.")
    return {"saved_seconds": saved, "served_seconds": time.perf_counter() - started}


def workers(process: int) -> list[str]:
    """The processes that answer requests."""
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


def memory(process: str) -> float:
    """What a process holds, mapped files included, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1_000_000


def private_memory(process: str) -> float:
    """What a process holds that it shares with no other, in megabytes."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    private = re.findall(r"^Private_(?:Clean|Dirty): +(\d+) kB$", told, re.MULTILINE)
    return sum(map(int, private)) * 1024 / 1_000_000


def processor_seconds(process: str) -> float:
    """What a process has taken of a processor since it began."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
