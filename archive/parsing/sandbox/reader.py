"""Reading a file in a process apart, for files that come from outside.

parse_safely() is parse_transcript(), done by a program of its own that is started for one file,
knows no secret of this one, and has limits of memory, of processor time, of wall time and of what
it may write. Starting it takes about 0.7 s. It answers JSON, which is checked.
"""

import contextlib
import datetime as dt
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO

from archive.parsing.export_diff import Difference
from archive.parsing.formats import FORMATS
from archive.parsing.formats.detection import find_format
from archive.parsing.formats.limits import check_size, too_complex
from archive.parsing.records import ParsedConference, Problem, TranscriptError
from archive.parsing.sandbox.wire import from_plain

logger = logging.getLogger(__name__)

SECONDS = 18  # from the start to the last byte of the answer
_ROOT = Path(__file__).resolve().parents[3]
_MODULE = "archive.parsing.sandbox.worker"
_AT_ONCE = 2  # readers of one web process, so that four uploads do not take four times the memory
_WAIT = 20  # seconds for one of them to be free
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_BROKEN = "the program that reads it broke down"

_free = threading.BoundedSemaphore(_AT_ONCE)


def parse_safely(
    content: bytes, filename: str, *, date: dt.date | None = None, convention: str = ""
) -> ParsedConference:
    """What parse_transcript() answers for the same arguments.

    Raises TranscriptError as it does; "too_complex" when the reader reaches its limits or breaks
    down; "busy" when other files are being read for too long.
    """
    check_size(content)
    # A picture or a spreadsheet is told from its first bytes, and needs no process.
    file_format, _reader = FORMATS[find_format(content, filename)]
    asked = {"filename": filename, "convention": convention, "date": date and date.isoformat()}
    parsed: ParsedConference = _ask(asked, content, file_format, ParsedConference, wait=_WAIT)
    return parsed


def compare_safely(old: bytes, new: bytes, filenames: tuple[str, str] | None) -> Difference:
    """The difference of two exports of a conference, or of two files of these names.

    Raises TranscriptError as parse_safely(), "busy" at once: a reader does not wait for others.
    """
    asked = {"size": len(old), "filenames": filenames}
    difference: Difference = _ask(asked, old + new, "JSON", Difference, wait=0)
    return difference


def _ask(asked: dict[str, Any], content: bytes, file_format: str, kind: Any, *, wait: int) -> Any:
    """What the process apart answers, a record of `kind`."""
    # A name may hold half a character; JSON carries it, a pipe does not.
    header = json.dumps(asked).encode()
    if not _free.acquire(timeout=wait):
        raise TranscriptError("busy")
    try:
        answer = _answer(header + b"\n" + content, file_format)
    finally:
        _free.release()
    try:
        if "gave_up" in answer:
            refused = too_complex(file_format, from_plain(str, answer["gave_up"]))
        elif "refused" in answer:
            problem: Problem = from_plain(Problem, answer["refused"])
            refused = TranscriptError(problem.code, problem.line, **problem.params)
        else:
            return from_plain(kind, answer["read"])
    except (KeyError, TypeError, ValueError) as error:
        logger.exception("The reader of a file answered what no reader answers.")
        raise too_complex(file_format, _BROKEN) from error
    raise refused


def _answer(given: bytes, file_format: str) -> Any:
    """What the program says of `given`. Its answer goes to a file, whose size it cannot exceed."""
    with tempfile.TemporaryFile() as answered, tempfile.TemporaryFile() as complained:
        code = _run(given, answered, complained, file_format)
        answered.seek(0)
        try:
            return json.load(answered)
        except ValueError as error:
            complained.seek(0)
            said = complained.read(4000).decode(errors="replace")
            logger.warning("The reader of a file ended with %s and said: %s", code, said)
            raise too_complex(file_format, _BROKEN) from error


def _run(given: bytes, answered: BinaryIO, complained: BinaryIO, file_format: str) -> int:
    command = [sys.executable, "-B", "-m", _MODULE]
    # A session of its own, so that a program it started itself ends with it.
    with subprocess.Popen(  # noqa: S603 - our own program; the file comes by a pipe
        command,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=answered,
        stderr=complained,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(given, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise too_complex(file_format, f"it is not done after {SECONDS} seconds") from error
        finally:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        return process.returncode
