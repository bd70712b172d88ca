"""Propagation of updated_at: a conference has changed when a part or a name in it has.

Conference.updated_at is what a reader's browser is told to compare (archive.http_cache.state). It
follows the signals of the archive, inside the transaction that makes the change.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone

from archive.models import Conference, Outlet, OutletAlias, Speaker
from archive.signals import conference_changed


def connect() -> None:
    conference_changed.connect(_touch, dispatch_uid="touch-conference")
    pre_delete.connect(_touch_named, sender=Outlet, dispatch_uid="touch-before-Outlet")
    for model in (Outlet, OutletAlias, Speaker):
        post_save.connect(_touch_named, sender=model, dispatch_uid=f"touch-{model.__name__}")
    post_delete.connect(_touch_named, sender=OutletAlias, dispatch_uid="touch-gone-OutletAlias")


def _touch(sender: type[Model], conference_id: int, **_kwargs: Any) -> None:
    Conference.objects.filter(pk=conference_id).update(updated_at=timezone.now())


def _touch_named(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """The conferences that show the name of an outlet or a speaker."""
    match instance:
        case Outlet():
            named = Conference.objects.filter(exchanges__outlet=instance)
        case OutletAlias():
            named = Conference.objects.filter(exchanges__outlet=instance.outlet_id)
        case Speaker():
            answered = Conference.objects.filter(exchanges__answers__speaker=instance)
            named = Conference.objects.filter(appearances__speaker=instance) | answered
        case _:
            raise TypeError(f"{type(instance).__name__} has no name that is shown")
    keys = named.order_by().values("pk")
    Conference.objects.filter(pk__in=keys).update(updated_at=timezone.now())
