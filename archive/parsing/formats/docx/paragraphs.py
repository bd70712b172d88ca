"""The words of one part of a Word document, paragraph by paragraph.

A paragraph may hold text boxes that hold paragraphs, so open paragraphs are kept on a stack; a
text box comes right behind the paragraph it is anchored in.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from archive.parsing.formats.docx.attributes import switch, value
from archive.parsing.formats.docx.numbering import Numbering
from archive.parsing.formats.docx.styles import Style, Styles, numbering_of, outline
from archive.parsing.formats.xml_tree import Element, local_name, walk_tree
from archive.parsing.records import Paragraph

# Properties, codes of fields, and the second copy of what older versions of Word cannot draw.
_SKIPPED = {
    *("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"),
    *("instrText", "delInstrText", "fldData", "Fallback", "smartTagPr", "customXmlPr"),
}
_DELETED = {"del", "moveFrom", "delText"}
_READINGS = "rt"  # how the characters below it are pronounced
_PRINTED = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011"}
_BREAKS = {"br", "cr"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_PICTURES = {"pic": "picture", "imagedata": "picture", "chart": "chart", "OLEObject": "object"}


@dataclass(slots=True)
class Oddities:
    """What is not, or not only, in the text that was read."""

    deleted: int = 0  # characters
    hidden: list[str] = field(default_factory=list)
    symbols: int = 0
    notes: int = 0
    pictures: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    style: Style
    number: str
    joins_next: bool = False  # its end is deleted, so the next paragraph goes on in it
    run_bold: bool | None = None
    run_hidden: bool = False
    pieces: list[str] = field(default_factory=list)
    all_bold: bool = True
    behind: list[Paragraph] = field(default_factory=list)  # text boxes and notes

    def take(self) -> list[Paragraph]:
        """What was read so far; nothing of it is left."""
        words = " ".join("".join(self.pieces).split())
        taken = self.behind
        if words:
            heading = self.style.heading or 0
            taken = [Paragraph(self.number + words, 0, self.all_bold, heading), *taken]
            self.number = ""
        self.pieces, self.behind, self.all_bold = [], [], True
        return taken


class TextReader:
    """Reads the parts of one document. `notes` are the footnotes and endnotes by kind and id."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], Element]
    ) -> None:
        self.tally = Oddities()
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._stack: list[_Open] = []
        self._carried: _Open | None = None

    def paragraphs(self, root: Element) -> Iterator[Paragraph]:
        """The paragraphs of a part that hold words, in order, with no number of a line yet."""
        skipped: Element | None = None
        for kind, element, text in walk_tree(root):
            name = local_name(element)
            if skipped is not None:
                if kind == "close" and element is skipped:
                    skipped = None
            elif kind == "open":
                if self._is_left_out(element, name):
                    skipped = element
                else:
                    yield from self._open(element, name)
            elif kind == "text" and name == "t":
                self._add(text)
            elif kind == "close" and name == "p" and self._stack:
                yield from self._close_paragraph()
        if self._carried is not None:
            yield from self._carried.take()
            self._carried = None

    def _is_left_out(self, element: Element, name: str) -> bool:
        if name in _DELETED:
            texts = element.iter("{*}delText", "{*}t")
            self.tally.deleted += sum(len(text.text or "") for text in texts)
        elif name == _READINGS:
            self.tally.hidden += [text.text or "" for text in element.iter("{*}t")]
        return name in _SKIPPED or name in _DELETED or name == _READINGS

    def _open(self, element: Element, name: str) -> Iterator[Paragraph]:
        if name == "p":
            self._open_paragraph(element)
        elif name in _PICTURES:
            self.tally.pictures[_PICTURES[name]] += 1
        elif not self._stack:
            return
        elif name == "r":
            self._open_run(element)
        elif name in _PRINTED:
            self._add(_PRINTED[name])
        elif name in _BREAKS:
            yield from self._emit(self._stack[-1].take(), inside=2)
        elif name in _NOTES:
            self._take_note(_NOTES[name], value(element, "id"))
        elif name == "sym":
            self.tally.symbols += 1

    def _open_paragraph(self, element: Element) -> None:
        properties = element.find("{*}pPr")
        if self._carried is not None and not self._stack:
            paragraph, self._carried = self._carried, None
        else:
            paragraph = self._new_paragraph(properties)
        mark = None if properties is None else properties.find("{*}rPr")
        paragraph.joins_next = mark is not None and mark.find("{*}del") is not None
        self._stack.append(paragraph)

    def _new_paragraph(self, properties: Element | None) -> _Open:
        said = value(None if properties is None else properties.find("{*}pStyle"))
        style = self._styles.get(said or self._styles.default)
        level = outline(properties)
        list_id, depth = numbering_of(properties)
        if list_id is None:
            list_id, depth = style.list_id, style.depth
        number = self._numbering.next(list_id, depth) if list_id else ""
        return _Open(replace(style, heading=level) if level else style, number)

    def _open_run(self, element: Element) -> None:
        paragraph = self._stack[-1]
        properties = element.find("{*}rPr")
        style = self._styles.get(
            value(None if properties is None else properties.find("{*}rStyle"))
        )
        bold, hidden = switch(properties, "b"), switch(properties, "vanish")
        paragraph.run_bold = style.bold if bold is None else bold
        paragraph.run_hidden = bool(style.hidden if hidden is None else hidden)

    def _add(self, text: str) -> None:
        if not self._stack:
            return
        paragraph = self._stack[-1]
        if paragraph.run_hidden:
            self.tally.hidden.append(text)
            return
        paragraph.pieces.append(text)
        if paragraph.all_bold and text.strip():
            bold = paragraph.style.bold if paragraph.run_bold is None else paragraph.run_bold
            paragraph.all_bold = bool(bold)

    def _take_note(self, kind: str, note_id: str) -> None:
        note = self._notes.get((kind, note_id))
        words = "" if note is None else plain_text(note)
        if words:
            self.tally.notes += 1
            self._stack[-1].behind.append(Paragraph(f"[{words}]", 0))

    def _close_paragraph(self) -> Iterator[Paragraph]:
        paragraph = self._stack.pop()
        if paragraph.joins_next and not self._stack:
            self._carried = paragraph
        else:
            yield from self._emit(paragraph.take(), inside=1)

    def _emit(self, blocks: list[Paragraph], *, inside: int) -> Iterator[Paragraph]:
        """Blocks of a text box wait until the paragraph around it is done."""
        if len(self._stack) >= inside:
            self._stack[-inside].behind += blocks
        else:
            yield from blocks


def plain_text(root: Element) -> str:
    """All that is printed in a small part, such as a header, in one line."""
    paragraphs = ("".join(t.text or "" for t in p.iter("{*}t")) for p in root.iter("{*}p"))
    return " ".join(" ".join(paragraphs).split())
