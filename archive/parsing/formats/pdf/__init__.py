"""PDF with a text layer: PDFium says what is printed where, and paragraphs are made from that."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from archive.parsing.formats.limits import MEGABYTE, check_size, too_complex
from archive.parsing.formats.pdf.layout import PrintedLine, to_paragraphs
from archive.parsing.records import Document, Problem, TranscriptError

_FORMAT = "PDF"
_LARGEST_PDF = 32 * MEGABYTE
_SECONDS = 12
_WORKER = Path(__file__).with_name("worker.py")
# Of all letters, how many may lack a code before the rest is not worth reading.
_MOST_UNREADABLE = 0.3


def read_pdf(content: bytes, filename: str) -> Document:
    """The paragraphs of a PDF; page heads, page feet and page numbers are named in a problem.

    Raises TranscriptError "too_big", "too_complex", "damaged", "encrypted", "scanned_pdf" or
    "garbled_pdf".
    """
    check_size(content, _FORMAT, _LARGEST_PDF)
    pages = _printed(content)
    lines = [
        [PrintedLine(number, *line) for line in page["lines"]] for number, page in enumerate(pages)
    ]
    unreadable = sum(page["unreadable"] for page in pages)
    letters = sum(len(line.text) for page in lines for line in page)
    if unreadable > _MOST_UNREADABLE * (letters + unreadable):
        raise TranscriptError("garbled_pdf", percent=100 * unreadable // (letters + unreadable))
    if not letters:
        raise TranscriptError("scanned_pdf", pages=len(pages))
    paragraphs, problems = to_paragraphs(lines, median(page["width"] for page in pages))
    empty = [str(number) for number, page in enumerate(lines, 1) if not page]
    more = []
    if empty:
        more.append(Problem(None, "pages_without_text", {"pages": ", ".join(empty)}))
    if unreadable:
        more.append(Problem(None, "unreadable_letters", {"count": unreadable}))
    return Document(paragraphs, "application/pdf", "", problems=(*problems, *more))


def _printed(content: bytes) -> list[dict[str, Any]]:
    """What the worker answers: pages with lines."""
    try:
        # -P: the folder of the worker has modules that are named like some of Python's own.
        done = subprocess.run(  # noqa: S603 - our own program, and the file comes by a pipe
            [sys.executable, "-P", str(_WORKER)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_complex(_FORMAT, f"it is not done after {_SECONDS} seconds") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        # PDFium ends its process when it gets no more memory, and leaves half an answer or none.
        raise too_complex(_FORMAT, "PDFium gave it up") from error
    if "refused" in answer:
        params = {"format": _FORMAT, "reason": answer.get("reason", "")}
        raise TranscriptError(answer["refused"], **params)
    pages: list[dict[str, Any]] = answer["pages"]
    return pages
