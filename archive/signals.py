"""Signals by which the archive says that a conference changed. It does not know who listens."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import Signal

from archive.models import Answer, Appearance, Conference, Exchange, Outlet

# Sent with `conference_id`, inside the transaction that makes the change.
conference_changed = Signal()
# Sent after a run of many changes, outside any transaction.
batch_ended = Signal()
# Sent after another archive was put in the place of this one, outside any transaction.
archive_replaced = Signal()

_in_batch: ContextVar[bool] = ContextVar("in_batch", default=False)


def in_batch() -> bool:
    """Whether many changes are under way, so that a listener does better to wait for the end."""
    return _in_batch.get()


@contextmanager
def batch() -> Iterator[None]:
    """Many changes: listeners are told of each, and once more when all are made."""
    token = _in_batch.set(True)
    try:
        yield
    finally:
        _in_batch.reset(token)
        batch_ended.send(sender=None)


def _conference_of(instance: Model) -> int | None:
    match instance:
        case Conference():
            return instance.pk
        case Exchange() | Appearance():
            return instance.conference_id
        case Answer():
            # The exchange may be gone already, when a whole conference is being deleted.
            ids = Exchange.objects.filter(pk=instance.exchange_id)
            return ids.values_list("conference_id", flat=True).first()
    raise TypeError(f"{type(instance).__name__} is not part of a conference")


def _announce(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    conference_id = _conference_of(instance)
    if conference_id is not None:
        conference_changed.send(sender=sender, conference_id=conference_id)


def _announce_orphans(sender: type[Model], instance: Outlet, **_kwargs: Any) -> None:
    """An outlet that goes leaves its exchanges without one, by a plain UPDATE nobody hears."""
    for pk in instance.exchanges.order_by().values_list("conference_id", flat=True).distinct():
        conference_changed.send(sender=sender, conference_id=pk)


def connect() -> None:
    """Announce every saved or deleted row that belongs to a conference."""
    pre_delete.connect(_announce_orphans, sender=Outlet, dispatch_uid="announce-orphans")
    for model in (Conference, Exchange, Answer, Appearance):
        post_save.connect(_announce, sender=model, dispatch_uid=f"announce-save-{model.__name__}")
        post_delete.connect(
            _announce, sender=model, dispatch_uid=f"announce-delete-{model.__name__}"
        )
