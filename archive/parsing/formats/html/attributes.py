"""Attributes of HTML, counted before lxml sees them: it compares each with all others of its tag,
so that 32,000 of one tag (270 kB) take it seconds."""

import re
from itertools import islice

from archive.parsing.formats.limits import MEGABYTE
from archive.parsing.records import TranscriptError

MOST_OF_A_TAG = 1_000  # pages of newspapers have 40 at most
MOST = 1_000_000  # in all, as of XML
# As the standard cuts a tag (HTML, 13.2.5), and libxml2 with it. Nothing is tried twice.
_ATTRIBUTE = re.compile(
    r"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"[^\"]*+\"?|'[^']*+'?|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+|))?+"
)
_START = re.compile(r"<[A-Za-z]")
_TAG = re.compile(rf"<[^ \t\n\f\r/>]++((?:[ \t\n\f\r/]++|{_ATTRIBUTE.pattern})*+)")
# Tags may begin within the values of others, and a file of nothing else would be read as often.
_MOST_READ_AGAIN = 4


def check_attributes(text: str) -> None:
    """Raises TranscriptError "too_complex" with the line of a tag that has too many attributes.

    Whatever looks like the beginning of a tag counts as one, in comments, scripts and values too:
    a file may be made so that programs disagree about where those end.
    """
    total = read = 0
    for start in _START.finditer(text):
        tag = _TAG.match(text, start.start())
        if tag is None or not tag[1]:
            continue
        count = sum(1 for _ in islice(_ATTRIBUTE.finditer(tag[1]), MOST_OF_A_TAG + 1))
        total += count
        read += len(tag[1])
        if count > MOST_OF_A_TAG:
            raise _too_many(tag, f"a tag here has more than {MOST_OF_A_TAG:,} attributes")
        if total > MOST:
            raise _too_many(tag, f"up to here its tags have more than {MOST:,} attributes")
        if read > _MOST_READ_AGAIN * (len(text) + MEGABYTE):
            raise _too_many(tag, "up to here its tags begin within the attributes of others")


def _too_many(tag: re.Match[str], reason: str) -> TranscriptError:
    line = tag.string.count("\n", 0, tag.start()) + 1
    return TranscriptError("too_complex", line, format="HTML", reason=reason)
