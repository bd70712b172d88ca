"""Counts of all published conferences: when they were, who asked and who answered how often.

A process counts what one conference holds once, until that conference changes. After a save one is
counted and not thousands, and what all of them hold is summed up.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal

from django.db.models import Count, QuerySet

from archive.http_cache.state import archive_state
from archive.links import link
from archive.models import Answer, Conference, Exchange, Outlet, Speaker

_FEW = 100  # conferences that are asked for one by one; for more, all are counted in one go


@dataclass(slots=True)
class NameCount:
    """An outlet that asked or a speaker who answered, and how often.

    There are thousands, of which a page shows a hundred: a model's instance each takes ten times
    as long to make.
    """

    kind: Literal["outlet", "speaker"]
    name: str
    name_en: str
    slug: str
    count: int  # of published questions, or answers

    def get_absolute_url(self) -> str:
        return link(f"archive:{self.kind}", self.slug)


@dataclass(frozen=True)
class ArchiveCounts:
    """What all published conferences hold. One of them is shared by all who ask."""

    dates: Sequence[dt.date]  # of the conferences, newest first
    questions: int
    asked: Mapping[int, int]  # how many questions, by the primary key of the outlet
    answered: Mapping[int, int]  # how many answers, by the primary key of the speaker

    @cached_property
    def outlets(self) -> Sequence[NameCount]:
        """Those with a published question, the most frequent first. One query."""
        return _named("outlet", Outlet.objects.all(), self.asked)

    @cached_property
    def speakers(self) -> Sequence[NameCount]:
        """Those with a published answer, the most frequent first. One query."""
        return _named("speaker", Speaker.objects.all(), self.answered)


@dataclass(frozen=True, slots=True)
class _ConferenceCounts:
    """What one conference holds, as it was at `updated_at`. Key 0 stands for who is not known."""

    updated_at: dt.datetime
    asked: Counter[int] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)


# By the primary key of the conference. Two threads may count the same one: what is counted is never
# older than the moment it is kept for, and counted again where that is not the conference's own.
_counts_by_conference: dict[int, _ConferenceCounts] = {}


def archive_counts() -> ArchiveCounts:
    """Of the archive as it is. One query; three more when it changed since they were last asked."""
    return _archive_counts(archive_state())


@lru_cache(maxsize=1)
def _archive_counts(_state: tuple[Any, ...]) -> ArchiveCounts:
    published = Conference.objects.published().order_by("-date")
    rows = list(published.values_list("pk", "date", "updated_at"))
    asked: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    for one in _conference_counts({pk: updated_at for pk, _date, updated_at in rows}):
        asked.update(one.asked)  # which adds them up
        answered.update(one.answered)
    questions = asked.total()
    del asked[0], answered[0]
    return ArchiveCounts([date for _pk, date, _updated_at in rows], questions, asked, answered)


def _conference_counts(conferences: Mapping[int, dt.datetime]) -> Iterable[_ConferenceCounts]:
    """What each holds of the conferences that are given with when they changed. Two queries, or
    none when all of them are known."""
    changed = {
        pk: _ConferenceCounts(updated_at)
        for pk, updated_at in conferences.items()
        if pk not in _counts_by_conference or _counts_by_conference[pk].updated_at != updated_at
    }
    if changed:
        _count_changed(changed)
        _counts_by_conference.update(changed)
    return [_counts_by_conference[pk] for pk in conferences]


def _count_changed(changed: Mapping[int, _ConferenceCounts]) -> None:
    """Fill in the counts, by the primary key of the conference. Two queries."""
    questions, answers = Exchange.objects.questions(), Answer.objects.all()
    if len(changed) <= _FEW:
        questions = questions.filter(conference__in=changed)
        answers = answers.filter(exchange__conference__in=changed)
    for pk, outlet, count in count_by(questions, "conference", "outlet"):
        if pk in changed:
            changed[pk].asked[outlet or 0] = count
    for pk, speaker, count in count_by(answers, "exchange__conference", "speaker"):
        if pk in changed:
            changed[pk].answered[speaker or 0] = count


def count_by(rows: QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    """How many of `rows` there are for each of what `names` lead to. One query."""
    # Of rows, and not of their keys: PostgreSQL would read every row for its key.
    return list(rows.order_by().values_list(*names).annotate(count=Count("*")))


def _named(
    kind: Literal["outlet", "speaker"], rows: QuerySet[Any], counts: Mapping[int, int]
) -> list[NameCount]:
    """Those of `rows` that are counted, by their primary key. One query."""
    every = rows.order_by().values_list("pk", "name", "name_en", "slug")
    found = [
        NameCount(kind, name, name_en, slug, counts[pk])
        for pk, name, name_en, slug in every
        if pk in counts
    ]
    return sorted(found, key=lambda one: (-one.count, one.name))
