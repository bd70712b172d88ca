"""Corrections of a transcript carried over to the file that supersedes it."""

from bisect import bisect_right
from difflib import SequenceMatcher

from archive.editing.backfill import adopt
from archive.editing.interpretation import (
    append_corrections,
    paragraphs_of,
    prepared,
    rows_of,
    standing,
    undoing_of,
)
from archive.models import Conference, Correction, Transcript
from archive.parsing.records import Document
from archive.text.folding import squeeze


def carry_over(transcript: Transcript, conference: Conference) -> int:
    """Give a waiting transcript the corrections of the current one, each once; how many it got.

    Those whose paragraph is not found any more are given, too: they are shown as not fitting. What
    was undone there after it was carried over is undone here.
    """
    current = conference.transcripts.current().defer("content").first()
    if current is None:
        return 0
    theirs, own = rows_of(current) or adopt(current), rows_of(transcript)
    if not theirs:
        return 0
    kept = {one.pk for one in standing(theirs)}
    here = {one.carried_from_id: one for one in own if one.carried_from_id}
    new: list[Correction] = []
    lines: _Lines | None = None
    for one in theirs:
        if one.pk in kept and one.pk not in here:
            lines = lines or _Lines(prepared(current).document, prepared(transcript).document)
            new.append(_carried(one, lines))
        elif one.pk not in kept and one.pk in here and here[one.pk] in standing(own):
            new.append(undoing_of(here[one.pk], one.made_by))
    return len(append_corrections(transcript, new, own))


class _Lines:
    """Where each line of a file stands in another version of it."""

    def __init__(self, old: Document, new: Document) -> None:
        before, after = list(paragraphs_of(old)), list(paragraphs_of(new))
        matcher = SequenceMatcher(
            None,
            [squeeze(one.text) for one in before],
            [squeeze(one.text) for one in after],
            autojunk=False,
        )
        self._pairs = [
            (before[block.a + at].line, after[block.b + at].line)
            for block in matcher.get_matching_blocks()
            for at in range(block.size)
        ]

    def moved(self, line: int) -> int:
        """Of the same paragraph; of one that changed, as far below the last that stayed."""
        at = bisect_right(self._pairs, line, key=lambda pair: pair[0]) - 1
        if at < 0:
            return line
        old, new = self._pairs[at]
        return new + line - old


def _carried(one: Correction, lines: _Lines) -> Correction:
    return Correction(
        kind=one.kind,
        line=None if one.line is None else lines.moved(one.line),
        text=one.text,
        value=one.value,
        before=one.before,
        made_by=one.made_by,
        carried_from=one,
    )
