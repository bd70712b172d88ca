"""An ingest of many files has processes beside it: nothing is half done, and none outlives it."""

import os
import signal
import time

import pytest

from tests.faults.homes import transcripts

LONG = """
import sys
from tests.faults.scripts import *
from django.core.management import call_command
from archive.management.commands import ingest
settings.INDEX_FOLLOWS_AFTER = 0
ingest._MANY = 2
sys.stdout.reconfigure(line_buffering=True)
call_command("ingest", sys.argv[1])
print("whole")
"""
COUNT = """
from tests.faults.scripts import *
from archive.models import *
known = Conference.objects.count()
whole = Transcript.objects.applied().count() == Revision.objects.count() == known
print(known, whole, Exchange.objects.count() == 3 * known)
"""
FILES = 60  # many more than are read while it is being ended


@pytest.mark.parametrize(("sent", "after"), [(signal.SIGKILL, 3), (signal.SIGINT, 9)])
def test_a_long_ingest_that_is_ended_goes_on_when_it_is_begun_again(home, tmp_path, sent, after):
    folder = transcripts(tmp_path / "in", FILES)
    with home.start("-c", LONG, folder) as process:
        created = 0
        while created < after:
            line = process.stdout.readline()
            assert line, process.communicate()
            created += ": created" in line
        os.kill(process.pid, sent)
        # Those beside it have its output too: it ends when the last of them has.
        told, _complained = process.communicate(timeout=300)
    assert "whole" not in told
    known, whole, exchanges = home.python(COUNT).split()
    assert after <= int(known) < FILES
    assert (whole, exchanges) == ("True", "True")
    assert "whole" in home.python(LONG, folder)
    assert home.python(COUNT).split() == [str(FILES), "True", "True"]
    assert f'"parts": {FILES * 6}' in home.manage("search", "“山川异域”", "--json")
    assert "as it was saved" in home.manage("verify_archive", "--all")


def test_what_an_ingest_saves_is_found_while_it_goes_on(home, tmp_path):
    """Each within a minute; here the run waits for a file that comes only when one is found."""
    folder = transcripts(tmp_path / "in", 6)
    last = folder / "2020-01-06.txt"
    content = last.read_text(encoding="utf-8")
    last.unlink()
    os.mkfifo(last)
    home.manage("index")
    with home.start("-c", WAITING, folder) as process:
        for _second in range(120):
            time.sleep(1)
            if '"parts": 30' in home.manage("search", "“山川异域”", "--json"):
                break
        else:
            pytest.fail("Nothing is found before the run ends.")
        assert process.poll() is None
        last.write_text(content, encoding="utf-8")
        assert "whole" in process.communicate(timeout=300)[0]


WAITING = LONG.replace("ingest._MANY = 2", "ingest._is_transcript = lambda path: True")
