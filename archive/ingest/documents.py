"""Bytes to paragraphs: what kind of file it is, how it is encoded, where its lines end."""

import codecs
from collections.abc import Callable
from pathlib import PurePath

from archive.ingest.records import Document, Paragraph, TranscriptError

# How files that are no text begin. Word and its kin are told by the container they are kept in.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "DOCX or ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
)
_HTML_STARTS = (b"<!doctype html", b"<html")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Reader = Callable[[bytes, str], Document]


def read_document(content: bytes, filename: str) -> Document:
    """The paragraphs of an uploaded file; `filename` is asked for its suffix only.

    Raises TranscriptError with the code "empty", "unsupported_format", "binary", "not_utf_8"
    or "not_utf_16".
    """
    _refuse_known_formats(content)
    reader, media_type = _READERS.get(PurePath(filename).suffix.lower(), (_read_text, "text/plain"))
    document = reader(content, media_type)
    if not document.paragraphs:
        raise TranscriptError("empty")
    return document


def _refuse_known_formats(content: bytes) -> None:
    what = next((name for magic, name in _MAGIC if content.startswith(magic)), None)
    start = content[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if what is None and start.startswith(_HTML_STARTS):
        what = "HTML"
    if what is not None:
        raise TranscriptError("unsupported_format", format=what)


def _read_text(content: bytes, media_type: str) -> Document:
    text, encoding = _decode(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if "\0" in text:
        line = next(number for number, row in enumerate(lines, 1) if "\0" in row)
        raise TranscriptError("binary", line)
    stripped = ((number, line.strip()) for number, line in enumerate(lines, 1))
    paragraphs = tuple(Paragraph(line, number) for number, line in stripped if line)
    return Document(paragraphs, media_type, encoding)


def _decode(content: bytes) -> tuple[str, str]:
    """The text without its byte order mark, and the name of the encoding."""
    encoding = "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith(_UTF16_MARKS):
        encoding = "utf-16"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise _undecodable(content, encoding, error.start) from error


def _undecodable(content: bytes, encoding: str, at: int) -> TranscriptError:
    if encoding == "utf-16":
        return TranscriptError("not_utf_16", byte=at + 1)
    # The decoder counts from behind the byte order mark; people count bytes of the file.
    at += len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0
    before = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    return TranscriptError(
        "not_utf_8",
        before.count(b"\n") + 1,
        byte=len(before) - line_start + 1,
        value=f"0x{content[at]:02X}",
    )


# Suffix to reader and media type. A suffix that is not here is read as plain text.
_READERS: dict[str, tuple[Reader, str]] = {
    ".txt": (_read_text, "text/plain"),
    ".md": (_read_text, "text/markdown"),
    ".markdown": (_read_text, "text/markdown"),
}
