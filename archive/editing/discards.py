"""Transcripts and drafts that editors throw away; a transcript can be restored for a day."""

import datetime as dt
from collections import Counter

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.editing.public_change import public_change
from archive.editing.publication import NotPossible
from archive.models import Conference, Correction, Transcript

RESTORABLE = dt.timedelta(days=1)
DISCARD_OTHERS = "archive.publish_conference"  # the right to discard what others put right


class AppliedMeanwhile(ValueError):
    """A transcript does not wait any more: it was applied to a conference, and is kept."""


class CorrectedByOthers(ValueError):
    """Somebody else corrected a transcript, and who would discard it may not."""


def count_corrections(*transcripts: Transcript) -> list[tuple[str, int]]:
    """Who corrected them, the most frequent first, and how often. One query."""
    made = Correction.objects.filter(transcript__in=transcripts)
    names = made.values_list("made_by__username", flat=True)
    return Counter(name or _("somebody") for name in names).most_common()


def may_discard(transcript: Transcript, user: User) -> bool:
    """Whether nobody else corrected it, or `user` may discard what others did. One query."""
    theirs = transcript.corrections.exclude(made_by=user)
    return user.has_perm(DISCARD_OTHERS) or not theirs.exists()


def discard(waiting: Transcript, *, user: User) -> None:
    """Have a transcript wait no more; it and its corrections can be restored for RESTORABLE.

    Raises AppliedMeanwhile, and CorrectedByOthers where `user` may not.
    """
    with transaction.atomic():
        # Locked: somebody may be applying or correcting it just now.
        row = Transcript.objects.waiting().select_for_update().filter(pk=waiting.pk).first()
        if row is None:
            raise AppliedMeanwhile("What was applied to a conference is kept.")
        if not may_discard(row, user):
            raise CorrectedByOthers("Somebody else corrected it.")
        row.discarded_at, row.discarded_by = timezone.now(), user
        row.save(update_fields=["discarded_at", "discarded_by"])


def undiscard(discarded: Transcript) -> bool:
    """Let a discarded transcript wait again, as it was. False where it is not there any more."""
    with transaction.atomic():
        rows = Transcript.objects.discarded().select_for_update()
        row = rows.filter(pk=discarded.pk).first()
        if row is None:
            return False
        row.discarded_at = row.discarded_by = None
        row.save(update_fields=["discarded_at", "discarded_by"])
    return True


def remove_discarded(now: dt.datetime) -> int:
    """Remove for good what was discarded longer ago than RESTORABLE; answers how many.

    One query where there is none.
    """
    old = Transcript.objects.discarded().filter(discarded_at__lte=now - RESTORABLE)
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            # Looked at again: it may have been restored just now.
            row = old.select_for_update().defer("content").filter(pk=pk).first()
            if row is not None:
                row.delete()
                count += 1
    return count


def delete_draft(conference: Conference) -> None:
    """Delete a draft for good, with its files and their corrections.

    Raises NotPossible for what is or was public, of which a page stays.
    """
    with public_change():
        row = Conference.objects.select_for_update().get(pk=conference.pk)
        if not row.is_draft or row.revisions.exists():
            raise NotPossible("What was public is withdrawn, not deleted.")
        row.delete()
