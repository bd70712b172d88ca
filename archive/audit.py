"""The audit log: who changed what, when, before and after, by django-auditlog.

Exchanges and answers are not among them: they are made from a file and its corrections, which are.
"""

from typing import Any

from auditlog.middleware import AuditlogMiddleware
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from archive import models

# Of each model the fields that are not recorded: what is made from others, and what is too long.
_RECORDED: dict[type[Model], list[str]] = {
    models.Conference: ["created_at", "updated_at", "change", "refs_given"],
    models.Appearance: [],
    models.Outlet: [],
    models.OutletAlias: ["folded"],
    models.IgnoredLabel: ["folded"],
    models.Speaker: [],
    models.SpeakerAlias: [],
    models.MovedAddress: [],
    models.NameChange: ["moved", "conferences", "row", "other"],
    models.Transcript: ["content", "problems"],
    models.Correction: ["carried_from"],
    models.Revision: ["packed"],
    models.ErrorReport: ["contact"],  # what a reader gives of himself goes with the report
    User: ["last_login"],
    Group: [],
}
_MEMBERS: dict[type[Model], set[str]] = {
    User: {"groups", "user_permissions"},
    Group: {"permissions"},
}


def connect() -> None:
    """Record every saved or deleted row of these models."""
    for model, left_out in _RECORDED.items():
        auditlog.register(
            model,
            # auditlog would take what points to a row for one of its fields, with a query each.
            include_fields=[field.name for field in model._meta.concrete_fields],
            exclude_fields=left_out,
            mask_fields=["password"],
            mask_callable="archive.audit.masked",
            m2m_fields=_MEMBERS.get(model, set()),
        )


def masked(_value: str) -> str:
    """That a password was changed is told, and nothing of it."""
    return "•••"


class AuditMiddleware(AuditlogMiddleware):  # type: ignore[misc]
    """Says who is asking to whatever is recorded, and only that: no address, no correlation id.

    Pages that change nothing never look at the session, so they stay the same for everybody.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            response: HttpResponse = self.get_response(request)
        else:
            response = super().__call__(request)
        return response

    def get_extra_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"actor": request.user}  # looked up when something is recorded


def note(row: Model, changes: dict[str, tuple[str, str]], *, user: User | None) -> None:
    """Record what happened to `row` that is no change of a field: before and after, by name."""
    LogEntry.objects.log_create(
        row, action=LogEntry.Action.UPDATE, changes=changes, actor=user, force_log=True
    )
