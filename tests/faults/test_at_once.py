"""Several at once: uploads, decisions, a lock that is held, readers during rebuilds, a wrong clock.

Faults 6, 7, 8, 10 and 12. Fault 11 is tests/search/engine/whoosh/test_readers.py.
"""

import contextlib
import datetime as dt
import subprocess
import sys
import time

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import Conference
from search.engine import engine
from search.engine.whoosh import generations
from search.index import writer
from search.models import IndexTask
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference
from tests.extent import at_night
from tests.faults.homes import PATIENCE, ROOT, transcripts
from tests.search.casts import make_answers


def outcomes(*processes):
    """How often each outcome was told, over all processes; none may have failed."""
    told = ""
    for process in processes:
        out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, out + errors
        assert "locked" not in errors
        told += out
    return {name: told.count(f": {name}\n") for name in ("created", "unchanged", "updated")}


def test_the_same_files_at_once_are_stored_once(home, tmp_path):
    folder = transcripts(tmp_path / "in", 6)
    told = outcomes(*(home.managing("ingest", folder) for _ in range(2)))
    assert told == {"created": 6, "unchanged": 6, "updated": 0}
    home.manage("index")
    assert "as it was saved" in home.manage("verify_archive", "--all")


@pytest.mark.nightly
def test_different_files_at_once_are_all_stored_and_found(home, tmp_path):
    folders = [transcripts(tmp_path / f"in-{n}", 6, first=n * 6) for n in range(2)]
    told = outcomes(*(home.managing("ingest", folder) for folder in folders))
    assert told == {"created": 12, "unchanged": 0, "updated": 0}
    home.manage("index")
    assert "as it was saved" in home.manage("verify_archive", "--all")
    assert '"parts": 72' in home.manage("search", "“山川异域”", "--json")


DECIDING = """
import sys
from tests.faults.scripts import *
from django.db import transaction
from archive.models import Conference
status, reason = {"publish": ("published", ""), "withdraw": ("withdrawn", "内容有误")}[sys.argv[1]]
for _round in range(8):
    with transaction.atomic():
        one = Conference.objects.select_for_update().get()
        one.status, one.withdrawn_because = status, reason
        one.save()
"""
DECIDED = """
from tests.faults.scripts import *
from archive.models import Conference
writer.drain()
assert differences() == [], differences()
assert found("“山川异域”") == (6 if Conference.objects.get().is_published else 0)
"""


def test_of_publishing_and_withdrawing_at_once_the_last_commit_wins(home, tmp_path):
    home.manage("ingest", transcripts(tmp_path / "in", 1))
    outcomes(*(home.start("-c", DECIDING, what) for what in ("publish", "withdraw")))
    home.python(DECIDED)


HOLDING = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextlib.contextmanager
def held(lock):
    """The lock of the index, held by another process until the end."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(lock)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield
        process.communicate("go\n")


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_while_the_lock_is_held_is_gone_at_once(index_folder):
    visitor, conference = Client(), make_conference()
    make_answers(conference, ["山川异域"])
    make_answers(make_conference(slug="other", date=dt.date(2021, 1, 1)), ["山川异域"])
    writer.rebuild()
    with held(index_folder / "lock"):
        started = time.monotonic()
        conference.status, conference.withdrawn_because = "withdrawn", "内容有误"
        conference.save()
        assert time.monotonic() - started < 100  # the wait for the lock is bounded
        assert visitor.get("/conferences/2020-05-24/").status_code == 410
        page = visitor.get("/search/", {"q": "“山川异域”"})
        assert page.context["results"].counts.parts == 1
        assert "2020-05-24" not in page.content.decode()
        assert 'role="status"' in page.content.decode()  # it says that it lags
        assert len(engine().open_index().segments) > 0
    assert writer.drain() == 1
    assert not IndexTask.objects.exists()
    assert run_search(SearchParams(q="“山川异域”")).lagging == 0


@pytest.mark.django_db(transaction=True)
def test_no_change_is_missed_when_the_clock_is_set_back(index_folder, monkeypatch):
    conference = make_conference()
    (answer,) = make_answers(conference, ["山川异域"])
    writer.rebuild()
    before = (index_folder / "current").resolve()
    earlier = timezone.now() - dt.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    monkeypatch.setattr(generations.time, "strftime", lambda _form: "20010101T000000")
    monkeypatch.setattr(generations.time, "time_ns", lambda: 1)
    Conference.objects.update(institution="")
    IndexTask.objects.create(conference_id=conference.pk)
    answer.text = "风月同天"
    answer.save()
    assert [one.pk for one in IndexTask.objects.all()] == sorted(
        one.pk for one in IndexTask.objects.all()
    )
    writer.drain()
    assert run_search(SearchParams(q="“风月同天”")).counts.parts == 1
    writer.rebuild()
    after = (index_folder / "current").resolve()
    assert after.name < before.name
    assert (index_folder / "previous").resolve() == before
    assert run_search(SearchParams(q="“风月同天”")).counts.parts == 1


REBUILDING = """
import sys
from tests.faults.scripts import *
for _time in range(int(sys.argv[1])):
    writer.rebuild()
"""
WRITING = """
import pathlib, sys
from tests.faults.scripts import *
from archive.editing.revisions import record_revision
from archive.models import Answer
stop, times = pathlib.Path(sys.argv[1]), 0
answer = Answer.objects.order_by("pk").first()
while not times or not stop.exists():
    times += 1
    answer.text = f"每一处改动，第{times}次。"
    answer.save()
record_revision(answer.exchange.conference, "corrected", user=None, reason="逐处改动")
print(times)
"""
READING = """
import pathlib, sys, threading
from tests.faults.scripts import *
stop, wrong, counts = pathlib.Path(sys.argv[1]), [], []
def read():
    try:
        while not counts or not stop.exists():
            counts.append(found("“山川异域”"))
    except Exception as error:
        wrong.append(repr(error))
    finally:
        connection.close()
threads = [threading.Thread(target=read) for _ in range(6)]
for one in threads: one.start()
for one in threads: one.join()
assert not wrong, wrong
print(len(counts), sorted(set(counts)))
"""
SEEN = """
import sys
from tests.faults.scripts import *
writer.drain()
assert found(f"“第{sys.argv[1]}次。”") == 1
assert differences() == [], differences()
"""


@pytest.mark.parametrize("rebuilds", [2, at_night(40)])
def test_readers_and_writers_during_rebuilds_see_neither_nothing_nor_half(home, tmp_path, rebuilds):
    home.manage("ingest", transcripts(tmp_path / "in", 10))
    # One answer is what the writer writes on.
    stop = tmp_path / "stop"
    stop.touch()
    home.python(WRITING, stop)
    stop.unlink()
    processes = [home.start("-c", script, stop) for script in (WRITING, READING)]
    try:
        home.python(REBUILDING, rebuilds)
    finally:
        stop.touch()
    told = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    written, read = (out.splitlines()[-1] for out, _errors in told)
    assert read.endswith(" [59]")  # sixty parts have the words, one of them is written on
    home.python(SEEN, written)
