"""Draft, published, withdrawn: the one way from one to another, each recorded.

Every function takes the row first and decides by what it finds then, so of two that come at once
the second sees what the first did: the last one to commit wins, and nothing is done twice.
"""

import datetime as dt

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from archive.editing import revisions
from archive.editing.public_change import public_change
from archive.editing.publishing_right import ReasonWanted
from archive.editing.retries import retried
from archive.models import Conference, Revision

DRAFT, PUBLISHED, WITHDRAWN = Conference.Status


class NotPossible(ValueError):
    """What was asked does not fit the state the conference is in. The text says which."""


@retried
def publish(conference: Conference, *, user: User | None, reason: str = "") -> Revision | None:
    """Make a draft, or what was withdrawn, public. None when it was public already.

    Raises ReasonWanted where readers read that it was withdrawn, and not why it is there again.
    """
    with public_change():
        row = _taken(conference)
        if row.status == PUBLISHED:
            return None
        if row.status == WITHDRAWN and not reason.strip():
            raise ReasonWanted
        _set(row, conference, status=PUBLISHED, publish_at=None, withdrawn_because="")
        _log(row, user, "status")
        return revisions.record_revision(row, Revision.Event.PUBLISHED, user=user, reason=reason)


@retried
def withdraw(conference: Conference, *, user: User | None, reason: str) -> Revision | None:
    """Take a public conference back; its page says when and why. None when it was withdrawn.

    Raises NotPossible for a draft and where there is no reason.
    """
    if not reason.strip():
        raise NotPossible("A conference is withdrawn for a reason. Say which.")
    with public_change():
        row = _taken(conference)
        if row.status == WITHDRAWN:
            return None
        if row.status == DRAFT:
            raise NotPossible("A draft was never public, so there is nothing to withdraw.")
        _set(row, conference, status=WITHDRAWN, withdrawn_because=reason.strip())
        _log(row, user, "status")
        event = Revision.Event.WITHDRAWN
        return revisions.record_revision(row, event, user=user, reason=reason.strip())


@retried
def schedule(conference: Conference, when: dt.datetime, *, user: User | None) -> None:
    """Have a draft published at `when`, or as soon after as somebody looks.

    Raises NotPossible for what is no draft (any more).
    """
    with public_change():
        row = _taken(conference)
        if row.status != DRAFT:
            raise NotPossible("Only a draft is published at a set time.")
        _set(row, conference, publish_at=when)
        _log(row, user, "publish_at")


@retried
def unschedule(conference: Conference, *, user: User | None) -> None:
    """Let a draft wait again until somebody publishes it."""
    with public_change():
        row = _taken(conference)
        if row.publish_at is not None:
            _set(row, conference, publish_at=None)
            _log(row, user, "publish_at")


def publish_due(now: dt.datetime) -> list[Conference]:
    """Publish every draft whose time has come. One query where there is none.

    Any number of processes may do it at once: each conference is published by one of them.
    """
    due = Conference.objects.filter(status=DRAFT, publish_at__lte=now).order_by("publish_at")
    return [one for pk in list(due.values_list("pk", flat=True)) if (one := _publish_due(pk, now))]


def _publish_due(pk: int, now: dt.datetime) -> Conference | None:
    """None when another is at work on it, was quicker, or the time was changed meanwhile."""
    with public_change():
        # Whoever comes waits for nobody: a reader may, and the next will look again.
        free = Conference.objects.select_for_update(skip_locked=True)
        due = free.filter(status=DRAFT, publish_at__lte=now)
        conference = due.filter(pk=pk).first()
        if conference is not None:
            publish(conference, user=_scheduled_by(conference))
        return conference


def _taken(conference: Conference) -> Conference:
    """The row as it is now, held until the transaction ends."""
    return Conference.objects.select_for_update().get(pk=conference.pk)


def _set(row: Conference, shown: Conference, **values: object) -> None:
    """Saved, not updated: the index hears of it. `shown` is the caller's copy of the row."""
    for name, value in values.items():
        setattr(row, name, value)
        setattr(shown, name, value)
    row.save(update_fields=[*values, "updated_at"])


def _log(conference: Conference, user: User | None, field: str) -> None:
    """Into the history that the admin shows of the conference."""
    if user is not None:
        told = [{"changed": {"fields": [field]}}]
        LogEntry.objects.log_actions(user.pk, [conference], CHANGE, told, single_object=True)


def _scheduled_by(conference: Conference) -> User | None:
    """Who set the time at which it is to be published, as the history knows. One query."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Conference),
        object_id=str(conference.pk),
        change_message__contains='"publish_at"',
    )
    entry = entries.select_related("user").order_by("-pk").first()
    return entry.user if entry else None
