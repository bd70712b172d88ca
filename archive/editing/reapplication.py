"""The archive made anew from its files and corrections, one conference at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import transaction

from archive.editing.backfill import adopt
from archive.editing.interpretation import rows_of, standing
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.editing.revisions import is_as_in
from archive.editing.transcript_application import apply_held, hold
from archive.exports.conference_json import conference_as_data
from archive.models import Conference, Correction, Transcript
from archive.parsing.records import TranscriptError


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What became of one conference. `told` says what changed or why it failed."""

    slug: str
    outcome: Literal["changed", "unchanged", "skipped", "refused", "failed"]
    told: str = ""
    unfit: tuple[Correction, ...] = ()  # corrections that do not fit any more, and did before
    is_public: bool = False  # readers would see it, so that a reason is wanted


def current_of(slugs: Sequence[str]) -> tuple[list[int], list[str]]:
    """Keys of the current transcripts of the conferences of those slugs, or of all, the oldest
    first; and the slugs that have none."""
    rows = Transcript.objects.current().order_by("conference__date", "conference__slug")
    pairs = list(rows.values_list("pk", "conference__slug"))
    if not slugs:
        return [pk for pk, _slug in pairs], []
    known = {slug: pk for pk, slug in pairs}
    return [known[slug] for slug in slugs if slug in known], [s for s in slugs if s not in known]


@retried
def reapply(key: int, *, reason: str = "", dry_run: bool = False) -> Reapplied:
    """Make the conference of a current transcript anew. What fails stays as it was.

    A public conference that would change without a reason is refused. One with corrections that
    readers do not see yet is skipped: an editor is at work there, and says when they are
    published. Raises ValueError when it was
    applied to none, and Superseded.
    """
    transcript = Transcript.objects.select_related("conference").get(pk=key)
    conference = transcript.conference
    if conference is None:
        raise ValueError(f"{transcript} was applied to no conference.")
    slug = conference.slug
    try:
        with public_change():
            done = _reapply(transcript, conference, reason.strip())
            if done.is_public and not reason.strip() and not dry_run:
                done = replace(done, outcome="refused")
            if dry_run or done.outcome == "refused":
                transaction.set_rollback(True)
            return done
    except TranscriptError as error:
        return Reapplied(slug, "failed", str(error))


def _reapply(transcript: Transcript, conference: Conference, reason: str) -> Reapplied:
    hold(transcript)
    rows = rows_of(transcript)
    applied = transcript.applied_at
    if conference.is_published and any(applied and row.made_at > applied for row in rows):
        told = "corrections wait to be published; publish or undo them first"
        return Reapplied(conference.slug, "skipped", told)
    rows = rows or adopt(transcript)
    fitted = {row.pk for row in standing(rows) if row.fits}
    before = conference_as_data(conference)
    slug, last = conference.slug, conference.revisions.defer("packed").first()
    conference = apply_held(transcript, user=None, publish=False, reason=reason or None).conference
    told = _told(before, conference_as_data(conference))
    unfit = [row for row in standing(rows_of(transcript)) if row.pk in fitted and not row.fits]
    # What readers see may differ from the rows of before, too: by names, in old archives.
    if not told and last is not None and not is_as_in(last, conference):
        told = "its newest version says something else"
    is_public = bool(told) and conference.is_published
    return Reapplied(slug, "changed" if told else "unchanged", told, tuple(unfit), is_public)


def _told(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What changed: fields, and how many exchanges came, went or changed; "" for nothing."""
    old, new = ({one["ref"]: one for one in data["exchanges"]} for data in (before, after))
    fields = [name for name in before if name != "exchanges" and before[name] != after[name]]
    counts = {
        "new": len(new.keys() - old.keys()),
        "gone": len(old.keys() - new.keys()),
        "changed": sum(old[ref] != new[ref] for ref in old.keys() & new.keys()),
    }
    exchanges = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return "; ".join([*fields, *([f"exchanges: {exchanges}"] if exchanges else [])])
