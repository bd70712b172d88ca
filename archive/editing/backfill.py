"""Backfill of corrections for what was written into rows before there were any."""

from collections.abc import Iterator
from typing import Any

from archive.editing.interpretation import Understood, understand_transcript
from archive.editing.name_resolution import outlets_named
from archive.models import Conference, Correction, Transcript
from archive.parsing.facts import TEXTS
from archive.parsing.similarity import match_texts

_Value = tuple[str, int | None, str, dict[str, Any]]  # kind, line, text and value of a correction


def adopt(transcript: Transcript, conference: Conference) -> list[Correction]:
    """Keep as corrections what the rows of `conference` say and its current transcript does not.

    For a transcript nobody has ever corrected; its rows may have been edited by hand. Only what
    the file leaves open is taken: of the rest nobody knows whether an editor or an earlier parser
    wrote it. Raises TranscriptError.
    """
    understood = understand_transcript(transcript)
    found = [*_about(understood, conference), *_offices(understood, conference)]
    found += _outlets(understood, conference)
    rows = [
        Correction(
            transcript=transcript, number=number, kind=kind, line=line, text=text, value=value
        )
        for number, (kind, line, text, value) in enumerate(found, start=1)
    ]
    for row in rows:
        row.save()
    return rows


def _about(understood: Understood, conference: Conference) -> Iterator[_Value]:
    for field in TEXTS:
        value = getattr(conference, field)
        if value and not getattr(understood.parsed, field):
            yield "about", None, "", {"field": field, "value": value}


def _offices(understood: Understood, conference: Conference) -> Iterator[_Value]:
    told = {speaker.name: speaker.role for speaker in understood.parsed.speakers}
    for one in conference.appearances.select_related("speaker"):
        name = one.speaker.name
        if one.role and told.get(name) == "":
            yield "office", None, "", {"name": name, "role": one.role}


def _outlets(understood: Understood, conference: Conference) -> Iterator[_Value]:
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
            yield "asker", first.line, first.text, value
