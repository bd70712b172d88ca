"""When a conference last changed: also when a part of it did, or the name of who is in it.

Conference.updated_at is what a reader's browser is told to compare. It follows the signals of the
archive, inside the transaction that makes the change.
"""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone

from archive.models import Appearance, Conference, Exchange, Outlet, OutletAlias, Speaker
from archive.panels import words_state
from archive.signals import conference_changed

_TABLES = {
    model.__name__: model._meta.db_table
    for model in (Appearance, Conference, Exchange, Outlet, OutletAlias, Speaker)
}


def archive_state() -> tuple[Any, ...]:
    """Another one whenever anything changed that a public page shows. One query."""
    return _state_of(Conference.objects.all())


def _state_of(conferences: QuerySet[Conference]) -> tuple[Any, ...]:
    state = conferences.aggregate(
        Count("pk"),
        Max("updated_at"),
        public=Count("pk", filter=Q(status=Conference.Status.PUBLISHED)),
    )
    return tuple(state.values())


def period_state(first: dt.date, last: dt.date) -> tuple[Any, ...]:
    """Another one whenever anything changed that the page of a period shows. Three queries.

    It shows the conferences from `first` to `last`, and leads to the nearest before and after.
    """
    own = _state_of(Conference.objects.filter(date__range=(first, last)))
    return *own, *Conference.objects.published().dates_around(first, last)


def conference_state(slug: str) -> tuple[Any, ...]:
    """Another one whenever anything changed that the pages of one conference show. Three queries.

    They show the conference, and lead to those before and after it.
    """
    known = Conference.objects.only("date", "slug", "status", "updated_at")
    conference = known.filter(slug=slug).first()
    if conference is None:
        return ()
    beside = Conference.objects.published().beside(conference)
    nearest = (near.values_list("pk", "updated_at").first() for near in beside)
    return conference.pk, conference.status, conference.updated_at, *nearest


def outlet_state(slug: str) -> tuple[Any, ...]:
    """Another one whenever anything changed that the page of an outlet shows. Two queries.

    It shows the outlet, its other names, and what is said, now or in the index, at the conferences
    at which it asked: whoever else is named there changes them when the name does.
    """
    known = _rows(
        "SELECT outlet.id, outlet.*, alias.name FROM {Outlet} outlet"
        " LEFT JOIN {OutletAlias} alias ON alias.outlet_id = outlet.id"
        " WHERE slug = %s ORDER BY alias.id",
        slug,
    )
    if not known:
        return ()
    pk = known[0][0]
    asked_at = "(SELECT conference_id FROM {Exchange} WHERE outlet_id = %s)"
    return *known, *_state_at(asked_at, pk), *words_state(Outlet, pk)


def speaker_state(slug: str) -> tuple[Any, ...]:
    """As outlet_state(), of a speaker, who appears wherever there is an answer. Two queries."""
    known = _rows("SELECT speaker.id, speaker.* FROM {Speaker} speaker WHERE slug = %s", slug)
    if not known:
        return ()
    pk = known[0][0]
    appeared_at = "(SELECT conference_id FROM {Appearance} WHERE speaker_id = %s)"
    return *known, *_state_at(appeared_at, pk), *words_state(Speaker, pk)


def _state_at(conferences: str, pk: int) -> list[tuple[Any, ...]]:
    """Of `conferences`, a subquery about `pk`. One that is new among them changed just now; that
    one is no longer among them is told by their number."""
    state = "SELECT COUNT(*), MAX(updated_at), COUNT(CASE WHEN status = %s THEN 1 END)"
    where = f" FROM {{Conference}} WHERE id IN {conferences}"
    return _rows(state + where, Conference.Status.PUBLISHED, pk)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What `sql` answers, which names tables by their models. Each page asks: Django would take
    several times as long to write the query as the database takes to answer it."""
    with connection.cursor() as cursor:
        cursor.execute(sql.format_map(_TABLES), values)
        return list(cursor.fetchall())


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
