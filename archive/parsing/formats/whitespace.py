"""White space between words is one space, but where two of them say who speaks."""

import re

from archive.parsing.records import Problem

# What cannot be seen at the ends of a text: white space of all kinds, and marks without width.
_UNSEEN = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_UNSEEN += "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
# Of no width and of no meaning to a reader, but they would hide a word from whoever looks for it.
_NO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_RUN = re.compile(r"\s+")
# `Q    Thanks.` and `MS. PSAKI:  Good evening.`: the gap is part of the marker, and words such as
# `Q and A` have none. A tab is as wide.
_GAP = r"(?:\s{2,}|\t)(?=\S)"
_AFTER_Q = re.compile(rf"(?:[^\w\s]\s?){{0,3}}Q(?={_GAP})")
_AFTER_COLON = re.compile(rf"[^:：]{{1,60}}[:：](?={_GAP})")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def squeeze_spaces(text: str) -> str:
    """`text` stripped, with one space for each run of white space, no-break space included.

    Word joiners, soft hyphens and their like are taken for white space of no width.

    Two stay behind a `Q` at the start and behind a colon within the first 60 characters.

    >>> squeeze_spaces(" Q\\xa0\\xa0 Thank  you. ")
    'Q  Thank you.'
    """
    text = _NO_WIDTH.sub("", text).strip(_UNSEEN)
    marker = _AFTER_Q.match(text) or _AFTER_COLON.match(text)
    end = marker.end() if marker else 0
    gap = "  " if marker else ""
    return _RUN.sub(" ", text[:end]) + gap + _RUN.sub(" ", text[end:].lstrip() if end else text)


def without_controls(text: str) -> tuple[str, tuple[Problem, ...]]:
    """`text` without the control characters that are no white space, and a problem naming them.

    They show nothing, and XML cannot hold them.
    """
    first = _CONTROL.search(text)
    if first is None:
        return text, ()
    clean, count = _CONTROL.subn("", text)
    return clean, (Problem(line_at(text, first.start()), "control_characters", {"count": count}),)


def line_at(text: str, at: int) -> int:
    """The number of the line, from 1, that the character at `at` stands on."""
    before = text[:at]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1
