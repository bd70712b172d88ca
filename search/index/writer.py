"""The only writer of the index: queue, drain, rebuild beside and swap."""

import logging
import time
from array import array
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from haystack import connections

from archive.models import Conference, Exchange, OutletAlias, Speaker
from archive.signals import archive_replaced, batch_ended, conference_changed, in_batch
from search import analysis
from search.engine.errors import IndexBusy, IndexDiffers, IndexUnavailable, IndexUnreadable
from search.engine.whoosh.backend import DawenSearchBackend, IndexWriter, add_part, new_writer
from search.engine.whoosh.segments import OpenIndex
from search.index import documents
from search.index.comparison import Comparison, differences
from search.models import IndexTask

logger = logging.getLogger(__name__)

# Conferences that go into one commit: one Whoosh segment each time, and the lock is held so long.
_BATCH = 100
# How long somebody's request may wait for another writer, and how long it may write, before what
# is left stays in the queue for `manage.py index`.
_PATIENCE = 2.0
# A segment numbers its characters in 16 bits. A conference has some 3,000 different ones.
_CHARACTERS = 10_000

Progress = Callable[[int, int], None]  # conferences done, conferences in all


class _Prepared(NamedTuple):
    """A part, ready to be written."""

    part: documents.Part
    words: list[str]


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
    backend = _backend()
    patience = settings.INDEX_LOCK_SECONDS if seconds is None else seconds
    with backend.generations.writing(seconds=patience):
        until = None if seconds is None else time.monotonic() + seconds
        return _drain(backend, progress, until)


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
    """Make the index anew from the database beside the live one, compare the two, and swap it in.

    Answers the number of documents. Raises IndexBusy, IndexUnreadable, and IndexDiffers when the
    new one is wrong. Queries the database.
    """
    backend = _backend()
    with backend.generations.writing(seconds=settings.INDEX_LOCK_SECONDS):
        # Whatever is queued by now will be read after that.
        known = list(IndexTask.objects.values_list("pk", flat=True))
        index = backend.generations.create(_names())
        try:
            with new_writer(index) as writer:
                documents, failures = _add_everything(writer, progress)
            _require_the_same(OpenIndex(index), known, besides=set(failures))
            backend.generations.swap_in(index)
        except BaseException:
            # Interrupted or failed: the live index goes on as it was.
            backend.generations.discard(index)
            raise
        _start_afresh(known, failures)
        _drain(backend, silent)  # what changed while we were building
    return documents


def _add_everything(writer: IndexWriter, progress: Progress) -> tuple[int, dict[int, str]]:
    """Write every published conference; answers the number of documents, and what went wrong."""
    published = Conference.objects.published().order_by("pk")
    pks = list(published.values_list("pk", flat=True))
    documents, failures = 0, {}
    for done, pk in enumerate(pks, start=1):
        prepared = _prepare(pk)
        if isinstance(prepared, str):
            failures[pk] = prepared
        else:
            documents += _add(writer, prepared)
        progress(done, len(pks))
    return documents, failures


def _require_the_same(index: OpenIndex, known: list[int], *, besides: set[int]) -> None:
    """Raises IndexDiffers unless the index holds what the database does.

    What is queued since `known` changed while the index was made, and is done after the swap.
    """
    comparison = Comparison(index)
    different = differences(comparison, comparison.conferences())
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
    except (IndexBusy, IndexUnavailable, OSError) as error:
        logger.warning("A change is saved and waits for the index. %s", error)


def _drain_after_batch(sender: Any, **_kwargs: Any) -> None:
    try:
        _drain_or_rebuild()
    except (IndexBusy, IndexUnreadable, OSError) as error:
        logger.warning("The changes are saved and wait for the index. %s", error)


def _drain_or_rebuild() -> None:
    try:
        drain()
    except IndexUnreadable:
        raise
    except IndexUnavailable:
        rebuild()


def _rebuild_after_restore(sender: Any, **_kwargs: Any) -> None:
    rebuild()


def _drain(backend: DawenSearchBackend, progress: Progress, until: float | None = None) -> int:
    """Empty the queue, or stop at `until` of time.monotonic(). The caller holds the lock."""
    done = 0
    while tasks := _next_tasks():
        failures: dict[int, str] = {}
        seen: list[int] = []
        with backend.writer() as writer:
            for conference, rows in tasks.items():
                if seen and until is not None and time.monotonic() > until:
                    break
                _renew(backend, writer, conference, failures)
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


def _renew(
    backend: DawenSearchBackend, writer: IndexWriter, conference: int, failures: dict[int, str]
) -> None:
    """Put what the database has of a conference now in the place of what the index has."""
    backend.delete(writer, conference=conference)
    prepared = _prepare(conference)
    if isinstance(prepared, str):
        failures[conference] = prepared
    else:
        _add(writer, prepared)


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
    speakers = Speaker.objects.values_list("name", flat=True)
    return [*outlets.values_list("name", flat=True), *speakers]


def _prepare(pk: int) -> list[_Prepared] | str:
    """The parts of a conference, or why it cannot be indexed. Two queries.

    Whatever may fail of one conference fails here, before anything of it is written.
    """
    try:
        prepared = []
        for part in documents.of_conference(pk):
            array("i", part.facts)  # what does not fit here does not fit into the index
            prepared.append(_Prepared(part, [word.text for word in analysis.words(part.text)]))
        different = len(set().union(*(one.part.text for one in prepared)))
        if different > _CHARACTERS:
            raise ValueError(f"It has {different} different characters, over {_CHARACTERS}.")
    except (DatabaseError, OSError, MemoryError):
        raise  # that is no fault of this conference
    except Exception as error:  # one conference never stops the others
        logger.debug("Conference %d cannot be indexed", pk, exc_info=True)
        return f"{type(error).__name__}: {error}"
    return prepared


def _add(writer: IndexWriter, prepared: list[_Prepared]) -> int:
    """Write a conference; answers the number of parts."""
    for part, words in prepared:
        add_part(writer, part.text, part.facts, words)
    return len(prepared)
