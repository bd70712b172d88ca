"""A conference as plain data: what /conferences/<slug>.json shows.

archive.ingest.documents.own_json reads it back, so a change here is a new version there.
"""

from typing import Any

from archive.ingest.documents.own_json import TEXTS, VERSION
from archive.models import Answer, Conference, Exchange


def conference_as_data(conference: Conference) -> dict[str, Any]:
    """Everything said at a conference, for json.dumps(). Three queries, however long it is.

    `follows` is the index of an exchange in `exchanges`, or None.
    """
    exchanges = list(conference.exchanges.for_reading().order_by("position"))
    index = {exchange.pk: at for at, exchange in enumerate(exchanges)}
    appearances = conference.appearances.select_related("speaker")
    return {
        "dawen": VERSION,
        "slug": conference.slug,
        "date": conference.date.isoformat(),
        **{name: getattr(conference, name) for name in TEXTS},
        "speakers": [{"name": one.speaker.name, "role": one.role} for one in appearances],
        "exchanges": [_exchange_as_data(exchange, index) for exchange in exchanges],
    }


def _exchange_as_data(exchange: Exchange, index: dict[int, int]) -> dict[str, Any]:
    return {
        "ref": exchange.ref,
        "kind": exchange.kind,
        "topic": exchange.topic,
        "asked_by": exchange.asked_by,
        "outlet": exchange.outlet.name if exchange.outlet else "",
        "reporter": exchange.reporter,
        "follows": index.get(exchange.follows_id) if exchange.follows_id else None,
        "question": exchange.question,
        "answers": [_answer_as_data(answer) for answer in exchange.said],
    }


def _answer_as_data(answer: Answer) -> dict[str, Any]:
    return {
        "speaker": answer.speaker.name if answer.speaker else "",
        "role": answer.role,
        "label": answer.label,
        "text": answer.text,
    }
