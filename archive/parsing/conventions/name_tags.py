"""`<NAME>CHAIR POWELL</NAME>. Good afternoon…`: names in tags, many in one paragraph."""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.attribution.labels import turn_kind
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.records import Paragraph

# In `<NAME>NANCY MARSHALL</NAME>-GENZER.` the name goes on behind the tag.
_TAG = re.compile(
    r"<(NAME|SPEAKER)>\s?([^<>\n]{1,100}?)\s?</\1>([\-‐-–'’][\w'’\-]{1,40})?\s?(?:[.:：]|(?=\s))\s{0,2}",
    re.IGNORECASE,
)


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every tagged name."""
    return list(_tags(paragraphs))


def _tags(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    for at, paragraph in enumerate(paragraphs):
        for found in _TAG.finditer(paragraph.text):
            label = found[2].rstrip(".:：") + (found[3] or "")
            yield Mark(at, found.start(), found.end(), turn_kind(label), label)


NAME_TAGS = Convention("name-tags", find, unmistakable=True)
