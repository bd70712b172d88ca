"""Counts of all published conferences: when they were, who asked and who answered how often.

Nothing is counted here: archive.models.tallies keeps what a page asks for, however large the
archive is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.db.models import Count, QuerySet

from archive.http_cache.state import archive_state
from archive.links import link
from archive.models import Outlet, Speaker, Tally

NamedKind = Literal["outlet", "speaker"]

_MODELS: dict[NamedKind, type[Outlet | Speaker]] = {"outlet": Outlet, "speaker": Speaker}
_FEW = 500  # names that are asked for by their keys


@dataclass(slots=True)
class NameCount:
    """An outlet that asked or a speaker who answered, and how often.

    There are thousands, of which a page shows a hundred: a model's instance each takes ten times
    as long to make.
    """

    kind: NamedKind
    name: str
    name_en: str
    slug: str
    count: int  # of published questions, or answers

    def get_absolute_url(self) -> str:
        return link(f"archive:{self.kind}", self.slug)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month with published conferences."""

    year: int
    month: int
    conferences: int
    questions: int


def month_counts() -> list[MonthCount]:
    """Every month with a published conference, the newest first. One query."""
    kinds = [Tally.Kind.CONFERENCES, Tally.Kind.QUESTIONS]
    rows = Tally.objects.filter(kind__in=kinds).values_list("kind", "key", "count")
    counts = {(kind, key): count for kind, key, count in rows}
    months = sorted({key for _kind, key in counts}, reverse=True)
    found = (
        MonthCount(month // 100, month % 100, *(counts.get((kind, month), 0) for kind in kinds))
        for month in months
    )
    return [one for one in found if one.conferences]


def name_totals() -> dict[str, int]:
    """How many outlets have asked, and how many speakers have answered, by kind. One query."""
    counted = Tally.objects.filter(kind__in=_MODELS, count__gt=0).order_by()
    return dict(counted.values_list("kind").annotate(count=Count("pk")))


def most_frequent(kind: NamedKind, limit: int) -> list[NameCount]:
    """The outlets that asked or speakers who answered most often. Two queries."""
    counted = Tally.objects.filter(kind=kind, count__gt=0)
    # Those that are as frequent as the last of them are in the order of their names.
    least = counted.order_by("-count").values_list("count", flat=True)[limit - 1 : limit].first()
    return list(_named(kind, counted.filter(count__gte=least or 1)))[:limit]


def all_names(kind: NamedKind) -> Sequence[NameCount]:
    """All of them, the most frequent first. One query; two more when the archive changed."""
    return _all_names(kind, archive_state())


@lru_cache(maxsize=2)
def _all_names(kind: NamedKind, _state: tuple[Any, ...]) -> Sequence[NameCount]:
    return list(_named(kind, Tally.objects.filter(kind=kind, count__gt=0)))


def count_by(rows: QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    """How many of `rows` there are for each of what `names` lead to. One query."""
    # Of rows, and not of their keys: PostgreSQL would read every row for its key.
    return list(rows.order_by().values_list(*names).annotate(count=Count("*")))


def _named(kind: NamedKind, counted: QuerySet[Tally]) -> Iterator[NameCount]:
    counts = dict(counted.order_by().values_list("key", "count"))
    rows: QuerySet[Any] = _MODELS[kind]._default_manager.order_by()
    if len(counts) < _FEW:
        rows = rows.filter(pk__in=counts)
    every = rows.values_list("pk", "name", "name_en", "slug")
    found = [
        NameCount(kind, name, name_en, slug, counts[pk])
        for pk, name, name_en, slug in every
        if pk in counts
    ]
    yield from sorted(found, key=lambda one: (-one.count, one.name))
