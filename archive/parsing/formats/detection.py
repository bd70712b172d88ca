"""Detection of a file's format: its content says it, its suffix only tells kinds of text apart."""

import codecs
import json
import re
from pathlib import PurePath
from typing import Literal

from archive.parsing.formats.limits import MEGABYTE
from archive.parsing.records import TranscriptError

Format = Literal["text", "markdown", "html", "docx", "pdf", "akoma_ntoso", "export"]

# How files begin that are no transcript. ZIP and OLE hold files of many kinds: see below.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"%!PS", "PostScript"),
    (b"MIME-Version:", "MHTML"),
    (b"From: <Saved by", "MHTML"),
)
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
# The names of its members stand in a ZIP as they are; the first row that is there says what it is.
_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"mimetypeapplication/epub", "EPUB"),
    (b"mimetypeapplication/vnd.oasis", "OpenDocument (ODT, ODS, ODP)"),
)
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "DOCX (locked with a password)"),
    ("WordDocument", "DOC"),
    ("Workbook", "XLS"),
    ("PowerPoint Document", "PPT"),
)
_FIRST = 4096
_LARGEST_TRIED = 1 * MEGABYTE
_EXPORT = re.compile(rb'"dawen"\s{0,20}:')
_AKOMA_NTOSO = re.compile(rb"<(?:\w{1,20}:)?akomaNtoso[\s>]")
_PAGE = re.compile(rb"<(?:html|head|body)[\s>]|<!doctype html", re.IGNORECASE)
_XML = re.compile(rb"\s{0,20}<\?xml\s")
# Tags that make paragraphs. <NAME>CHAIR POWELL</NAME> and Markdown's stray <s> make none.
_BLOCK_TAG = re.compile(
    rb"</?(?:p|div|br|h[1-6]|li|ul|ol|table|tr|td|section|article|blockquote)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown")


def find_format(content: bytes, filename: str) -> Format:
    """The kind of file; raises TranscriptError "unsupported_format" for one that is not read."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(_ZIP_STARTS):
        return _inside_zip(content)
    known = next((name for magic, name in _MAGIC if content.startswith(magic)), "")
    if content.startswith(_OLE_START):
        known = _inside_ole(content)
    if known:
        raise _unsupported(known)
    # Without its NUL characters, UTF-16 reads as ASCII where ASCII is meant.
    return _kind_of_text(content.replace(b"\0", b"") if b"\0" in content else content, filename)


def _unsupported(name: str) -> TranscriptError:
    return TranscriptError("unsupported_format", format=name)


def _inside_zip(content: bytes) -> Format:
    kind = next((kind for name, kind in _ZIP_MEMBERS if name in content), "ZIP")
    if kind != "DOCX":
        raise _unsupported(kind)
    return "docx"


def _inside_ole(content: bytes) -> str:
    streams = ((name.encode("utf-16-le"), kind) for name, kind in _OLE_STREAMS)
    return next((kind for name, kind in streams if name in content), "DOC")


def _kind_of_text(content: bytes, filename: str) -> Format:
    first = content[:_FIRST]
    suffix = PurePath(filename).suffix.lower()
    # What calls itself XML and is none is refused with line and reason, not read as something else.
    if _AKOMA_NTOSO.search(first) or suffix == ".xml":
        return "akoma_ntoso"
    if first.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"["):
        # One that is cut off is refused with its place, not read as text.
        if _EXPORT.search(content):
            return "export"
        if _is_json(content, suffix):
            raise _unsupported("JSON")
    if _PAGE.search(first) or _is_fragment(content, suffix):
        return "html"
    if _XML.match(first.removeprefix(codecs.BOM_UTF8)):
        raise _unsupported("XML")
    return "markdown" if suffix in _MARKDOWN_SUFFIXES else "text"


def _is_json(content: bytes, suffix: str) -> bool:
    # Two letters of JSON may take a hundred bytes of memory, so what is large is not tried.
    if len(content) > _LARGEST_TRIED:
        return suffix == ".json"
    try:
        json.loads(content)
    except (ValueError, RecursionError):  # text that begins with a bracket, or nonsense
        return False
    return True


def _is_fragment(content: bytes, suffix: str) -> bool:
    """Whether tags make the paragraphs: about as many of them as there are lines of text."""
    tags = sum(1 for _ in _BLOCK_TAG.finditer(content))
    if suffix in _HTML_SUFFIXES:
        return tags > 0
    lines = sum(1 for line in content.splitlines() if line.strip())
    begins = _BLOCK_TAG.match(content.removeprefix(codecs.BOM_UTF8).lstrip()[:600]) is not None
    if suffix in _MARKDOWN_SUFFIXES:
        return begins and 2 * tags >= lines
    return tags >= 2 and (2 * tags >= lines or (begins and 8 * tags >= lines))
