"""The rows of the parts that a search finds, read afresh from the database."""

from collections.abc import Iterable
from typing import Any

from archive.models import Answer, Exchange

Rows = dict[tuple[str, int], Any]  # of exchanges and answers, by part and primary key

# What is shown of a passage. A conference has columns of many lines that are not.
_OF_CONFERENCE = ("date", "slug", "title", "language")
_OF_EXCHANGE = ("conference", "ref", "position", "outlet__name", "asked_by")
_QUESTIONS = (
    Exchange.objects.published()
    .select_related("conference", "outlet")
    .only("question", *_OF_EXCHANGE, *(f"conference__{name}" for name in _OF_CONFERENCE))
    .order_by()
)
_ANSWERS = (
    Answer.objects.published()
    .select_related("exchange__conference", "exchange__outlet", "speaker")
    .only(
        *("text", "position", "speaker__name"),
        *(f"exchange__{name}" for name in _OF_EXCHANGE),
        *(f"exchange__conference__{name}" for name in _OF_CONFERENCE),
    )
    .order_by()
)
_PARTS = {"question": _QUESTIONS, "answer": _ANSWERS}


def published_rows(parts: Iterable[tuple[str, int]]) -> Rows:
    """The rows of `parts`, each "question" or "answer" and a primary key.

    What is no longer published is not there. A query for questions, and one for answers.
    """
    wanted = set(parts)
    rows: Rows = {}
    for part, published in _PARTS.items():
        pks = [pk for kind, pk in wanted if kind == part]
        if pks:
            rows |= {(part, row.pk): row for row in published.filter(pk__in=pks)}
    return rows
