"""A program of its own: a PDF on standard input, its printed lines as JSON on standard output.

PDFium runs in a process apart, because two kilobytes of PDF can ask it for gigabytes or for hours,
and nothing else can stop it. It is started by its path, so it imports nothing of this project.
"""

import contextlib
import ctypes
import json
import sys
import unicodedata
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_PAGES = 1_000
MOST_CHARACTERS = 3_000_000
_MEMORY = 400 << 20
_SECONDS = 11
_LIGHTEST_BOLD = 600
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SOFT_HYPHEN_MARK = 0x02  # what PDFium writes for a hyphen that a line breaks at
# Radicals that Unicode does not take for the characters they look like; NFKC knows the others.
_RADICALS = dict(
    zip(
        "⺎⺟⺠⺫⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "兀母民目西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


class Refused(Exception):
    """Why a PDF is not read: a code, and what its sentence is made of."""


def main() -> None:
    """Answers {"pages": […]} or {"refused": code, …}; limits of its own keep it small."""
    _limit()
    try:
        answer = read_pages(sys.stdin.buffer.read())
    except Refused as error:
        answer = {"refused": error.args[0], **error.args[1]}
    json.dump(answer, sys.stdout)


def read_pages(content: bytes) -> dict[str, object]:
    """The pages of a PDF, each with its lines in the order they are written.

    Raises Refused: "encrypted", "damaged" or "too_complex", with the reason.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error)
        raise Refused("encrypted" if locked else "damaged", {"reason": str(error)}) from error
    if len(document) > MOST_PAGES:
        raise Refused("too_complex", {"reason": f"it has more than {MOST_PAGES} pages"})
    pages = []
    characters = 0
    for number in range(len(document)):
        page = _page(document, number)
        pages.append(page)
        characters += page["characters"]
        if characters > MOST_CHARACTERS:
            reason = f"it has more than {MOST_CHARACTERS} characters"
            raise Refused("too_complex", {"reason": reason})
    return {"pages": pages}


def _page(document: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    """One page: lines as [text, left, right, baseline, height, bold], and letters without code."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged", {"reason": f"page {number + 1}: {error}"}) from error
    try:
        count = text_page.count_chars()
        width = round(page.get_width())
        lines, unreadable = _lines(text_page.raw, min(count, MOST_CHARACTERS + 1))
    finally:
        text_page.close()
        page.close()
    return {"characters": count, "width": width, "lines": lines, "unreadable": unreadable}


def _lines(text_page: object, count: int) -> tuple[list[list[Any]], int]:
    lines: list[list[Any]] = []
    unreadable = 0
    letters: list[str] = []
    places: list[int] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (0x0A, 0x0D):
            _end_line(text_page, letters, places, lines)
        elif code == _SOFT_HYPHEN_MARK:
            letters.append("-")
            places.append(index)
        elif _has_no_code(code):
            unreadable += 1
        elif code > 0x20 and not chr(code).isspace():
            letters.append(_letter(code))
            places.append(index)
        else:
            letters.append(" ")
    _end_line(text_page, letters, places, lines)
    return lines, unreadable


def _letter(code: int) -> str:
    """A letter; for a radical or a ligature, which fonts put in its place, what it stands for."""
    artefact = 0x2E80 <= code <= 0x2FDF or 0xFB00 <= code <= 0xFB06
    letter = _RADICALS.get(chr(code), chr(code))
    return unicodedata.normalize("NFKC", letter) if artefact else letter


def _has_no_code(code: int) -> bool:
    controls = code < 0x20 and code != 0x09
    return (
        controls or 0xD800 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0xEFFFF
    )


def _end_line(
    text_page: object, letters: list[str], places: list[int], lines: list[list[Any]]
) -> None:
    text = " ".join("".join(letters).split())
    if text and places:
        first, last = places[0], places[-1]
        left, baseline = _origin(text_page, first)
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(text_page, last, box)
        middle = places[len(places) // 2]
        bold = all(_is_bold(text_page, at) for at in (first, middle, last))
        height = abs(box.top - box.bottom)
        numbers = [round(number, 1) for number in (left, box.right, baseline, height)]
        lines.append([text, *numbers, bold])
    letters.clear()
    places.clear()


def _origin(text_page: object, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    return x.value, y.value


def _is_bold(text_page: object, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    return weight >= _LIGHTEST_BOLD or b"bold" in name.value.lower()


def _limit() -> None:
    # Windows has no such module; the time limit of whoever started this holds there.
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
