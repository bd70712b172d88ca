"""A conference as plain data: what /conferences/<slug>.json shows.

archive.parsing.formats.dawen_json reads it back, so a change here is a new version there.
"""

import json
from collections import defaultdict
from typing import Any

from django.db.models import F

from archive.models import Answer, Conference
from archive.parsing.facts import LATER, TEXTS
from archive.parsing.formats.dawen_json import VERSION

Json = dict[str, Any]

_ASKED = ("ref", "kind", "topic", "asked_by", "reporter", "question")
_ANSWERED = ("role", "label", "text")


def conference_as_data(conference: Conference) -> Json:
    """Everything said at a conference, for json.dumps(). Three queries, however long it is.

    `follows` is the index of an exchange in `exchanges`, or None.
    """
    # Values, not rows: this is asked each time a version is kept.
    asked = conference.exchanges.order_by("position").values(*_ASKED, "pk", "follows_id")
    exchanges = list(asked.annotate(outlet_name=F("outlet__name")))
    index = {exchange["pk"]: at for at, exchange in enumerate(exchanges)}
    answers = _answers(conference)
    appearances = conference.appearances.select_related("speaker")
    texts = {name: getattr(conference, name) for name in TEXTS}
    return {
        "dawen": VERSION,
        "slug": conference.slug,
        "date": conference.date.isoformat(),
        **{name: text for name, text in texts.items() if text or name not in LATER},
        "speakers": [{"name": one.speaker.name, "role": one.role} for one in appearances],
        "exchanges": [_exchange(one, index, answers[one["pk"]]) for one in exchanges],
    }


def conference_as_json(conference: Conference) -> bytes:
    """The file at /conferences/<slug>.json: UTF-8, an exchange a line. Three queries."""
    data = conference_as_data(conference)
    # Each alone, for what json indents it writes five times as slowly.
    lines = [json.dumps(one, ensure_ascii=False) for one in data["exchanges"]]
    head = json.dumps(data | {"exchanges": []}, ensure_ascii=False, indent=2)
    listed = ",\n    ".join(lines)
    return (head.removesuffix("[]\n}") + f"[\n    {listed}\n  ]\n}}\n").encode()


def _answers(conference: Conference) -> dict[int, list[Json]]:
    """By the exchange they belong to. One query."""
    given = Answer.objects.filter(exchange__conference=conference).order_by(
        "exchange_id", "position"
    )
    answers: dict[int, list[Json]] = defaultdict(list)
    for exchange, speaker, *said in given.values_list("exchange_id", "speaker__name", *_ANSWERED):
        answers[exchange].append(
            {"speaker": speaker or "", **dict(zip(_ANSWERED, said, strict=True))}
        )
    return answers


def _exchange(exchange: Json, index: dict[int, int], answers: list[Json]) -> Json:
    return {
        "ref": exchange["ref"],
        "kind": exchange["kind"],
        "topic": exchange["topic"],
        "asked_by": exchange["asked_by"],
        "outlet": exchange["outlet_name"] or "",
        "reporter": exchange["reporter"],
        "follows": index.get(exchange["follows_id"]),
        "question": exchange["question"],
        "answers": answers,
    }
