"""Backfill of corrections for what was written into rows before there were any."""

from collections.abc import Iterator

from archive.editing.interpretation import Understood, append_corrections, understand_transcript
from archive.editing.name_resolution import outlets_named
from archive.models import Conference, Correction, Transcript
from archive.parsing.facts import TEXTS
from archive.parsing.similarity import match_texts


def adopt(transcript: Transcript) -> list[Correction]:
    """Keep as corrections what the rows of its conference say and `transcript` does not.

    For a transcript nobody has ever corrected; its rows may have been edited by hand. Only what
    the file leaves open is taken: of the rest nobody knows whether an editor or an earlier parser
    wrote it. Nothing of one that waits, for no rows are made of it. Raises TranscriptError.
    """
    conference = transcript.conference
    if transcript.applied_at is None or conference is None:
        return []
    understood = understand_transcript(transcript)
    found = [*_about(understood, conference), *_offices(understood, conference)]
    found += _outlets(understood, conference)
    return append_corrections(transcript, found, ())


def _about(understood: Understood, conference: Conference) -> Iterator[Correction]:
    for field in TEXTS:
        value = getattr(conference, field)
        if value and not getattr(understood.parsed, field):
            yield Correction(kind="about", value={"field": field, "value": value})


def _offices(understood: Understood, conference: Conference) -> Iterator[Correction]:
    told = {speaker.name: speaker.role for speaker in understood.parsed.speakers}
    for one in conference.appearances.select_related("speaker"):
        name = one.speaker.name
        if one.role and told.get(name) == "":
            yield Correction(kind="office", value={"name": name, "role": one.role})


def _outlets(understood: Understood, conference: Conference) -> Iterator[Correction]:
    """Outlets that were chosen for labels nobody knows."""
    parsed = understood.parsed.exchanges
    rows = list(conference.exchanges.for_reading().order_by("position"))
    known = outlets_named({one.asked_by for one in parsed})
    kept = match_texts([row.words for row in rows], [one.words for one in parsed])
    for at, index in sorted(kept.items()):
        row, one = rows[index], parsed[at]
        asked = next((n for n in one.turns if understood.turns[n].kind == "question"), None)
        if row.outlet is None or known.get(one.asked_by) or asked is None:
            continue
        if row.asked_by == one.asked_by:
            first = understood.turns[asked].paragraphs[0]
            value = {"outlet": row.outlet.slug, "asked_by": one.asked_by, "reporter": one.reporter}
            yield Correction(kind="asker", line=first.line, text=first.text, value=value)
