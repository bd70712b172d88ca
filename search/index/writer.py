"""The only writer of the index: queue, drain, rebuild beside and swap."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from archive.models import Conference, Exchange, OutletAlias, shown_speakers
from archive.signals import archive_replaced, batch_ended, conference_changed, in_batch
from search import analysis
from search.engine import engine
from search.engine.errors import IndexBusy, IndexDiffers, IndexUnavailable, IndexUnreadable
from search.engine.protocol import IndexChanges, IndexContents, PreparedPart
from search.index import documents
from search.index.comparison import Comparison
from search.index.follower import Follower
from search.models import IndexTask

logger = logging.getLogger(__name__)

# Conferences that go into one commit: one Whoosh segment each time, and the lock is held so long.
_BATCH = 100
# How long somebody's request may wait for another writer, and how long it may write, before what
# is left stays in the queue for `manage.py index`.
_PATIENCE = 2.0

_follower = Follower()

Progress = Callable[[int, int], None]  # conferences done, conferences in all


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def connect() -> None:
    """Listen to the archive."""
    conference_changed.connect(_queue, dispatch_uid="queue-for-index")
    batch_ended.connect(_drain_after_batch, dispatch_uid="drain-after-batch")
    archive_replaced.connect(_rebuild_after_restore, dispatch_uid="rebuild-after-restore")


def drain(*, seconds: float | None = None, retry: bool = False, progress: Progress = silent) -> int:
    """Bring the index up to date with every queued change; answers how many conferences that was.

    `seconds` bounds the wait for another writer, and then the work: what is not done in time stays
    queued. `retry` does again what was set aside. Raises IndexUnavailable or IndexBusy; the queue
    then keeps what it had. Queries the database.
    """
    if retry:
        IndexTask.objects.set_aside().update(error="", failed_at=None)
    if not IndexTask.objects.waiting().exists():
        return 0
    patience = settings.INDEX_LOCK_SECONDS if seconds is None else seconds
    with engine().writing(seconds=patience):
        until = None if seconds is None else time.monotonic() + seconds
        return _drain(progress, until)


def warm() -> None:
    """Load what the first search would wait for: the index with its names, and the dictionary."""
    try:
        require()
    except IndexUnavailable as error:
        logger.warning("%s", error)
    analysis.load_dictionary()


def require() -> None:
    """Raises IndexUnavailable unless there is an index that may be asked."""
    engine().state()


def rebuild(*, progress: Progress = silent) -> int:
    """Make the index anew from the database beside the live one, compare the two, and swap it in.

    Answers the number of documents. Raises IndexBusy, IndexUnreadable, and IndexDiffers when the
    new one is wrong. Queries the database.
    """
    with engine().writing(seconds=settings.INDEX_LOCK_SECONDS):
        # Whatever is queued by now will be read after that.
        known = list(IndexTask.objects.values_list("pk", flat=True))
        index = engine().create(_names())
        try:
            with index.changes() as changes:
                documents, failures = _add_everything(changes, progress)
            _require_the_same(index.contents(), known, besides=set(failures))
            index.swap_in()
        except BaseException:
            # Interrupted or failed: the live index goes on as it was.
            index.discard()
            raise
        _start_afresh(known, failures)
        _drain(silent)  # what changed while we were building
    return documents


def _add_everything(changes: IndexChanges, progress: Progress) -> tuple[int, dict[int, str]]:
    """Write every published conference; answers the number of documents, and what went wrong."""
    published = Conference.objects.published().order_by("pk")
    pks = list(published.values_list("pk", flat=True))
    documents, failures = 0, {}
    for done, pk in enumerate(pks, start=1):
        prepared = _prepare(pk)
        if isinstance(prepared, str):
            failures[pk] = prepared
        else:
            changes.replace(pk, prepared)
            documents += len(prepared)
        progress(done, len(pks))
    return documents, failures


def _require_the_same(index: IndexContents, known: list[int], *, besides: set[int]) -> None:
    """Raises IndexDiffers unless the index holds what the database does.

    What is queued since `known` changed while the index was made, and is done after the swap.
    """
    comparison = Comparison(index)
    different = [one for one in map(comparison.of, comparison.conferences()) if one]
    queued = IndexTask.objects.values_list("pk", "conference_id")
    before = set(known)
    expected = besides | {conference for pk, conference in queued if pk not in before}
    wrong = [one for one in different if one.conference not in expected]
    if wrong:
        raise IndexDiffers(
            f"The new index differs from the database in {len(wrong)} conferences (first: number "
            f"{wrong[0].conference}, {wrong[0].what}). The one before stays in use. Run: "
            "python manage.py verify_archive"
        )


def _start_afresh(known: list[int], failures: dict[int, str]) -> None:
    """Forget what was queued or set aside before, and set aside what fails now."""
    with transaction.atomic():
        for at in range(0, len(known), _BATCH):
            IndexTask.objects.filter(pk__in=known[at : at + _BATCH]).delete()
        _set_aside(failures)


def _set_aside(failures: dict[int, str]) -> None:
    now = timezone.now()
    for conference, error in failures.items():
        logger.error("Conference %d cannot be indexed: %s", conference, error)
        IndexTask.objects.create(conference_id=conference, error=error, failed_at=now)


def _queue(sender: Any, conference_id: int, **_kwargs: Any) -> None:
    """Note the change in its own transaction, and see to the index once that is committed."""
    # A row for each change, even of one conference: a drain that is under way may have read the
    # conference already, and removes only the rows it saw.
    IndexTask.objects.create(conference_id=conference_id)
    hooks = transaction.get_connection().run_on_commit
    if in_batch():
        _follower.begin_when_due()
    elif not any(hook[1] is _drain_soon for hook in hooks):
        transaction.on_commit(_drain_soon, robust=True)


def _drain_soon() -> None:
    try:
        drain(seconds=_PATIENCE)
    except (IndexBusy, IndexUnavailable, OSError) as error:
        logger.warning("A change is saved and waits for the index. %s", error)


def _drain_after_batch(sender: Any, **_kwargs: Any) -> None:
    _follower.end()
    try:
        drain_or_rebuild()
    except (IndexBusy, IndexUnreadable, OSError) as error:
        logger.warning("The changes are saved and wait for the index. %s", error)


def drain_or_rebuild() -> None:
    """drain(), or make the index where there is none. Raises as both do."""
    try:
        drain()
    except IndexUnreadable:
        raise
    except IndexUnavailable:
        rebuild()


def _rebuild_after_restore(sender: Any, **_kwargs: Any) -> None:
    rebuild()


def _drain(progress: Progress, until: float | None = None) -> int:
    """Empty the queue, or stop at `until` of time.monotonic(). The caller holds the lock."""
    done = 0
    while tasks := _next_tasks():
        failures: dict[int, str] = {}
        seen: list[int] = []
        with engine().changes() as changes:
            for conference, rows in tasks.items():
                if seen and until is not None and time.monotonic() > until:
                    break
                _renew(changes, conference, failures)
                seen += rows
                done += 1
                progress(done, done + len(tasks))
        _settle(seen, failures)
        if until is not None and time.monotonic() > until:
            break
    return done


def _next_tasks() -> dict[int, list[int]]:
    """The next conferences of the queue, in the order in which they changed, and their tasks."""
    tasks: dict[int, list[int]] = {}
    waiting = IndexTask.objects.waiting().values_list("pk", "conference_id")
    for pk, conference in waiting[: _BATCH * 10]:
        tasks.setdefault(conference, []).append(pk)
    return tasks


def _renew(changes: IndexChanges, conference: int, failures: dict[int, str]) -> None:
    """Put what the database has of a conference now in the place of what the index has."""
    prepared = _prepare(conference)
    if isinstance(prepared, str):
        failures[conference] = prepared
    changes.replace(conference, () if isinstance(prepared, str) else prepared)


def _settle(seen: list[int], failures: dict[int, str]) -> None:
    """Forget the tasks that were done, and set aside those that could not be."""
    with transaction.atomic():
        # Just the rows that were read: one that is committed meanwhile may have a lower number.
        done = IndexTask.objects.filter(pk__in=seen)
        conferences = list(done.values_list("conference_id", flat=True))
        IndexTask.objects.set_aside().filter(conference_id__in=conferences).delete()
        done.delete()
        _set_aside(failures)


def _names() -> list[str]:
    """Who asks and who answers: names that jieba is to keep whole. Two queries."""
    # Asked of the exchanges: PostgreSQL may count the questions of all outlets anew for each alias.
    asked = Exchange.objects.published().exclude(outlet=None).values("outlet")
    outlets = OutletAlias.objects.filter(outlet__in=asked)
    speakers = shown_speakers().values_list("name", flat=True)
    return [*outlets.values_list("name", flat=True), *speakers]


def _prepare(pk: int) -> list[PreparedPart] | str:
    """The parts of a conference, or why it cannot be indexed. Two queries.

    Whatever may fail of one conference fails here, before anything of it is written.
    """
    try:
        return engine().prepare(documents.of_conference(pk))
    except (DatabaseError, OSError, MemoryError):
        raise  # that is no fault of this conference
    except Exception as error:  # one conference never stops the others
        logger.debug("Conference %d cannot be indexed", pk, exc_info=True)
        return f"{type(error).__name__}: {error}"
