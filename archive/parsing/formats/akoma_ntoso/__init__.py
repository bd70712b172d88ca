"""Akoma Ntoso: the OASIS debate, and SayIt's dialect of it. Names are read without namespaces."""

from collections.abc import Sequence

from archive.parsing.formats.akoma_ntoso.metadata import named_references, read_debate_facts
from archive.parsing.formats.akoma_ntoso.turns import SPOKEN, Reader
from archive.parsing.formats.xml_tree import local_name, parse_xml
from archive.parsing.records import Document, Paragraph, TranscriptError, Turn

_ROOTS = {"akomaNtoso", "debate", "debateReport"}


def read_akoma_ntoso(content: bytes, filename: str) -> Document:
    """The speeches of a debate, in order, each with who speaks.

    A file without speeches answers all its text as paragraphs. Raises TranscriptError
    "malformed_xml", "not_akoma_ntoso", "too_big", "too_complex" or "xml_entities".
    """
    root = parse_xml(content, "Akoma Ntoso")
    if local_name(root) not in _ROOTS:
        raise TranscriptError("not_akoma_ntoso", root.sourceline, root=local_name(root)[:40])
    reader = Reader(named_references(root))
    turns, problems = reader.read(root)
    first = _first_heading(turns)
    facts, doubts = read_debate_facts(root, first)
    if first and facts.title and first.paragraphs[0].text.endswith(facts.title):
        turns = [turn for turn in turns if turn is not first]
    before, spoken = _split(turns)
    return Document(
        paragraphs=tuple(p for p in before if p.text != facts.title),
        media_type="application/akn+xml",
        encoding=(root.getroottree().docinfo.encoding or "utf-8").lower(),
        facts=facts,
        turns=spoken or None,
        speakers=reader.speakers(),
        problems=(*doubts, *problems),
    )


def _first_heading(turns: Sequence[Turn]) -> Turn | None:
    """The heading that stands above the first speech, and so above all of them."""
    for turn in turns:
        if turn.kind in SPOKEN:
            return None
        if turn.kind == "topic":
            return turn
    return None


def _split(turns: Sequence[Turn]) -> tuple[tuple[Paragraph, ...], tuple[Turn, ...]]:
    """What stands before the first speech, topics aside, and the turns; no turns, no speech."""
    start = next((at for at, turn in enumerate(turns) if turn.kind in SPOKEN), None)
    if start is None:
        return tuple(p for turn in turns for p in turn.paragraphs), ()
    before = tuple(p for turn in turns[:start] if turn.kind != "topic" for p in turn.paragraphs)
    topics = (turn for turn in turns[:start] if turn.kind == "topic")
    return before, (*topics, *turns[start:])
