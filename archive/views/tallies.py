"""How often outlets asked and speakers answered, in all. Fast on large archives.

Everything is counted on an index alone, and what is not published, which is little, is taken
away: joining every exchange to its conference takes thirty times as long. A process counts once,
until the archive changes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.db.models import Count, QuerySet

from archive.links import link
from archive.models import Answer, Conference, Exchange, Outlet, Speaker
from archive.touched import archive_state


@dataclass(slots=True)
class Named:
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


@dataclass(frozen=True, slots=True)
class Tallies:
    """What all published conferences hold. One of them is shared by all who ask."""

    questions: int
    outlets: Sequence[Named]  # with a published question, the most frequent first
    speakers: Sequence[Named]  # with a published answer, the most frequent first


def tallies() -> Tallies:
    """Of the archive as it is. One query; seven more when it changed since they were last asked."""
    return _counted(archive_state())


@lru_cache(maxsize=1)
def _counted(_state: tuple[Any, ...]) -> Tallies:
    questions = Exchange.objects.questions()
    asked = _counts(questions, "outlet")
    asked -= _counts(questions.filter(conference__in=_hidden_conferences()), "outlet")
    return Tallies(
        questions=asked.total(),
        outlets=_named("outlet", Outlet.objects.all(), asked),
        speakers=_named("speaker", Speaker.objects.all(), _answers()),
    )


def _named(
    kind: Literal["outlet", "speaker"], rows: QuerySet[Any], counts: Counter[int]
) -> list[Named]:
    """Those of `rows` that are counted, by their primary key. One query."""
    every = rows.order_by().values_list("pk", "name", "name_en", "slug")
    found = [
        Named(kind, name, name_en, slug, counts[pk])
        for pk, name, name_en, slug in every
        if pk in counts
    ]
    return sorted(found, key=lambda one: (-one.count, one.name))


def _answers() -> Counter[int]:
    """How many published answers each speaker gave. Two queries."""
    exchanges = Exchange.objects.filter(conference__in=_hidden_conferences()).values("pk")
    hidden = Answer.objects.filter(exchange__in=exchanges)
    return _counts(Answer.objects.all(), "speaker") - _counts(hidden, "speaker")


def _hidden_conferences() -> QuerySet[Any]:
    return Conference.objects.exclude(status=Conference.Status.PUBLISHED).values("pk")


def _counts(rows: QuerySet[Any], name: str) -> Counter[int]:
    """How many of `rows` each one has that `name` leads to. One query."""
    return Counter(dict(rows.order_by().values_list(name).annotate(count=Count("pk"))))
