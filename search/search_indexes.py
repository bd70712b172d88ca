"""The Haystack indexes: a document for each part, a question or an answer."""

from typing import Any

from django.db.models import QuerySet
from haystack import indexes

from archive.models import Answer, Exchange
from search.engine.matching import day_number
from search.engine.schema import PARTS


class _PartIndex(indexes.SearchIndex):
    """What both kinds of part have. Numbers of rows; 0 stands for nobody."""

    text = indexes.CharField(document=True)
    conference = indexes.IntegerField()
    exchange = indexes.IntegerField()
    outlet = indexes.IntegerField()
    speaker = indexes.IntegerField()
    day = indexes.IntegerField()
    part = indexes.IntegerField()
    place = indexes.IntegerField()
    row = indexes.IntegerField()

    def _of_exchange(self, exchange: Exchange) -> dict[str, Any]:
        return {
            "conference": exchange.conference_id,
            "exchange": exchange.pk,
            "outlet": exchange.outlet_id or 0,
            "day": day_number(exchange.conference.date),
        }


class QuestionIndex(_PartIndex, indexes.Indexable):
    def get_model(self) -> type[Exchange]:
        return Exchange

    def index_queryset(self, using: str | None = None) -> QuerySet[Exchange]:
        """Published questions with their conference. Not evaluated here."""
        published = Exchange.objects.published().questions()
        return published.select_related("conference").order_by("conference", "position")

    def prepare(self, obj: Exchange) -> dict[str, Any]:
        prepared: dict[str, Any] = (
            super().prepare(obj)
            | self._of_exchange(obj)
            | {
                "text": obj.question,
                "speaker": 0,
                "part": PARTS.index("question"),
                "place": obj.position * 1000,
                "row": obj.pk,
            }
        )
        return prepared


class AnswerIndex(_PartIndex, indexes.Indexable):
    def get_model(self) -> type[Answer]:
        return Answer

    def index_queryset(self, using: str | None = None) -> QuerySet[Answer]:
        """Published answers with exchange and conference. Not evaluated here."""
        published = Answer.objects.published().select_related("exchange__conference")
        return published.order_by("exchange__conference", "exchange__position", "position")

    def prepare(self, obj: Answer) -> dict[str, Any]:
        prepared: dict[str, Any] = (
            super().prepare(obj)
            | self._of_exchange(obj.exchange)
            | {
                "text": obj.text,
                "speaker": obj.speaker_id or 0,
                "part": PARTS.index("answer"),
                "place": obj.exchange.position * 1000 + 1 + obj.position,
                "row": obj.pk,
            }
        )
        return prepared
