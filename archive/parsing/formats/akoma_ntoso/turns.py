"""Walking through Akoma Ntoso and collecting turns.

Speeches lie inside sections, and a speech may hold another; so the file is walked once, and every
element that opens a turn lays a frame on a stack.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.parsing.formats.akoma_ntoso.metadata import NamedReference, look_up, squash, who_speaks
from archive.parsing.formats.xml_tree import (
    Element,
    line_of,
    local_name,
    pictures_left_out,
    walk_tree,
)
from archive.parsing.records import Paragraph, ParsedSpeaker, Problem, Turn, TurnKind

SPOKEN = {"speech", "question", "answer"}
_TURNS: dict[str, TurnKind] = {
    "speech": "speech",
    "question": "question",
    "answer": "answer",
    **dict.fromkeys(("narrative", "scene", "summary", "other"), "note"),
    **dict.fromkeys(("heading", "subheading"), "topic"),
}
_BOLD = {"b", "strong"}
_PICTURES = {"img", "iframe", "video", "audio", "object", "embed"}
_NOT_TEXT = {"meta", "script", "style"}
# Elements that begin and end a paragraph. Whatever is not here runs on in its line.
_BLOCKS = {
    *("p", "br", "eol", "hr", "div", "pre", "blockquote", "center", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "td", "th", "block"),
    *("blockList", "item", "listIntroduction", "listWrapUp", "tblock", "toc", "tocItem", "wrap"),
    *("container", "longTitle", "formula", "authorialNote", "foreign", "interstitial", "content"),
    *("intro", "paragraph", "figure", "figcaption", "section", "article", "speechGroup"),
    *("coverPage", "preface", "preamble", "debateBody", "debateSection", "conclusions"),
    *("administrationOfOath", "rollCall", "prayers", "oralStatements", "writtenStatements"),
    *("personalStatements", "ministerialStatements", "resolutions", "nationalInterest"),
    *("declarationOfVote", "communication", "petitions", "papers", "noticesOfMotion", "questions"),
    *("address", "proceduralMotions", "pointOfOrder", "adjournment", "attachments", "components"),
}
_SECTIONS = {"debateSection", "questions", "address", "adjournment", "oralStatements"}


@dataclass(slots=True)
class _Frame:
    """A turn that is being read. A turn inside it interrupts it; then it goes on."""

    element: Element
    kind: TurnKind
    line: int
    who: NamedReference | None = None
    office: str = ""
    marker: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    spoke: bool = False  # a turn was made of it
    held_others: bool = False


@dataclass(slots=True)
class _Words:
    """The paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    line: int = 1
    all_bold: bool = True

    def add(self, text: str, line: int, *, bold: bool) -> None:
        """`text` begins on `line`."""
        if not self.pieces:
            blank = text[: len(text) - len(text.lstrip())]
            if len(blank) == len(text):
                return
            self.line = line + blank.count("\n")
            self.all_bold = True
        self.pieces.append(text)
        self.all_bold = self.all_bold and (bold or not text.strip())

    def take(self, heading: int) -> Paragraph | None:
        """The paragraph, and none is begun; None for white space."""
        text = squash("".join(self.pieces))
        self.pieces.clear()
        return Paragraph(text, self.line, self.all_bold, heading) if text else None


