"""Questions marked `Q    `, everybody else `MS. PSAKI:  `: the White House since the nineties.

A `Q` is a marker when two spaces or more follow it; with one space it is believed in a file that
has other markers of this kind, before what can begin a sentence or go on with one.
"""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.capital_labels import (
    capital_marks,
    closing_notes,
    merged,
    name_marks,
)
from archive.parsing.records import Paragraph

_Q = re.compile(r"Q(?:\s{2,8}(?![:.&])|\s?(?=[—–]|--)|\s(?=[A-Z0-9\"“‘'(\[¿¡$…])|\s?$)")
# Of `Q  Q I’m asking` the second is a slip, and part of the marker.
_Q_AGAIN = re.compile(r"(?:Q\s{1,8}(?=[A-Z]))?")
_Q_INSIDE = re.compile(r"(?<=[.?!…)\]”\"—–])\s{1,8}(Q\s{1,8})(?=[A-Z\"“(—–])")
# One `Q` alone is a letter; with other marks of this kind it is a question.
_FEWEST = 2


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of a file that marks questions with `Q`; none in any other file."""
    begins = [_Q.match(p.text) for p in paragraphs]
    asked = sum(1 for begin in begins if begin)
    if not asked:
        return []
    spoken = capital_marks(paragraphs, ":", _Q.match)
    if asked + len(spoken) < _FEWEST:
        return []
    marks = merged(list(_questions(paragraphs, begins)), spoken, name_marks(paragraphs))
    return [*marks, *closing_notes(paragraphs, marks)]


def _questions(
    paragraphs: Sequence[Paragraph], begins: Sequence[re.Match[str] | None]
) -> Iterator[Mark]:
    for at, (paragraph, begin) in enumerate(zip(paragraphs, begins, strict=True)):
        if begin:
            again = _Q_AGAIN.match(paragraph.text, begin.end())
            yield Mark(at, 0, again.end() if again else begin.end(), "question", "Q")
        for found in _Q_INSIDE.finditer(paragraph.text):
            yield Mark(at, found.start(1), found.end(), "question", "Q")


WHITE_HOUSE = Convention("white-house", find)
