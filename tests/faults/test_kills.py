"""kill -9 at any moment: nothing half done, nothing lost, and the same command again is enough."""

import signal

import pytest
from filelock import FileLock

from tests.extent import at_night
from tests.faults.homes import transcript, transcripts

QUERIES = """
import sys, random
from tests.faults.scripts import *
from django.core.management import call_command
from archive.models import *
from search.models import IndexTask
writer.rebuild()
source, share, seen = sys.argv[1], int(sys.argv[2]), set()

def ingest():
    call_command("ingest", source, verbosity=0)

def undo():
    Revision.objects.all().delete()
    Transcript.objects.all().delete()
    for one in Conference.objects.all():
        one.delete()
    Speaker.objects.all().delete()
    writer.drain()

ingest()  # what a process asks once is asked before queries are counted
undo()
queries = queries_of(ingest)
undo()
# The first and the last always: nothing is there before the one, everything before the other.
points = {1, queries, *random.sample(range(2, queries), queries // share)}
for number in sorted(points):
    assert killed_at_query(number, ingest), (number, queries)
    counts = (Conference.objects.count(), Exchange.objects.count(), Transcript.objects.count())
    assert counts in ((0, 0, 0), (1, 3, 1)), (number, counts)
    assert bool(IndexTask.objects.exists()) or found("“山川异域”") == 6 * counts[0], number
    seen.add(counts[0])
    ingest()  # the same command again
    writer.drain()
    assert found("“山川异域”") == 6 and differences() == [], number
    undo()
print(sorted(seen), len(points))
"""


@pytest.mark.parametrize("share", [30, at_night(9)])
def test_an_ingest_killed_at_any_query_left_all_or_nothing(home, tmp_path, share):
    """Faults 1 and 2."""
    source = tmp_path / "one.txt"
    source.write_text(transcript("2020-05-24", "山川异域"), encoding="utf-8")
    assert "[0, 1] " in home.python(QUERIES, source, share).splitlines()[-1]


def test_what_is_committed_and_not_indexed_is_read_and_found_later(home, tmp_path):
    """Fault 2: killed while it waits for the index."""
    source = tmp_path / "one.txt"
    source.write_text(transcript("2020-05-24", "山川异域"), encoding="utf-8")
    home.manage("index")
    lock = FileLock(home.folder / "index" / "lock")
    with lock, home.start("-c", PATIENT, source) as process:
        try:
            assert "committed\n" in iter(process.stdout.readline, "")
        finally:
            process.kill()
        assert process.wait() == -signal.SIGKILL
        assert home.python(READ).split() == ["200", "True", "0"]  # found later, and says so
    assert "1 conferences brought up to date" in home.manage("index")
    assert '"parts": 6' in home.manage("search", "“山川异域”", "--json")
    assert "as it was saved" in home.manage("verify_archive", "--all")


PATIENT = """
import sys, threading, time
from tests.faults.scripts import *
from django.core.management import call_command
from archive.models import Transcript
settings.INDEX_LOCK_SECONDS = 3000

def watch():
    while not Transcript.objects.exists():
        time.sleep(0.05)
    print("committed", flush=True)

threading.Thread(target=watch, daemon=True).start()
call_command("ingest", sys.argv[1], verbosity=0)
"""
READ = """
from tests.faults.scripts import *
from search.models import IndexTask
page = visit("/conferences/2020-05-24/")
print(page.status_code, "山川异域" in page.content.decode(), found("“山川异域”"))
assert IndexTask.objects.exists()
"""


RANDOM_POINTS = """
import sys, os, random, signal, time
from tests.faults.scripts import *
from django.core.management import call_command
from archive.models import Conference
from search.models import IndexTask
call_command("ingest", sys.argv[1], verbosity=0)
pks = list(Conference.objects.values_list("pk", flat=True))
points = int(sys.argv[2])

def work():
    writer.rebuild() if rebuild else writer.drain()

killed = number = 0
while killed < points:
    rebuild = number % 3 == 0
    IndexTask.objects.bulk_create(IndexTask(conference_id=pk) for pk in pks)
    if number < 2:  # how long it takes when it is let be
        started = time.monotonic()
        forked(work)
        lasts = time.monotonic() - started
        number += 1
        continue
    delay = random.uniform(0, lasts)
    if forked(work, lambda pid: (time.sleep(delay), os.kill(pid, signal.SIGKILL))):
        killed += 1
    else:  # it was done before: the machine is faster now than when it was measured
        lasts *= 0.9
    number += 1
    reopened()  # it opens every time, and holds no half conference
    assert found("“山川异域”") == 6 * len(pks), number
writer.drain()
assert differences() == [], differences()
left = len(list(engine().generations.folder.glob("generations/*")))
print(left)
"""


@pytest.mark.parametrize("points", [8, at_night(50)])
def test_an_indexer_killed_at_any_point_leaves_an_index_that_opens(home, tmp_path, points):
    """Fault 3, and fault 10: every third is a rebuild."""
    folder = transcripts(tmp_path / "in", 12)
    assert int(home.python(RANDOM_POINTS, folder, points).splitlines()[-1]) <= 2
