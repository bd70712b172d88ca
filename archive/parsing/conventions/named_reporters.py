"""Reporters by name and outlet: `HOWARD SCHNEIDER, Reuters. …`, `Nancy Cordes, CBS News: …`.

Whoever answers has a label of some other kind in such files: an office, or a name in capitals.
"""

import re
from collections.abc import Sequence

from archive.parsing.attribution.outlet_names import is_outlet
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.capital_labels import LABEL, capital_marks, merged, name_marks
from archive.parsing.records import Paragraph

_PART = r"[A-ZÀ-Þ][\w.'’\-]{0,24}"
_PERSON = rf"(?:{LABEL}|{_PART}(?:\s(?:[a-z]{{2,3}}\s)?{_PART}){{1,4}})"
_NAMED = re.compile(
    rf"({_PERSON}(?:,\s{{1,2}}|\s?[(\[]|\s[-–—]\s)(?:the\s)?"
    r"([\w&][\w&.'’\-/]{0,30}(?:\s[\w&.'’\-/]{1,30}){0,5}?)[)\]]?)(?:\s?:(?:\s|$)|\.\s{1,2}(?=\S))"
)
_FEWEST = 2


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of a file that gives reporters' outlets in their labels; none in any other."""
    asked = [
        Mark(at, 0, found.end(), "question", " ".join(found[1].split()))
        for at, paragraph in enumerate(paragraphs)
        if (found := _reporter_at(paragraph.text))
    ]
    if len(asked) < _FEWEST:
        return []
    return merged(
        asked,
        capital_marks(paragraphs, ":", _reporter_at),
        capital_marks(paragraphs, ".", _reporter_at),
        name_marks(paragraphs),
    )


def _reporter_at(text: str) -> re.Match[str] | None:
    found = _NAMED.match(text)
    return found if found and is_outlet(found[2]) else None


NAMED_REPORTERS = Convention("named-reporters", find)
