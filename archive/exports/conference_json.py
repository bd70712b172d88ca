"""A conference as plain data: what /conferences/<slug>.json shows.

archive.parsing.formats.dawen_json reads it back, so a change here is a new version there, and a
writer more among EXPORT_FORMATS: what was public stays comparable in the format it was written in.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db.models import F, QuerySet

from archive.models import Answer, Appearance, Conference, Exchange
from archive.parsing.facts import LATER, TEXTS
from archive.parsing.formats.dawen_json import VERSION

Json = dict[str, Any]

_ASKED = ("ref", "kind", "topic", "asked_by", "reporter", "question")
_ANSWERED = ("role", "label", "text")
_AT_ONCE = 50  # conferences that are read together


def conference_as_data(conference: Conference, export_format: int = VERSION) -> Json:
    """Everything said at a conference, for json.dumps(). Three queries, however long it is.

    `follows` is the index of an exchange in `exchanges`, or None.
    """
    ((_conference, data),) = _data_of([conference], export_format)
    return data


def conference_as_json(conference: Conference, export_format: int = VERSION) -> bytes:
    """The file at /conferences/<slug>.json: UTF-8, an exchange a line. Three queries."""
    return _written(conference_as_data(conference, export_format))


def conferences_as_json(
    keys: Collection[int], export_format: int = VERSION
) -> Iterator[tuple[int, bytes]]:
    """Primary key and file of each conference, in order. Four queries for fifty."""
    ordered = sorted(keys)
    for at in range(0, len(ordered), _AT_ONCE):
        rows = Conference.objects.filter(pk__in=ordered[at : at + _AT_ONCE]).order_by("pk")
        for conference, data in _data_of(list(rows), export_format):
            yield conference.pk, _written(data)


def _written(data: Json) -> bytes:
    # Each alone, for what json indents it writes five times as slowly.
    lines = [json.dumps(one, ensure_ascii=False) for one in data["exchanges"]]
    head = json.dumps(data | {"exchanges": []}, ensure_ascii=False, indent=2)
    listed = ",\n    ".join(lines)
    return (head.removesuffix("[]\n}") + f"[\n    {listed}\n  ]\n}}\n").encode()


def _data_of(
    conferences: list[Conference], export_format: int
) -> Iterator[tuple[Conference, Json]]:
    keys = [one.pk for one in conferences]
    # Values, not rows: this is asked each time a version is kept.
    asked = Exchange.objects.filter(conference__in=keys).order_by("conference_id", "position")
    exchanges = _grouped(
        asked.values(*_ASKED, "pk", "follows_id", "conference_id", outlet_name=F("outlet__name")),
        "conference_id",
    )
    there = Appearance.objects.filter(conference__in=keys).order_by("id")
    held = there.values("conference_id", "role", name=F("speaker__name"))
    speakers = _grouped(held, "conference_id")
    answers = _answers(keys)
    write = EXPORT_FORMATS[export_format]
    for one in conferences:
        yield one, write(one, speakers[one.pk], exchanges[one.pk], answers)


def _grouped(rows: QuerySet[Any, Any], key: str) -> dict[int, list[Json]]:
    """Rows by one of their values. One query."""
    groups: dict[int, list[Json]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _answers(conferences: list[int]) -> dict[int, list[Json]]:
    """By the exchange they belong to. One query."""
    given = Answer.objects.filter(exchange__conference__in=conferences).order_by(
        "exchange_id", "position"
    )
    answers: dict[int, list[Json]] = defaultdict(list)
    for exchange, speaker, *said in given.values_list("exchange_id", "speaker__name", *_ANSWERED):
        answers[exchange].append(
            {"speaker": speaker or "", **dict(zip(_ANSWERED, said, strict=True))}
        )
    return answers


def _first_format(
    conference: Conference,
    speakers: list[Json],
    exchanges: list[Json],
    answers: dict[int, list[Json]],
) -> Json:
    index = {exchange["pk"]: at for at, exchange in enumerate(exchanges)}
    texts = {name: getattr(conference, name) for name in TEXTS}
    return {
        "dawen": 1,
        "slug": conference.slug,
        "date": conference.date.isoformat(),
        **{name: text for name, text in texts.items() if text or name not in LATER},
        "speakers": [{"name": one["name"], "role": one["role"]} for one in speakers],
        "exchanges": [_exchange(one, index, answers[one["pk"]]) for one in exchanges],
    }


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


Writer = Callable[[Conference, list[Json], list[Json], dict[int, list[Json]]], Json]
# By the number that a file says of itself. None is ever taken away.
EXPORT_FORMATS: dict[int, Writer] = {1: _first_format}
