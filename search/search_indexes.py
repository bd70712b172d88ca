"""The Haystack indexes: a document for each part, a question or an answer."""

from typing import Any

from django.db.models import QuerySet
from haystack import indexes

from archive.models import Answer, Exchange
from search.engine.protocol import Part
from search.index import documents


class _PartIndex(indexes.SearchIndex):
    """What both kinds of part have: the text, and in `facts` what it belongs to."""

    text = indexes.CharField(document=True)

    def _prepared(self, prepared: dict[str, Any], part: Part) -> dict[str, Any]:
        return prepared | {"text": part.text, "facts": part.facts}


class QuestionIndex(_PartIndex, indexes.Indexable):
    def get_model(self) -> type[Exchange]:
        return Exchange

    def index_queryset(self, using: str | None = None) -> QuerySet[Exchange]:
        """Published questions with their conference. Not evaluated here."""
        published = Exchange.objects.published().questions()
        return published.select_related("conference").order_by("conference", "position")

    def prepare(self, obj: Exchange) -> dict[str, Any]:
        return self._prepared(super().prepare(obj), documents.of_question(obj))


class AnswerIndex(_PartIndex, indexes.Indexable):
    def get_model(self) -> type[Answer]:
        return Answer

    def index_queryset(self, using: str | None = None) -> QuerySet[Answer]:
        """Published answers with exchange and conference. Not evaluated here."""
        published = Answer.objects.published().select_related("exchange__conference")
        return published.order_by("exchange__conference", "exchange__position", "position")

    def prepare(self, obj: Answer) -> dict[str, Any]:
        return self._prepared(super().prepare(obj), documents.of_answer(obj))
