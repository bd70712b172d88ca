"""public_change(): the only way to write rows that readers see, and what gives it a number.

Lists compare the archive's number, a conference its own (archive.http_cache.state). Numbers are
taken by an UPDATE of one row, which holds that row until the commit: their order is the order of
commits, whatever clocks say, and a reader who sees a number sees all that has a lower one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.utils import timezone

from archive.editing import tallies
from archive.models import ArchiveNumber, Conference, ConferenceTally, Outlet, Revision, Speaker
from archive.models.tallies import new_series
from archive.signals import archive_replaced, conference_changed

# Of these anything may be shown to readers; drafts are in the same ones.
GUARDED = (
    *("conference", "exchange", "answer", "appearance", "revision"),
    *("outlet", "outletalias", "speaker", "speakeralias"),
)
# Who made a version is for editors alone, and is forgotten with the account.
_FORGETS_EDITOR = 'UPDATE "archive_revision" SET "made_by_id" = NULL'
_WRITE = re.compile(
    r"\s*(?:INSERT\s(?:OR \w+ )?INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"
    rf'"?(archive_(?:{"|".join(GUARDED)}))\b',
    re.IGNORECASE,
)
_AT_ONCE = 500  # rows of one query
_FIRST = 1  # the number of whatever an older version made public

# The conferences that the change under way is about; None where there is none.
_concerned: ContextVar[set[int] | None] = ContextVar("concerned", default=None)
_migrating: ContextVar[bool] = ContextVar("migrating", default=False)


class WrittenOutside(RuntimeError):
    """Rows that readers see were about to be written outside public_change(): nobody would be
    told, and pages that are kept would go on showing what was."""


@contextmanager
def public_change() -> Iterator[None]:
    """A transaction that may change what readers see; all or nothing, and seen at once.

    Where a conference is concerned that is or was public, its last statements take the archive's
    next number and give it to each; drafts take none. Inside another one it is a part of that,
    and the outermost takes the number.
    """
    if _concerned.get() is not None:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        concerned: set[int] = set()
        token = _concerned.set(concerned)
        try:
            yield
            if concerned and not transaction.get_rollback():
                _give_number(concerned)
        finally:
            _concerned.reset(token)


def concern(keys: Iterable[int]) -> None:
    """Say that the conferences of these primary keys change. Raises WrittenOutside."""
    concerned = _concerned.get()
    if concerned is None:
        raise WrittenOutside("A conference changes outside public_change().")
    concerned.update(keys)


def _give_number(concerned: set[int]) -> None:
    """The next number to those of `concerned` that are or were public; to all, when they changed.

    Their rows are locked first, and the number's last: whoever has the number waits for nobody.
    """
    now = timezone.now()
    keys = sorted(concerned)
    for some in _by_hundreds(keys):
        rows = Conference.objects.filter(pk__in=some).order_by("pk")
        known = dict(rows.select_for_update(no_key=True).values_list("pk", "status"))
        counted = ConferenceTally.objects.filter(conference_id__in=some)
        public = {pk for pk, status in known.items() if status != Conference.Status.DRAFT}
        public.update(counted.values_list("conference_id", flat=True))
        Conference.objects.filter(pk__in=known).update(updated_at=now)
        concerned.difference_update(set(some) - public)
    if not concerned:
        return
    public_keys = sorted(concerned)
    n = _next_number()
    for some in _by_hundreds(public_keys):
        Conference.objects.filter(pk__in=some).update(change=n)
        tallies.recount(some, n)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_archivenumber (id, n, series) VALUES (1, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET n = archive_archivenumber.n + 1 RETURNING n",
            [_FIRST, new_series()],
        )
        n: int = cursor.fetchone()[0]
    return n


def _by_hundreds(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _refuse_outside(
    execute: Callable[..., Any], sql: str, params: Any, *many_and_context: Any
) -> Any:
    """Django's wrapper of every statement: lets through what does not write what readers see."""
    is_free = (
        _concerned.get() is not None or _migrating.get() or str(sql).startswith(_FORGETS_EDITOR)
    )
    if not is_free and (found := _WRITE.match(str(sql))):
        raise WrittenOutside(
            f"{found[1]} is written outside archive.editing.public_change.public_change(). Do it "
            "inside, or pages would go on showing what was."
        )
    return execute(sql, params, *many_and_context)


def _watch(sender: Any, connection: Any, **_kwargs: Any) -> None:
    if _refuse_outside not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refuse_outside)


def _hear(sender: type[Model], conference_id: int, **_kwargs: Any) -> None:
    concern([conference_id])


def _hear_revision(sender: type[Model], instance: Revision, **_kwargs: Any) -> None:
    concern([instance.conference_id])


def _hear_name(
    sender: type[Model], instance: Outlet | Speaker, *, created: bool, **_kwargs: Any
) -> None:
    """The conferences that show a name that changed; one that is new is shown nowhere yet."""
    if created:
        return
    if isinstance(instance, Outlet):
        shown = [Conference.objects.filter(exchanges__outlet=instance)]
    else:
        shown = [
            Conference.objects.filter(appearances__speaker=instance),
            Conference.objects.filter(exchanges__answers__speaker=instance),
        ]
    for rows in shown:
        concern(rows.order_by().values_list("pk", flat=True).distinct())


def _begin_migrating(**_kwargs: Any) -> None:
    _migrating.set(True)


def _end_migrating(apps: Any = apps, **_kwargs: Any) -> None:
    """Number and count what an older version made public, once."""
    _migrating.set(False)
    if "archivenumber" in apps.all_models["archive"] and not ArchiveNumber.objects.exists():
        with public_change():
            _next_number()
            Conference.objects.ever_public().update(change=_FIRST)
            tallies.count_all(_FIRST)


def count_anew() -> None:
    """Tallies made anew, and a number for that: pages showed what was wrong."""
    with public_change():
        tallies.count_all(_next_number())


def _begin_series(**_kwargs: Any) -> None:
    """What came from a backup counts on from an older number, with other changes."""
    ArchiveNumber.objects.update(series=new_series())


def connect() -> None:
    """Hear of every change, and refuse those that nobody would hear of."""
    conference_changed.connect(_hear, dispatch_uid="change-conference")
    post_save.connect(_hear_revision, sender=Revision, dispatch_uid="change-revision")
    for model in (Outlet, Speaker):
        post_save.connect(_hear_name, sender=model, dispatch_uid=f"change-{model.__name__}")
    archive = apps.get_app_config("archive")
    pre_migrate.connect(_begin_migrating, sender=archive, dispatch_uid="begin-migrating")
    post_migrate.connect(_end_migrating, sender=archive, dispatch_uid="end-migrating")
    archive_replaced.connect(_begin_series, dispatch_uid="begin-series")
    connection_created.connect(_watch, dispatch_uid="watch-writes")
