"""`Speaker 1: (17:54)` with the text on the next line: what transcription services deliver.

The time stands with the words of the turn and is kept there: it is part of what the file says.
"""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.attribution.labels import bare_label, turn_kind
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.records import Paragraph

_CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_TIME = rf"(?:[(\[（【]\s?{_CLOCK}\s?(?:[-–—]\s?{_CLOCK}\s?)?[)\]）】]|{_CLOCK}(?![0-9:]))"
_LABEL = r"([^\W\d_][^:：()\[\]（）<>\n?!]{0,59}?)"
# `Jen Psaki: (00:12)` and `Reporter 3: [00:01:02] Thank you`.
_TIME_BEHIND = re.compile(rf"{_LABEL}\s?[:：]\s{{0,2}}(?={_TIME})")
# `Reporter 3 (12:01): Thank you`, `Reporter 3  12:01` alone on its line.
_TIME_BETWEEN = re.compile(rf"{_LABEL}\s{{1,2}}({_TIME})(?:\s?[:：]\s{{0,2}}|$)")
# `[00:01:02] Reporter: Thank you`.
_TIME_BEFORE = re.compile(rf"({_TIME})\s{{0,2}}{_LABEL}\s?[:：](?:\s{{1,2}}|$|(?=[^\s0-9/]))")
_FEWEST = 2


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of a file in which times stand beside the speakers; none in any other."""
    marks = list(_marks(paragraphs))
    return marks if len(marks) >= _FEWEST else []


def _marks(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if found := _TIME_BEHIND.match(text):
            yield _mark(at, 0, found.end(), found[1])
        elif found := _TIME_BETWEEN.match(text):
            yield _mark(at, 0, found.start(2), found[1])
        elif found := _TIME_BEFORE.match(text):
            yield _mark(at, 0, found.end(), found[2])


def _mark(at: int, start: int, end: int, printed: str) -> Mark:
    label = printed.strip()
    kind = "question" if bare_label(label) == "q" else turn_kind(label)
    return Mark(at, start, end, kind, label)


TIMED_SPEAKERS = Convention("timed-speakers", find)
