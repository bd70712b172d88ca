"""Readers while another process writes: exact counts, and every commit seen on the next search."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.engine.protocol import PartFacts
from search.engine.whoosh.engine import ColumnEngine
from search.engine.whoosh.writer import add_part, new_writer
from search.query.parser import Phrase
from tests.extent import at_night

ROOT = Path(__file__).parents[4]
READERS = 6

# Runs in a process of its own; says so after each commit, and waits to be told to go on.
WRITER = """
import sys, django
django.setup()
from pathlib import Path
from search.engine.whoosh.engine import ColumnEngine
from search.engine.whoosh.writer import add_part, new_writer
from tests.search.engine.whoosh.test_readers import facts_of
engine = ColumnEngine(Path(sys.argv[1]))
for number in range(1, int(sys.argv[2]) + 1):
    with engine.writing(seconds=10), new_writer(engine.open_index().index) as writer:
        for place in range(60):
            text = f"第{number}号记者会谈到南海，第{place}问"
            add_part(writer, text, facts_of(number, place))
    print(number, flush=True)
    sys.stdin.readline()
"""


def facts_of(conference, place):
    row = conference * 1000 + place
    return PartFacts(conference, row, 0, 0, 20200524, 1, place, row, 10)


@pytest.fixture
def folder(tmp_path):
    """An index of 500 parts that nobody touches."""
    engine = ColumnEngine(tmp_path)
    index = engine.generations.create()
    with new_writer(index) as writer:
        for place in range(500):
            add_part(writer, f"一带一路合作，第{place}段", facts_of(900, place))
    engine.generations.swap_in(index)
    return tmp_path


def read_until(stop, folder, wrong, searches):
    engine = ColumnEngine(folder)
    while not stop.is_set():
        counts = engine.find(Phrase("带一路")).counts
        searches.append(1)
        if (counts.parts, counts.occurrences, counts.conferences) != (500, 500, 1):
            wrong.append(counts)


@pytest.mark.parametrize("commits", [3, at_night(12)])
def test_readers_see_exact_counts_and_every_commit(folder, commits):
    stop, wrong, searches = threading.Event(), [], []
    arguments = (stop, folder, wrong, searches)
    readers = [threading.Thread(target=read_until, args=arguments) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    late = ColumnEngine(folder)
    seen = []
    for number in written(folder, commits):
        seen.append((number, late.find(Phrase(f"第{number}号记者会")).counts.parts))
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(searches) > READERS
    assert seen == [(number, 60) for number in range(1, commits + 1)]


def written(folder, commits):
    """The number of each commit of another process, which waits while it is looked at."""
    command = [sys.executable, "-c", WRITER, str(folder), str(commits)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            yield int(line)
            process.stdin.write("\n")
            process.stdin.flush()
    assert process.returncode == 0
