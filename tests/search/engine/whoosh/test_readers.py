"""Readers while another process writes: exact counts, and every commit seen on the next search."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.engine.whoosh.backend import DawenSearchBackend, add_part, new_writer
from search.engine.whoosh.doc_values import Facts
from search.query.parser import Phrase
from tests.extent import at_night

ROOT = Path(__file__).parents[4]
READERS = 6

# Runs in a process of its own; says so after each commit, and waits to be told to go on.
WRITER = """
import sys, django
django.setup()
from tests.search.engine.whoosh.test_readers import backend_in, facts_of
from search.engine.whoosh.backend import add_part
backend = backend_in(sys.argv[1])
for number in range(1, int(sys.argv[2]) + 1):
    with backend.generations.writing(seconds=10), backend.writer() as writer:
        for place in range(60):
            text = f"第{number}号记者会谈到南海，第{place}问"
            add_part(writer, text, facts_of(number, place))
    print(number, flush=True)
    sys.stdin.readline()
"""


def backend_in(folder):
    return DawenSearchBackend("default", PATH=str(folder), SILENTLY_FAIL=False)


def facts_of(conference, place):
    row = conference * 1000 + place
    return Facts(conference, row, 0, 0, 20200524, 1, place, row, 10)


@pytest.fixture
def folder(tmp_path):
    """An index of 500 parts that nobody touches."""
    backend = backend_in(tmp_path)
    index = backend.generations.create()
    with new_writer(index) as writer:
        for place in range(500):
            add_part(writer, f"一带一路合作，第{place}段", facts_of(900, place))
    backend.generations.swap_in(index)
    return tmp_path


def read_until(stop, folder, wrong, searches):
    backend = backend_in(folder)
    while not stop.is_set():
        counts = backend.find(Phrase("带一路")).counts
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
    late = backend_in(folder)
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
