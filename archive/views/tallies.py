"""How often outlets asked and speakers answered, in all. Fast on large archives.

Everything is counted on an index alone, and what is not published, which is little, is taken
away: joining every exchange to its conference takes thirty times as long.
"""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from archive.models import Answer, Conference, Exchange, Outlet, Speaker


def outlets_that_asked() -> list[Outlet]:
    """Outlets with `question_count`, at least one, the most frequent first. Three queries."""
    hidden = Exchange.objects.filter(conference__in=_hidden_conferences())
    asked = _counts(Exchange.objects.all(), "outlet") - _counts(hidden, "outlet")
    outlets = [outlet for outlet in Outlet.objects.all() if asked[outlet.pk]]
    for outlet in outlets:
        setattr(outlet, "question_count", asked[outlet.pk])  # noqa: B010 -- as that_asked() does
    return sorted(outlets, key=lambda outlet: (-asked[outlet.pk], outlet.name))


def questions_asked() -> int:
    """How many questions can be read. Two queries."""
    questions = Exchange.objects.questions()
    hidden = questions.filter(conference__in=_hidden_conferences())
    return questions.count() - hidden.count()


def number_that_answered() -> int:
    """How many speakers answered. Two queries."""
    return sum(count > 0 for speaker, count in _answers().items() if speaker is not None)


def speakers_that_answered() -> list[Speaker]:
    """Speakers with `answer_count`, at least one, the most frequent first. Three queries."""
    given = _answers()
    speakers = [speaker for speaker in Speaker.objects.all() if given[speaker.pk]]
    for speaker in speakers:
        setattr(speaker, "answer_count", given[speaker.pk])  # noqa: B010 -- as that_answered()
    return sorted(speakers, key=lambda speaker: (-given[speaker.pk], speaker.name))


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
