"""Entries of the audit log about accounts that are no change of a field."""

from auditlog.models import LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model


def record_change(
    row: Model, name: str, before: str, after: str, by: User | AnonymousUser | None
) -> None:
    """Record that `name` of `row` was `before` and is `after`, by whom; None for a command."""
    LogEntry.objects.log_create(
        row,
        action=LogEntry.Action.UPDATE,
        changes={name: (before, after)},
        actor=by if isinstance(by, User) else None,
        force_log=True,
    )
