"""Pending changes: what applying a transcript, or corrections that gathered, would change.

Nothing is foretold: it is applied in a transaction that is taken back, and what the conference
said before and after is compared.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from archive.editing.interpretation import rows_of, standing
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.editing.transcript_application import apply
from archive.editing.version_diff import Compared, compare_exports
from archive.exports.conference_json import conference_as_data
from archive.models import Conference, Correction, Transcript

# A reason is asked for when something public changes; what is only tried has none yet.
_NO_REASON = "–"


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """What applying would do to `conference` and what becomes of the corrections."""

    conference: Conference  # as it is now
    compared: Compared
    corrections: tuple[Correction, ...]  # after it, in order; those carried over among them

    @property
    def carried(self) -> list[Correction]:
        """Those of the transcript before that fit this one too."""
        return [one for one in self.corrections if one.carried_from_id and one.fits]

    @property
    def unfit(self) -> list[Correction]:
        return [one for one in self.corrections if not one.fits]


@retried
def pending_changes_of(transcript: Transcript, *, user: User | None) -> PendingChanges:
    """What applying `transcript` would change in its conference; nothing stays changed.

    Raises TranscriptError for what cannot be read or has no date, and ValueError without a
    conference. Takes as long as applying it.
    """
    conference = transcript.conference
    if conference is None:
        raise ValueError("A transcript of no conference would not change any.")
    with public_change():
        before = conference_as_data(conference)
        # Rows of its own: what is written on them is not taken back with the transaction.
        tried = Transcript.objects.get(pk=transcript.pk)
        after = conference_as_data(
            apply(tried, user=user, publish=False, reason=_NO_REASON).conference
        )
        corrections = tuple(standing(rows_of(tried)))
        transaction.set_rollback(True)
    return PendingChanges(conference, compare_exports(before, after), corrections)
