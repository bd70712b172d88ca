"""DOCX: the paragraphs of a Word document, in the order they are read.

Read from the XML with lxml. Of twelve small documents of the tests python-docx 1.2 gives four as
they read: it has no text boxes, content controls, insertions, notes or numbers of lists, and opens
every part before anyone can ask for its size. mammoth 1.13 gives eight: it has no numbers of lists,
shows hidden words, puts notes at the end, and says of nothing that it was left out.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from archive.parsing.formats.docx.attributes import value
from archive.parsing.formats.docx.numbering import Numbering, read_numbering
from archive.parsing.formats.docx.paragraphs import Oddities, TextReader, plain_text
from archive.parsing.formats.docx.styles import read_styles
from archive.parsing.formats.limits import MEGABYTE, open_zip, read_member
from archive.parsing.formats.xml_tree import Element, local_name, parse_xml, pictures_left_out
from archive.parsing.records import Document, Problem, TranscriptError

_FORMAT = "DOCX"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST_PART = 16 * MEGABYTE
_SHOWN = 80
# Other things that are kept in a ZIP, told by a part that each of them has.
_OTHERS = {
    "xl/workbook.xml": "XLSX",
    "ppt/presentation.xml": "PPTX",
    "META-INF/manifest.xml": "ODT",
    "META-INF/container.xml": "EPUB",
}


def read_docx(content: bytes, filename: str) -> Document:
    """The text of a Word document; notes stand in brackets behind what they belong to.

    `line` counts the paragraphs that hold words. Raises TranscriptError "too_big",
    "too_complex", "damaged", "encrypted", "malformed_xml", "xml_entities" or
    "unsupported_format" (a ZIP of other things).
    """
    with open_zip(content, _FORMAT) as archive:
        package = _Package(archive)
        numbering = read_numbering(package.part("numbering"))
        notes = {
            (kind, value(note, "id")): note
            for kind in ("footnotes", "endnotes")
            for root in package.parts(kind)
            for note in root
        }
        reader = TextReader(read_styles(package.part("styles")), numbering, notes)
        paragraphs = tuple(
            replace(paragraph, line=line)
            for line, paragraph in enumerate(reader.paragraphs(package.main), 1)
        )
        outside = {
            kind: [text for root in package.parts(kind) if (text := plain_text(root))]
            for kind in ("header", "footer", "comments")
        }
    problems = (*_left_out(outside), *_doubts(reader.tally, numbering))
    return Document(paragraphs, _MEDIA_TYPE, "", problems=problems)


class _Package:
    """The parts of a DOCX, found by how they are related and not by their usual names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        related = self._related("")
        name = next((target for kind, target in related if kind == "officeDocument"), "")
        root = self._read(name or "word/document.xml")
        if root is None or local_name(root) != "document":
            raise TranscriptError("unsupported_format", format=_other_format(archive))
        self.main = root
        self._parts = self._related(name or "word/document.xml")

    def part(self, kind: str) -> Element | None:
        """The one part of a kind; None when the document has none."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Element]:
        """The parts of a kind, such as "header", each once."""
        for name in dict.fromkeys(target for has, target in self._parts if has == kind):
            root = self._read(name)
            if root is not None:
                yield root

    def _read(self, name: str) -> Element | None:
        content = read_member(self._archive, name, _FORMAT, _LARGEST_PART)
        if content is None:
            return None
        try:
            return parse_xml(content, _FORMAT)
        except TranscriptError as error:
            if error.problem.code != "malformed_xml":
                raise
            # Nobody can mend a line of the XML inside a Word document.
            reason = f"{name}: {error.problem.params['reason']}"
            raise TranscriptError("damaged", format=_FORMAT, reason=reason) from error

    def _related(self, name: str) -> list[tuple[str, str]]:
        """What a part is related to: kind ("styles") and name ("word/styles.xml")."""
        folder, file = posixpath.split(name)
        root = self._read(posixpath.join(folder, "_rels", f"{file}.rels"))
        if root is None:
            return []
        return [
            (
                (one.get("Type") or "").rpartition("/")[2],
                _resolved(folder, unquote(one.get("Target") or "")),
            )
            for one in root.iterfind("{*}Relationship")
            if one.get("TargetMode") != "External"
        ]


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _other_format(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    return next((what for part, what in _OTHERS.items() if part in names), "ZIP")


def _left_out(outside: dict[str, list[str]]) -> Iterator[Problem]:
    """Page heads, page feet and reviewers' comments: named, for they are not what was said."""
    for texts in outside.values():
        for text in dict.fromkeys(texts):
            yield _left_out_text(text)


def _left_out_text(text: str) -> Problem:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return Problem(None, "left_out", {"characters": len(text), "lines": f"“{shown}”"})


def _doubts(tally: Oddities, numbering: Numbering) -> Iterator[Problem]:
    if hidden := " ".join("".join(tally.hidden).split()):
        yield _left_out_text(hidden)
    counts = (
        ("deletions_left_out", "characters", tally.deleted),
        ("notes_in_brackets", "count", tally.notes),
        ("unreadable_letters", "count", tally.symbols),
        ("numbers_left_out", "count", numbering.unknown),
    )
    yield from (Problem(None, code, {name: count}) for code, name, count in counts if count)
    if tally.pictures:
        yield pictures_left_out(tally.pictures)
