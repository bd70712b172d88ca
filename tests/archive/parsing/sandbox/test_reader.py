"""A file from outside is read in a process apart, and the answer is the same."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from archive.parsing.parser import parse_transcript, read
from archive.parsing.records import Document, ParsedConference, Problem, TranscriptError
from archive.parsing.sandbox import reader
from archive.parsing.sandbox.reader import parse_safely
from archive.parsing.sandbox.wire import from_plain, plain
from tests.archive.parsing.bad_files import LARGE
from tests.archive.parsing.docx_files import make_zip
from tests.archive.parsing.test_golden import INPUTS
from tests.conftest import SEED

PROGRAM = """
import os, resource, sys
sys.stdin.buffer.read()
{act}
"""


@pytest.fixture(autouse=True)
def files_are_read_once():
    """Here each is read by a process of its own."""


def outcome(read, *given, **more):
    """What is read, or the problem it was refused for."""
    try:
        return read(*given, **more)
    except TranscriptError as error:
        return error.problem


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Puts another program in the place of the reader."""

    def put(act):
        (tmp_path / "other_reader.py").write_text(PROGRAM.format(act=act))
        monkeypatch.setattr(reader, "_ROOT", tmp_path)
        monkeypatch.setattr(reader, "_MODULE", "other_reader")

    return put


def state_of(pid):
    """The letter of a process's state: Z has ended, and nobody has asked how; "gone"."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"


@pytest.mark.parametrize("path", [SEED, *INPUTS[:3]], ids=lambda path: path.name)
def test_apart_and_here_say_the_same(path):
    content, name = path.read_bytes(), path.name
    assert outcome(parse_safely, content, name) == outcome(parse_transcript, content, name)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_every_kind_of_record_survives_json(path):
    for kind, make in ((ParsedConference, parse_transcript), (Document, read)):
        made = make(path.read_bytes(), path.name)
        assert from_plain(kind, json.loads(json.dumps(made, default=plain))) == made


def test_what_an_editor_says_is_passed_on():
    content = "问：好吗？\n答：好。\n".encode()
    parsed = parse_safely(content, "a.txt", date=dt.date(2020, 5, 24))
    assert parsed.date == dt.date(2020, 5, 24)
    assert outcome(parse_safely, content, "a.txt", convention="none").code == "unknown_convention"


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd.txt", "\0\n.txt", "\ud800.txt", "长" * 2000]
)
def test_no_name_breaks_the_reader(name):
    content = "路透社记者：好吗？\n毛宁：好。\n".encode()
    assert outcome(parse_safely, content, name) == outcome(parse_transcript, content, name)


@pytest.mark.parametrize("name", ["zeros.docx", "too large.txt"])
def test_a_bomb_is_refused_before_it_goes_off(name):
    assert outcome(parse_safely, LARGE[name](), name).code in {"too_complex", "too_big"}


def test_what_is_no_transcript_starts_no_process(program):
    program("sys.exit('started')")
    assert outcome(parse_safely, b"\x89PNG\r\n\x1a\n", "a.txt").code == "unsupported_format"
    assert outcome(parse_safely, make_zip({"xl/a": "x"}), "a.docx").code == "unsupported_format"


@pytest.mark.parametrize(
    "act",
    [
        "os.kill(os.getpid(), 9)",
        "raise ZeroDivisionError",
        "print('no JSON')",
        "print('[1]')",
        """print('{"refused": {"line": 1, "code": "no such", "params": {}}}')""",
        """print('{"read": {"convention": "x"}}')""",
    ],
)
def test_a_reader_that_breaks_down_is_a_sentence(program, act):
    program(act)
    problem = outcome(parse_safely, b"x", "a.txt")
    assert problem.code == "too_complex"
    assert "broke down" in problem.message


def test_a_reader_that_hangs_is_ended_with_all_it_started(program, monkeypatch, tmp_path):
    monkeypatch.setattr(reader, "SECONDS", 1)
    pid = tmp_path / "pid"
    program(
        "import subprocess, pathlib, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    assert "not done after 1 second" in outcome(parse_safely, b"x", "a.txt").message
    until = time.monotonic() + 600
    while state_of(pid.read_text()) not in ("gone", "Z") and time.monotonic() < until:
        time.sleep(0.01)  # a killed process must have its turn once more to end
    assert state_of(pid.read_text()) in ("gone", "Z")


def test_the_reader_gets_no_secret(program, monkeypatch):
    monkeypatch.setenv("DAWEN_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h/n")
    program(
        "import json; print(json.dumps({'refused': {'line': None, 'code': 'unreadable', "
        "'params': {'reason': ' '.join(sorted(os.environ))}}}))"
    )
    said = outcome(parse_safely, b"x", "a.txt").message
    assert "PATH" in said
    assert "SECRET" not in said
    assert "DATABASE" not in said


def test_more_files_at_once_than_there_are_readers_wait_or_are_told(monkeypatch):
    monkeypatch.setattr(reader, "_WAIT", 0.01)
    for _ in range(2):
        reader._free.acquire()
    try:
        assert outcome(parse_safely, b"x", "a.txt") == Problem(None, "busy")
    finally:
        for _ in range(2):
            reader._free.release()
