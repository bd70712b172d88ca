"""Bytes to paragraphs. Pure: no Django, no clock, no network."""

from collections.abc import Callable

from archive.parsing.formats.akoma_ntoso import read_akoma_ntoso
from archive.parsing.formats.dawen_json import read_export
from archive.parsing.formats.detection import Format, find_format
from archive.parsing.formats.docx import read_docx
from archive.parsing.formats.html import read_html
from archive.parsing.formats.limits import check_size
from archive.parsing.formats.pdf import read_pdf
from archive.parsing.formats.plain_text import read_markdown, read_text
from archive.parsing.records import Document, TranscriptError

# The name of each kind of file, as people say it, and who reads it.
FORMATS: dict[Format, tuple[str, Callable[[bytes, str], Document]]] = {
    "text": ("text", read_text),
    "markdown": ("Markdown", read_markdown),
    "html": ("HTML", read_html),
    "docx": ("DOCX", read_docx),
    "pdf": ("PDF", read_pdf),
    "akoma_ntoso": ("Akoma Ntoso", read_akoma_ntoso),
    "export": ("JSON", read_export),
}


def read_document(content: bytes, filename: str) -> Document:
    """The paragraphs of an uploaded file, or its turns where markup says who speaks.

    Raises TranscriptError: "empty", "too_big", "unsupported_format", and what the reader of its
    format raises.
    """
    check_size(content)
    _name, read = FORMATS[find_format(content, filename)]
    document = read(content, filename)
    if not document.paragraphs and not document.turns:
        raise TranscriptError("empty")
    return document
