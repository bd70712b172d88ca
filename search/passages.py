"""The passages that a search finds, read afresh from the database."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection

from archive.links import link
from archive.models import FIRST_PAGE

Key = tuple[str, int]  # "question" or "answer", and the primary key of the exchange or the answer

_AT_ONCE = 10_000  # keys of one query: databases have a bound

# Asked with every search, so written out: archive/http_cache/state.py says why. The columns are
# Passage's.
_PASSAGES = """
    SELECT said.part, said.pk, said.text, said.place, COALESCE(speaker.name, ''),
        conference.date, conference.slug, conference.title, conference.language,
        exchange.ref, exchange.position,
        COALESCE(outlet.name, exchange.asked_by), COALESCE(outlet.name, '')
    FROM (
        SELECT 'question' AS part, id AS pk, question AS text,
            id AS exchange_id, NULL AS place, NULL AS speaker_id
        FROM archive_exchange WHERE id IN ({questions})
        UNION ALL
        SELECT 'answer', id, text, exchange_id, position, speaker_id
        FROM archive_answer WHERE id IN ({answers})
    ) AS said
    JOIN archive_exchange AS exchange ON exchange.id = said.exchange_id
    JOIN archive_conference AS conference ON conference.id = exchange.conference_id
    LEFT JOIN archive_outlet AS outlet ON outlet.id = exchange.outlet_id
    LEFT JOIN archive_speaker AS speaker ON speaker.id = said.speaker_id
    WHERE conference.status = 'published'
"""


class Passage(NamedTuple):
    """A question or an answer as it stands in the database now, and what is shown with it."""

    part: str  # "question" or "answer"
    pk: int
    text: str
    place: int | None  # of an answer among those of its exchange; None of a question
    speaker: str  # "" of a question, and where nobody is known
    date: dt.date
    slug: str  # of the conference
    title: str  # of the conference
    language: str
    ref: int  # of the exchange, in links
    position: int  # of the exchange in its conference, from 1
    asker: str  # the outlet, or who asked as printed; "" when not known
    outlet: str  # "" when not known

    @property
    def who(self) -> str:
        """Who asks, of a question, or answers, of an answer; "" when not known."""
        return self.asker if self.part == "question" else self.speaker

    @property
    def conference_url(self) -> str:
        return link("archive:conference", self.slug)

    @property
    def is_far(self) -> bool:
        """As Exchange.is_far."""
        return self.position > FIRST_PAGE


def passages(keys: Iterable[Key]) -> dict[Key, Passage]:
    """The passages of `keys`. What is no longer published is not there. One query, or one for
    every ten thousand."""
    return {(one.part, one.pk): one for one in _read(sorted(set(keys)))}


def _read(keys: list[Key]) -> Iterator[Passage]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        questions = [pk for part, pk in some if part == "question"]
        answers = [pk for part, pk in some if part == "answer"]
        asked = _PASSAGES.format(questions=places_for(questions), answers=places_for(answers))
        with connection.cursor() as cursor:
            cursor.execute(asked, [*questions, *answers])
            for row in cursor.fetchall():
                one = Passage(*row)
                # SQLite answers with the characters of a day.
                yield one._replace(date=dt.date.fromisoformat(str(one.date)))


def places_for(values: list[int]) -> str:
    """What stands for them in a query."""
    return ", ".join(["%s"] * len(values)) or "NULL"