class Reader:
    """Walks one tree. What stands outside of all speeches is a note."""

    def __init__(self, people: Mapping[str, NamedReference]) -> None:
        self._people = people
        self._turns: list[Turn] = []
        self._offices: dict[str, str] = {}  # by label
        self._stack: list[_Frame] = []
        self._words = _Words()
        self._line = 1
        self._bold = self._level = 0
        self._skipped: Element | None = None
        self._pictures: Counter[str] = Counter()
        self._problems: list[Problem] = []

    def read(self, root: Element) -> tuple[list[Turn], tuple[Problem, ...]]:
        """The turns in order, and what was left out."""
        self._stack.append(_Frame(root, "note", line_of(root)))
        for kind, element, text in walk_tree(root):
            if kind == "text":
                self._text(text)
            elif kind == "open":
                self._line = line_of(element)
                if self._skipped is None:
                    self._open(element, local_name(element))
            elif self._skipped is None:
                self._close(element, local_name(element))
            elif self._skipped is element:
                self._skipped = None
        self._end_turn()
        if self._pictures:
            self._problems.append(pictures_left_out(self._pictures))
        return self._turns, tuple(self._problems)

    def speakers(self) -> tuple[ParsedSpeaker, ...]:
        """Those of the turns read whose office is said, by their labels."""
        return tuple(ParsedSpeaker(label, office) for label, office in self._offices.items())

    def _text(self, text: str) -> None:
        if self._skipped is None:
            self._words.add(text, self._line, bold=self._bold > 0)
        self._line += text.count("\n")

    def _open(self, element: Element, name: str) -> None:
        if name in _NOT_TEXT:
            self._skip(element)
        elif name == "num" and _topic_beside(element.getnext()):
            self._skipped = element  # the heading takes it
        elif name in _TURNS:
            self._begin_turn(element, name)
        elif name == "from" and self._is_marker(element):
            self._end_paragraph()
            self._stack[-1].marker = squash("".join(element.itertext()))
            self._skipped = element
        elif name in _BLOCKS:
            self._end_paragraph()
        self._bold += name in _BOLD
        self._level += name in _SECTIONS
        if name in _PICTURES:
            self._pictures[name] += 1

    def _close(self, element: Element, name: str) -> None:
        self._bold -= name in _BOLD
        self._level -= name in _SECTIONS
        if name in _TURNS:
            self._end_turn()
            self._close_frame()
        elif name in _BLOCKS:
            self._end_paragraph()

    def _skip(self, element: Element) -> None:
        self._skipped = element
        text = squash(" ".join(element.itertext()))
        if text:
            where = f"<{local_name(element)}> “{text[:80]}”"
            params: dict[str, str | int] = {"characters": len(text), "lines": where}
            self._problems.append(Problem(line_of(element), "left_out", params))

    def _is_marker(self, element: Element) -> bool:
        frame = self._stack[-1]
        return element.getparent() is frame.element and not (frame.marker or frame.kind == "note")

    def _begin_turn(self, element: Element, name: str) -> None:
        self._end_turn()
        self._stack[-1].held_others = True
        frame = _Frame(element, _TURNS[name], line_of(element))
        if name in SPOKEN:
            frame.who = who_speaks(element.get("by") or "", self._people)
            office = look_up(element.get("as") or "", self._people)
            frame.office = office.name if office else ""
        self._stack.append(frame)
        number = element.getprevious()
        if _topic_beside(element) and number is not None and local_name(number) == "num":
            self._words.add(f"{''.join(number.itertext())} ", line_of(number), bold=False)

    def _close_frame(self) -> None:
        frame = self._stack.pop()
        if frame.kind in SPOKEN and not frame.spoke and not frame.held_others:
            label = _label(frame)
            self._problems.append(Problem(frame.line, "empty_speech", {"label": label}))

    def _end_paragraph(self) -> None:
        frame = self._stack[-1]
        heading = min(6, max(1, self._level)) if frame.kind == "topic" else 0
        paragraph = self._words.take(heading)
        if paragraph:
            frame.paragraphs.append(paragraph)

    def _end_turn(self) -> None:
        """Makes a turn of what the topmost frame holds, if it holds words."""
        self._end_paragraph()
        frame = self._stack[-1]
        if not frame.paragraphs:
            return
        spoken = frame.kind in SPOKEN
        label = _label(frame) if spoken else ""
        asks = frame.kind == "question" and frame.who is not None and frame.who.is_organization
        turn = Turn(
            kind=frame.kind,
            label=label,
            paragraphs=tuple(frame.paragraphs),
            line=frame.paragraphs[0].line if frame.spoke else frame.line,
            marker=(frame.marker or label) if spoken else "",
            outlet=label if asks else "",
            continues=spoken and frame.spoke,
        )
        self._turns.append(turn)
        if label and frame.office:
            self._offices.setdefault(label, frame.office)
        frame.paragraphs.clear()
        frame.spoke = True


def _topic_beside(element: Element | None) -> bool:
    return element is not None and _TURNS.get(local_name(element)) == "topic"


def _label(frame: _Frame) -> str:
    return frame.who.name if frame.who else frame.marker.rstrip(" :：")
