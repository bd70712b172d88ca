"""When a conference last changed: also when a part of it did, or the name of who is in it.

Conference.updated_at is what a reader's browser is told to compare. It follows the signals of the
archive, inside the transaction that makes the change.
"""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone

from archive.models import Conference, Outlet, OutletAlias, Speaker
from archive.signals import conference_changed

# Asked for with nearly every page, so written out: the ORM takes longer to compose such a query
# than the database to answer it.
_STATE = """
    SELECT COUNT(*), MAX(updated_at), COUNT(CASE WHEN status = 'published' THEN 1 END)
    FROM archive_conference
"""
_PERIOD = """
    SELECT COUNT(*), MAX(updated_at), COUNT(CASE WHEN status = 'published' THEN 1 END),
        (SELECT MAX(date) FROM archive_conference WHERE status = 'published' AND date < %(first)s),
        (SELECT MIN(date) FROM archive_conference WHERE status = 'published' AND date > %(last)s)
    FROM archive_conference
    WHERE date BETWEEN %(first)s AND %(last)s
"""
_CONFERENCE = """
    SELECT own.id, own.status, own.updated_at,
        earlier.id, earlier.updated_at, later.id, later.updated_at
    FROM archive_conference AS own
    LEFT JOIN archive_conference AS earlier ON earlier.id = (
        SELECT id FROM archive_conference
        WHERE status = 'published' AND (date, slug) < (own.date, own.slug)
        ORDER BY date DESC, slug DESC LIMIT 1
    )
    LEFT JOIN archive_conference AS later ON later.id = (
        SELECT id FROM archive_conference
        WHERE status = 'published' AND (date, slug) > (own.date, own.slug)
        ORDER BY date, slug LIMIT 1
    )
    WHERE own.slug = %(slug)s
"""

State = tuple[Any, ...]


def archive_state() -> State:
    """Another one whenever anything changed that a public page shows. One query."""
    return _first(_STATE)


def period_state(first: dt.date, last: dt.date) -> State:
    """Another one whenever anything changed that the page of a period shows. One query.

    It shows the conferences from `first` to `last`, and leads to the nearest before and after.
    """
    return _first(_PERIOD, first=first, last=last)


def conference_state(slug: str) -> State:
    """Another one whenever anything changed that the pages of one conference show. One query.

    They show the conference, and lead to those before and after it.
    """
    return _first(_CONFERENCE, slug=slug)


def _first(query: str, **values: Any) -> State:
    """The first row as the database gives it: to be compared, not to be read."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone() or ()


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
