"""A program of its own: a file on standard input, what it says as JSON on standard output.

The first line is JSON, the file's name and what parse_transcript() is to be told; the rest is the
file. See archive.parsing.sandbox.reader, which starts it.
"""

import contextlib
import datetime as dt
import json
import sys
from typing import Any

from archive.parsing.export_diff import Difference, difference_of_exports
from archive.parsing.formats.limits import MEGABYTE
from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedConference, TranscriptError
from archive.parsing.sandbox.wire import plain
from archive.parsing.transcript_diff import compare

MEMORY = 512 * MEGABYTE
PROCESSOR_SECONDS = 15  # of a processor
# The words of the largest file, each a record with its names.
LARGEST_ANSWER = 256 * MEGABYTE


def main() -> None:
    """Answers {"read": …}, {"refused": problem} or {"gave_up": reason}."""
    _limit()
    try:
        answer: dict[str, Any] = {"read": _read()}
    except TranscriptError as error:
        answer = {"refused": error.problem}
    except MemoryError:
        # Said here with the file's words already let go, or there would be no room to say it.
        answer = {"gave_up": f"it needs more than {MEMORY // MEGABYTE} MB of memory"}
    json.dump(answer, sys.stdout, default=plain)


def _read() -> ParsedConference | Difference:
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    if "filenames" in asked:
        return _difference(asked, content[: asked["size"]], content[asked["size"] :])
    date = dt.date.fromisoformat(asked["date"]) if asked["date"] else None
    return parse_transcript(content, asked["filename"], date=date, convention=asked["convention"])


def _difference(asked: dict[str, Any], old: bytes, new: bytes) -> Difference:
    if not asked["filenames"]:
        return difference_of_exports(json.loads(old), json.loads(new))
    files = zip((old, new), asked["filenames"], strict=True)
    return Difference((), tuple(compare(*(parse_transcript(*file) for file in files))))


def _limit() -> None:
    # Windows has no such module; the time limit of whoever started this holds there.
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
            (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
