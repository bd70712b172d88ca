"""The only writer of the index: queue, drain, rebuild beside and swap."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from haystack import connections

from archive.models import Conference, Exchange, OutletAlias, Speaker
from archive.signals import batch_ended, conference_changed, in_batch
from search import analysis, parts
from search.engine.backend import DawenSearchBackend, IndexWriter, add_part, new_writer
from search.engine.generations import IndexBusy, IndexUnavailable
from search.models import IndexTask

logger = logging.getLogger(__name__)

# Conferences that go into one commit: one Whoosh segment each time, and the lock is held so long.
_BATCH = 100
# How long somebody's request may wait for another writer before its change is left in the queue.
_PATIENCE = 2.0

Progress = Callable[[int, int], None]  # conferences done, conferences in all


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def connect() -> None:
    """Listen to the archive."""
    conference_changed.connect(_queue, dispatch_uid="queue-for-index")
    batch_ended.connect(_drain_after_batch, dispatch_uid="drain-after-batch")


def drain(*, seconds: float | None = None, progress: Progress = silent) -> int:
    """Bring the index up to date with every queued change; answers how many conferences that was.

    Raises IndexUnavailable or IndexBusy; the queue then keeps what it had. Queries the database.
    """
    if not IndexTask.objects.exists():
        return 0
    backend = _backend()
    patience = settings.INDEX_LOCK_SECONDS if seconds is None else seconds
    with backend.generations.writing(seconds=patience):
        return _drain(backend, progress)


def warm() -> None:
    """Load what the first search would wait for: the index with its names, and the dictionary."""
    try:
        require()
    except IndexUnavailable as error:
        logger.warning("%s", error)
    analysis.warm()


def require() -> None:
    """Raises IndexUnavailable unless there is an index that may be asked."""
    _backend().open_index()


def rebuild(*, progress: Progress = silent) -> int:
    """Make the index anew from the database beside the live one, and swap it in.

    Answers the number of documents. Raises IndexBusy. Queries the database.
    """
    backend = _backend()
    with backend.generations.writing(seconds=settings.INDEX_LOCK_SECONDS):
        index = backend.generations.create(_names())
        try:
            with new_writer(index) as writer:
                documents = _add_everything(writer, progress)
        except BaseException:
            # Interrupted or failed: the live index goes on as it was.
            backend.generations.discard(index)
            raise
        backend.generations.swap_in(index)
        _drain(backend, silent)  # what changed while we were building
    return documents


def _add_everything(writer: IndexWriter, progress: Progress) -> int:
    """Write every published conference; answers the number of documents."""
    published = Conference.objects.published().order_by("pk")
    pks = list(published.values_list("pk", flat=True))
    documents = 0
    for done, pk in enumerate(pks, start=1):
        documents += _add_conference(writer, pk)
        progress(done, len(pks))
    return documents


def _backend() -> DawenSearchBackend:
    backend: DawenSearchBackend = connections["default"].get_backend()
    return backend


def _queue(sender: Any, conference_id: int, **_kwargs: Any) -> None:
    """Note the change in its own transaction, and see to the index once that is committed."""
    # A row for each change, even of one conference: a drain that is under way may have read the
    # conference already, and removes only the rows it saw.
    IndexTask.objects.create(conference_id=conference_id)
    hooks = transaction.get_connection().run_on_commit
    if not in_batch() and not any(hook[1] is _drain_soon for hook in hooks):
        transaction.on_commit(_drain_soon, robust=True)


def _drain_soon() -> None:
    try:
        drain(seconds=_PATIENCE)
    except (IndexBusy, IndexUnavailable) as error:
        logger.warning("A change is saved and waits for the index. %s", error)


def _drain_after_batch(sender: Any, **_kwargs: Any) -> None:
    try:
        drain()
    except IndexUnavailable:
        rebuild()


def _drain(backend: DawenSearchBackend, progress: Progress) -> int:
    """Empty the queue. The caller holds the lock."""
    done = 0
    while tasks := list(IndexTask.objects.values_list("pk", "conference_id")[: _BATCH * 10]):
        conferences = list(dict.fromkeys(conference for _pk, conference in tasks))
        with backend.writer() as writer:
            for conference in conferences:
                backend.delete(writer, conference=conference)
                _add_conference(writer, conference)
                done += 1
                progress(done, done + len(conferences))
        # Just the rows that were read: one that is committed meanwhile may have a lower number.
        IndexTask.objects.filter(pk__in=[pk for pk, _conference in tasks]).delete()
    return done


def _names() -> list[str]:
    """Who asks and who answers: names that jieba is to keep whole. Two queries."""
    # Asked of the exchanges: PostgreSQL may count the questions of all outlets anew for each alias.
    asked = Exchange.objects.published().exclude(outlet=None).values("outlet")
    outlets = OutletAlias.objects.filter(outlet__in=asked)
    speakers = Speaker.objects.values_list("name", flat=True)
    return [*outlets.values_list("name", flat=True), *speakers]


def _add_conference(writer: IndexWriter, pk: int) -> int:
    """Write what the database has of a conference now; answers the number of parts."""
    count = 0
    for part in parts.of_conference(pk):
        add_part(writer, part.text, part.facts)
        count += 1
    return count
