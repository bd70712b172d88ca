"""Verification of the index by the database: part of `manage.py verify_archive`."""

import random
from collections.abc import Collection, Iterator
from functools import partial

from archive.maintenance.integrity import Finding, VerificationOptions
from search.engine import engine
from search.engine.errors import IndexUnavailable
from search.index.comparison import Comparison, IndexDifference
from search.models import IndexTask


def verify_index(how: VerificationOptions) -> Iterator[Finding]:
    """What the index and the database say otherwise, and what could not be indexed.

    Both ways: what the index lacks, and what it should not have. Changes that wait in the queue
    are no difference.
    """
    try:
        comparison = Comparison(engine().contents())
    except IndexUnavailable as error:
        yield Finding(str(error))
        return
    conferences = comparison.conferences()
    in_full = _sample(conferences, how.sample)
    told = (
        comparison.of(one, in_full=one in in_full)
        for one in how.watch(conferences, "index", len(conferences))
    )
    yield from _still_there([difference for difference in told if difference], in_full)
    for task in IndexTask.objects.set_aside():
        what = f"conference {task.conference_id} could not be indexed: {task.error}"
        yield Finding(what, partial(_queue, task.conference_id))


def _still_there(found: list[IndexDifference], in_full: Collection[int]) -> Iterator[Finding]:
    """Those that are no change under way: looked at again in the index as it is now."""
    now = Comparison(engine().contents()) if found else None
    for one in found:
        again = now.of(one.conference, in_full=one.conference in in_full) if now else None
        if again and not IndexTask.objects.filter(conference_id=one.conference).exists():
            what = f"index: conference {one.conference}: {again.what}"
            yield Finding(what, partial(_queue, one.conference))


def _sample(conferences: list[int], size: int | None) -> set[int]:
    """So many of them, others each time: what nobody has to be unable to guess."""
    if size is None or size >= len(conferences):
        return set(conferences)
    return set(random.Random().sample(conferences, size))  # noqa: S311 # nosec B311


def _queue(conference: int) -> None:
    IndexTask.objects.create(conference_id=conference)
