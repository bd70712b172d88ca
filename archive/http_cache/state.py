"""Cache states of public pages: each is another one whenever anything changed that its page shows.

Each is asked for with nearly every page, so their queries are written out: the ORM takes longer to
compose one than the database to answer it. They compare numbers that archive.editing.public_change
gives, each found by an index, however large the archive is; of drafts they know nothing. () is the
state of what no public page shows.
"""

import datetime as dt
from typing import Any

from django.db import connection

from archive.extension_points import profile_words_state
from archive.models import Outlet, Speaker

CacheState = tuple[Any, ...]

_ARCHIVE = "SELECT series, n FROM archive_archivenumber WHERE id = 1"
# What a period leads to, and what was ever shown of its months: a day is as new as its month.
_PERIOD = """
    SELECT (SELECT series FROM archive_archivenumber), shown.change,
        (SELECT MAX(date) FROM archive_conference WHERE status = 'published' AND date < %(first)s),
        (SELECT MIN(date) FROM archive_conference WHERE status = 'published' AND date > %(last)s)
    FROM (
        SELECT MAX(change) AS change FROM archive_tally
        WHERE kind = 'conferences' AND key BETWEEN %(since)s AND %(until)s
    ) AS shown
    WHERE shown.change IS NOT NULL
"""
_CONFERENCE = """
    SELECT (SELECT series FROM archive_archivenumber), own.id, own.change,
        earlier.id, earlier.change, later.id, later.change
    FROM archive_conference AS own
    LEFT JOIN archive_conference AS earlier ON earlier.id = (
        SELECT id FROM archive_conference
        WHERE status = 'published' AND (date, slug) < (own.date, own.slug)
        ORDER BY date DESC, slug DESC LIMIT 1
    )
    LEFT JOIN archive_conference AS later ON later.id = (
        SELECT id FROM archive_conference
        WHERE status = 'published' AND (date, slug) > (own.date, own.slug)
        ORDER BY date, slug LIMIT 1
    )
    WHERE own.slug = %(slug)s AND own.status = 'published'
"""
_OUTLET = """
    SELECT outlet.id, (SELECT series FROM archive_archivenumber), outlet.*, alias.name, tally.change
    FROM archive_outlet AS outlet
    LEFT JOIN archive_outletalias AS alias ON alias.outlet_id = outlet.id
    LEFT JOIN archive_tally AS tally ON tally.kind = 'outlet' AND tally.key = outlet.id
    WHERE outlet.slug = %(slug)s ORDER BY alias.id
"""
_SPEAKER = """
    SELECT speaker.id, (SELECT series FROM archive_archivenumber), speaker.*, tally.change
    FROM archive_speaker AS speaker
    JOIN archive_tally AS tally ON tally.kind = 'speaker' AND tally.key = speaker.id
    WHERE speaker.slug = %(slug)s
"""


def archive_state() -> CacheState:
    """Another one whenever anything changed that a public page shows. One query."""
    return _rows(_ARCHIVE)


def period_state(first: dt.date, last: dt.date) -> CacheState:
    """Another one whenever anything changed that the page of a period shows. One query.

    It shows the conferences from `first` to `last`, and leads to the nearest before and after.
    () where there never was any.
    """
    since, until = (day.year * 100 + day.month for day in (first, last))
    return _rows(_PERIOD, first=first, last=last, since=since, until=until)


def conference_state(slug: str) -> CacheState:
    """Another one whenever anything changed that the pages of one conference show. One query.

    They show the conference, and lead to those before and after it. () where none is public.
    """
    return _rows(_CONFERENCE, slug=slug)


def outlet_state(slug: str) -> CacheState:
    """Another one whenever anything changed that the page of an outlet shows. One query, and
    that of its words.

    It shows the outlet, its other names, and what is said, now or in the index, at the conferences
    at which it asked: whoever else is named there changes them when the name does.
    """
    return _state_of_profile(Outlet, slug, _OUTLET)


def speaker_state(slug: str) -> CacheState:
    """As outlet_state(), of a speaker, who appears wherever there is an answer. () of one whom
    nothing public ever told of."""
    return _state_of_profile(Speaker, slug, _SPEAKER)


def _state_of_profile(model: type[Outlet | Speaker], slug: str, query: str) -> CacheState:
    known = _rows(query, slug=slug)
    return (*known, *profile_words_state(model, known[0][0])) if known else ()


def _rows(query: str, **values: Any) -> CacheState:
    """What the database answers: to be compared, not to be read."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return tuple(cursor.fetchall())
