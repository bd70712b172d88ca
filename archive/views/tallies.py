"""How often outlets asked and speakers answered, in all. Fast on large archives.

Everything is counted on an index alone, and what is not published, which is little, is taken
away: joining every exchange to its conference takes thirty times as long.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, QuerySet
from django.urls import reverse

from archive.models import Answer, Conference, Exchange, Outlet, Speaker


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
        return reverse(f"archive:{self.kind}", args=[self.slug])


def outlets_that_asked() -> list[Named]:
    """Those with a published question, the most frequent first. Three queries."""
    hidden = Exchange.objects.filter(conference__in=_hidden_conferences())
    asked = _counts(Exchange.objects.all(), "outlet") - _counts(hidden, "outlet")
    return _named("outlet", Outlet.objects.all(), asked)


def speakers_that_answered() -> list[Named]:
    """Those with a published answer, the most frequent first. Three queries."""
    return _named("speaker", Speaker.objects.all(), _answers())


def questions_asked() -> int:
    """How many questions can be read. Two queries."""
    questions = Exchange.objects.questions()
    hidden = questions.filter(conference__in=_hidden_conferences())
    return questions.count() - hidden.count()


def number_that_answered() -> int:
    """How many speakers answered. Two queries."""
    return sum(speaker is not None for speaker in _answers())


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
