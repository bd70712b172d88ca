# ruff: noqa: E402 -- Django must be set up before its models are imported.
"""Every kind of public page, asked of a production server.

python -m tests.bench.pages --help

What is measured is an archive of its own (tests/bench/archive.py), which is made the first time,
or the one that --data names.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import django

from tests.bench import archive


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description=__doc__)
    parser.add_argument("--sample", type=int, default=60, help="at most so many of each kind")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn")
    parser.add_argument("--only", default="", help="only kinds that have this in their name")
    parser.add_argument("--slowest", action="store_true", help="also say which page was slowest")
    archive.add_option(parser)
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    archive.prepare(options.data)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command
from django.db.models import Count
from django.urls import reverse

from archive.hosts import list_hosts
from archive.models import Conference, Exchange
from archive.views.counts import all_names
from tests.bench import report
from tests.bench.site import memory, server, workers

AIM = 100  # milliseconds at the 95th percentile
_LARGE = 20  # the longest conferences, the most frequent outlets and speakers: a row of their own
_WORDS = ("“一带一路”", "中美关系", "台湾", "经济 发展", "的", "“我们”", "數位", "*")


@dataclass(slots=True)
class Kind:
    """One kind of page: its addresses, and what asking for them took."""

    name: str
    addresses: list[str]
    first: list[float] = field(default_factory=list)  # milliseconds
    cpu: list[float] = field(default_factory=list)  # of that, on a processor: others may wait
    again: list[float] = field(default_factory=list)  # by somebody who has the page already
    size: int = 0  # bytes of the largest
    slowest: str = ""


def kinds(sample: int, seed: int) -> list[Kind]:
    """The kinds of pages, each with at most `sample` addresses drawn over the whole archive."""
    draw = random.Random(seed)
    found = [
        *_reading(_drawn(draw, sample)),
        *_browsing(_drawn(draw, sample)),
        *_people(_drawn(draw, sample)),
        *_searching(),
    ]
    return [kind for kind in found if kind.addresses]


def _drawn(draw: random.Random, sample: int) -> Callable[[Iterable[str]], list[str]]:
    def drawn(addresses: Iterable[str]) -> list[str]:
        every = list(addresses)
        return draw.sample(every, min(sample, len(every)))

    return drawn


def _reading(drawn: Callable[[Iterable[str]], list[str]]) -> list[Kind]:
    published = Conference.objects.published()
    slugs = list(published.values_list("slug", flat=True))
    by_length = published.annotate(length=Count("exchanges")).order_by("-length")
    long = list(by_length.values_list("slug", flat=True)[:_LARGE])
    pairs = Exchange.objects.published().values_list("conference__slug", "ref")

    def of(name: str, chosen: list[str], *more: str) -> list[str]:
        return [reverse(f"archive:{name}", args=[slug, *more]) for slug in chosen]

    exchanges = drawn(reverse("archive:exchange", args=pair) for pair in pairs)
    return [
        Kind("conference", drawn(of("conference", slugs))),
        Kind(f"conference, the {_LARGE} longest", of("conference", long)),
        Kind("the same, words marked", [f"{one}?q=%E5%8F%B0" for one in of("conference", long)]),
        Kind("the same, other script", [f"{one}?script=hans" for one in of("conference", long)]),
        Kind("exchange", exchanges),
        Kind("change log", drawn(of("history", slugs))),
        Kind("citation", drawn(of("cite_conference", slugs, "bib"))),
        Kind("citation of an exchange", drawn(f"{one}cite.ris" for one in exchanges)),
        Kind("JSON", drawn(of("conference_json", slugs))),
        Kind(f"JSON, the {_LARGE} longest", of("conference_json", long)),
    ]


def _browsing(drawn: Callable[[Iterable[str]], list[str]]) -> list[Kind]:
    dates = Conference.objects.published().order_by("date").dates("date", "day")
    years = sorted({(f"{date:%Y}",) for date in dates})
    months = sorted({(f"{date:%Y}", f"{date:%m}") for date in dates})
    days = [(*month, f"{date:%d}") for date in dates for month in [(f"{date:%Y}", f"{date:%m}")]]
    home, every = reverse("archive:home"), reverse("archive:conference_list")
    last = Conference.objects.published().count() // 50
    return [
        Kind("home", [home] * 20),
        Kind("all conferences", [every] * 10 + [f"{every}?page={n}" for n in range(2, last)][:20]),
        Kind("year", drawn(f"{every}{'/'.join(one)}/" for one in years)),
        Kind("month", drawn(f"{every}{'/'.join(one)}/" for one in months)),
        Kind("day", drawn(f"{every}{'/'.join(one)}/" for one in days)),
        Kind("hosts", [reverse("archive:host_list")] * 10),
        Kind("host", drawn(one.get_absolute_url() for one in list_hosts())),
    ]


def _people(drawn: Callable[[Iterable[str]], list[str]]) -> list[Kind]:
    outlets = [one.get_absolute_url() for one in all_names("outlet")]
    speakers = [one.get_absolute_url() for one in all_names("speaker")]
    return [
        Kind("outlets", [reverse("archive:outlet_list")] * 10),
        Kind("outlet", drawn(outlets)),
        Kind(f"outlet, the {_LARGE} most frequent", outlets[:_LARGE]),
        Kind("speakers", [reverse("archive:speaker_list")] * 10),
        Kind("speaker", drawn(speakers)),
        Kind(f"speaker, the {_LARGE} most frequent", speakers[:_LARGE]),
        Kind("the same, page 9", [f"{one}?page=9" for one in speakers[:_LARGE]]),
    ]


def _searching() -> list[Kind]:
    search = reverse("search:search")

    def asked(**more: str) -> list[str]:
        return [f"{search}?{urlencode({'q': words, **more})}" for words in _WORDS]

    return [
        Kind("search, nothing asked", [search] * 10),
        Kind("search", asked()),
        Kind("search, newest first", asked(sort="newest")),
        Kind("search, in context", asked(view="kwic")),
        Kind("search, nothing found", [f"{search}?q={quote('“魑魅罔两”')}"] * 10),
    ]


def ask(address: str, kind: Kind, process: int) -> None:
    """Ask for every page of `kind`, and again with what the server said it can be known by."""
    for path in kind.addresses:
        before = _cpu(process)
        spent, size, etag = _asked(f"{address}{path}")
        kind.cpu.append(_cpu(process) - before)
        if spent >= max(kind.first, default=0):
            kind.slowest = path
        kind.first.append(spent)
        kind.again.append(_asked(f"{address}{path}", etag)[0])
        kind.size = max(kind.size, size)


def _cpu(process: int) -> float:
    """Milliseconds that the workers have run, all threads together."""
    threads = (one for worker in workers(process) for one in Path(f"/proc/{worker}/task").iterdir())
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e6


def _asked(address: str, etag: str = "") -> tuple[float, int, str]:
    """Milliseconds, bytes and the validator."""
    request = Request(address, headers={"If-None-Match": etag} if etag else {})  # noqa: S310
    started = time.perf_counter()
    try:
        with urlopen(request) as answer:  # noqa: S310 -- our own server
            size = len(answer.read())
            etag = answer.headers.get("ETag", "")
    except HTTPError as error:
        if error.code != 304:
            raise
        size = 0
    return (time.perf_counter() - started) * 1000, size, etag


def _row(kind: Kind) -> list[Any]:
    times = sorted(kind.first)
    late = p95(times)
    shown = (median(times), late, times[-1], p95(sorted(kind.cpu)), p95(sorted(kind.again)))
    name = f"{kind.name}{' (slow)' if late > AIM else ''}"
    return [name, len(times), *(f"{one:.0f}" for one in shown), f"{kind.size / 1000:.0f}"]


def p95(ordered: list[float]) -> float:
    """The 95th percentile."""
    return ordered[round((len(ordered) - 1) * 0.95)]


def main(options: argparse.Namespace) -> int:
    """Print the table; answer 1 when a kind of page takes longer than it may."""
    call_command("collectstatic", interactive=False, verbosity=0)
    measured = [one for one in kinds(options.sample, options.seed) if options.only in one.name]
    if not measured:
        sys.exit("There is nothing to measure. Name an archive that holds something: --data FOLDER")
    with server() as (address, process):
        for worker in range(8):  # what is loaded once is loaded before anything is measured
            urlopen(f"{address}{reverse('search:search')}?q={worker}").close()  # noqa: S310
        for kind in measured:
            ask(address, kind, process)
        held = max(map(memory, workers(process)))
    head = [
        "page",
        "asked",
        "median ms",
        "p95 ms",
        "worst ms",
        "p95 CPU ms",
        "again, p95 ms",
        "largest, kB",
    ]
    sys.stdout.write(f"{report.table(head, map(_row, measured))}\n\n{held:.0f} MB a process.\n")
    if options.slowest:
        sys.stdout.write("".join(f"{one.name}: {one.slowest}\n" for one in measured))
    return 1 if any(p95(sorted(kind.first)) > AIM for kind in measured) else 0


if __name__ == "__main__":
    sys.exit(main(options))
