"""What a public change costs: asking whether anything changed, and the pages made anew after it.

    python -m tests.bench.changes                       archives of 1,000 and of 100,000 conferences
    python -m tests.bench.changes --checkout FOLDER     and the same with another version's code

Rows are made in bulk, in SQLite, by SQL that both versions understand; each is asked in a process
of its own. `make bench` runs it.
"""

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

SIZES = (1_000, 100_000)
PAGES = ("/", "/conferences/", "/conferences/2020/05/", "/outlets/outlet-1/")
TIMES, ASKED = 15, 200
_FILL = """
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
    INSERT INTO {table} ({columns}) SELECT {values} FROM number
"""
# Some thirty years, two questions each with its answer.
_DAY = "date('1995-01-01', '+' || ((n * 7919) % 11322) || ' days')"
_EMPTY = "headline, lead, institution, venue, occasion, source_name, source_url, recording_url"
_TABLES = (
    (
        "archive_conference",
        f"id, slug, date, title, language, status, withdrawn_because, refs_given, created_at, "
        f"updated_at, {_EMPTY}",
        f"n, 'c-' || n, {_DAY}, '记者会' || n, 'zh-Hans', 'published', '', 2, datetime('now'), "
        "datetime('now', '-' || n || ' seconds')" + ", ''" * 8,
        1,
    ),
    (
        "archive_exchange",
        "id, conference_id, ref, position, kind, topic, outlet_id, asked_by, reporter, question",
        "n, (n + 1) / 2, 1 + n % 2, 1 + n % 2, 'question', '', 1 + n % 300, '', '', '问'",
        2,
    ),
    (
        "archive_answer",
        "id, exchange_id, position, speaker_id, role, label, text",
        "n, n, 1, 1 + n % 2000, 'speaker', '', '答'",
        2,
    ),
)
_NAMES = (
    ("archive_outlet", "id, slug, name, name_en, country, kind, wikidata",
     "n, 'outlet-' || n, '媒体' || n, '', '', 'agency', ''", 300),
    ("archive_speaker", "id, slug, name, name_en", "n, 'speaker-' || n, '发言' || n, ''", 2000),
)  # fmt: skip


def main() -> int:
    """Print a table for this version, and for another one if given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.changes", description=__doc__)
    parser.add_argument("--checkout", type=Path, help="the folder of another version")
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        sys.stdout.write(json.dumps(ask(options.ask)))
        return 0
    for name, folder in (("this", Path.cwd()), ("other", options.checkout)):
        for size in SIZES if folder else ():
            measured = _apart(folder, size)
            said = ", ".join(f"{what} {ms:.2f} ms" for what, ms in measured.items())
            sys.stdout.write(f"{name} version, {size:,} conferences: {said}\n")
    return 0


def _apart(folder: Path, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="dawen-bench-") as data:
        environment = os.environ | {
            "DAWEN_DATA": data,
            "DAWEN_DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, str(Path(__file__).resolve()), "--ask", str(size)]
        done = subprocess.run(
            command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE
        )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def ask(size: int) -> dict[str, float]:
    """Median milliseconds of processor time, by what was asked."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from archive.http_cache import state
    from archive.models import Conference

    _set_up()
    call_command("migrate", verbosity=0)
    _fill(size)
    client = Client(SERVER_NAME="localhost")
    one = Conference.objects.order_by("pk")[0]
    found = {"state": _timed(state.archive_state)}
    found["state of one"] = _timed(lambda: state.conference_state("c-77"))
    for url in PAGES:
        times = []
        for at in range(TIMES):
            with _changing():
                one.title = f"第{at}次"
                one.save()
            started = time.process_time()
            if client.get(url).status_code != 200:
                sys.exit(f"{url} is no page.")
            times.append(time.process_time() - started)
        found[url] = median(times[1:]) * 1000  # the first one reads templates
    return found


def _set_up() -> None:
    """What a page costs that nobody has kept, and nothing else."""
    from django.conf import settings

    logging.disable(logging.WARNING)  # there is no index to be brought up to date
    settings.PUBLISH_DUE_SECONDS = None
    settings.RATES = dict.fromkeys(settings.RATES)
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = settings.CACHES | {"pages": dummy}


def _changing() -> AbstractContextManager[None]:
    try:
        from archive.editing.public_change import public_change
    except ImportError:  # an older version
        from django.db.transaction import atomic as public_change
    return public_change()


def _fill(size: int) -> None:
    from django.db import connection

    try:
        from archive.editing.tallies import count_all
    except ImportError:  # an older version
        count_all = None
    with _changing(), connection.cursor() as cursor:
        for table, columns, values, count in _NAMES:
            cursor.execute(_FILL.format(table=table, columns=columns, values=values, count=count))
        for table, columns, values, each in _TABLES:
            more = (", publish_at", ", NULL") if table == "archive_conference" else ("", "")
            if table == "archive_conference" and count_all:
                more = (", publish_at, change", ", NULL, 1")
            cursor.execute(
                _FILL.format(
                    table=table,
                    columns=columns + more[0],
                    values=values + more[1],
                    count=size * each,
                )
            )
        if count_all:
            count_all(1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(work: Callable[[], object]) -> float:
    work()
    started = time.process_time()
    for _time in range(ASKED):
        work()
    return (time.process_time() - started) / ASKED * 1000


if __name__ == "__main__":
    sys.path[0] = str(Path.cwd())  # of the version that is asked, and not this folder
    sys.exit(main())
