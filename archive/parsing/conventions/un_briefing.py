"""The United Nations' noon briefing: topics, then `Question:  …` / `Spokesman:  …`.

What the spokesperson reads out stands under its topics without a label: it is theirs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from archive.parsing.attribution.labels import turn_kind
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.records import Paragraph, TurnKind

_OFFICE = (
    r"(?:(?:Deputy|Associate|Acting|Assistant|Principal Deputy)\s{1,2})?"
    r"Spokes(?:man|woman|person)(?:\s{1,2}(?:Haq|Dujarric|[A-Z][\w'’\-]{1,24}))?"
)
_NAME = r"[A-Z][\w.'’\-]{0,24}"
_LABEL = re.compile(
    rf"({_OFFICE}|Question|Correspondent|Reporter|Moderator"
    rf"|(?:Mr|Ms|Mrs|Miss|Dr|Amb|Ambassador|Under-Secretary-General|Secretary-General"
    rf"|(?:Deputy )?Secretary-General|President)\.?(?:\s{{1,2}}{_NAME}){{0,4}})"
    r"\s?:(?:\s{1,2}|$)"
)
_SPOKES = re.compile(r"(?:Deputy |Associate |Acting |Assistant |Principal Deputy )?Spokes", re.I)
_INSIDE = re.compile(
    r"(?<=[.?!…)\]”\"])\s{1,2}((?:Question|Correspondent|Spokes(?:man|woman|person)"
    r"|Deputy Spokes(?:man|woman|person))):\s{1,2}"
)
_NO_TOPIC = re.compile(r"[-*•|>#\d]|http|(?:Thank|Good|Okay|Ok|Yes|No)\b")
_ENDS = (".", "?", "!", "…", ":", ";", ",", "”", '"', ")")
_LONGEST_TOPIC = 90
_SHORTEST_TEXT = 30


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of a file in which a spokesperson answers; none in any other."""
    spoken = list(_speakers(paragraphs))
    labels = {mark.label for mark in spoken}
    spokes = [label for label in labels if _SPOKES.match(label)]
    if not spokes or not any(mark.kind == "question" for mark in spoken):
        return []
    first, last = spoken[0].paragraph, spoken[-1].paragraph
    taken = {mark.paragraph for mark in spoken}
    # A line at the very end is a footer, not a topic.
    topics = [at for at in _topics(paragraphs, last) if at not in taken]
    label = min(spokes, key=lambda one: next(m.paragraph for m in spoken if m.label == one))
    marks = [Mark(at, 0, len(paragraphs[at].text), "topic") for at in topics]
    if topics and topics[0] + 1 < first and topics[0] + 1 not in topics:
        # Nobody's label stands before the opening statement, which is the spokesperson's.
        marks.append(Mark(topics[0] + 1, 0, 0, "answer", label))
    return sorted([*spoken, *marks], key=lambda mark: (mark.paragraph, mark.start))


def _speakers(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    for at, paragraph in enumerate(paragraphs):
        found = _LABEL.match(paragraph.text)
        if found:
            yield Mark(at, 0, found.end(), _kind(found[1]), found[1])
        for inside in _INSIDE.finditer(paragraph.text, found.end() if found else 0):
            yield Mark(at, inside.start(1), inside.end(), _kind(inside[1]), inside[1])


def _kind(label: str) -> TurnKind:
    return "answer" if _SPOKES.match(label) else turn_kind(label)


def _topics(paragraphs: Sequence[Paragraph], last: int) -> list[int]:
    """The short lines that text stands below and that do not end as a sentence does.

    The first topic has running text below it: titles and dates have not.
    """
    short = (at for at in range(last) if _is_short(paragraphs[at]))
    return list(dropwhile(lambda at: not _is_running(paragraphs[at + 1].text), short))


def _is_short(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        len(text) <= _LONGEST_TOPIC
        and not text.endswith(_ENDS)
        and text[:1].isupper()
        and not _NO_TOPIC.match(text)
        and not _LABEL.match(text)
    )


def _is_running(text: str) -> bool:
    ends = text.endswith(_ENDS) or len(text) > _LONGEST_TOPIC
    return len(text) > _SHORTEST_TEXT and ends and not text.startswith("The following is")


UN_BRIEFING = Convention("un-briefing", find)
