"""Cache states of public pages: each is another one whenever anything changed that its page shows.

Each is asked for with nearly every page, so their queries are written out: the ORM takes longer to
compose one than the database to answer it. They compare Conference.updated_at, which follows every
change of a conference, its parts and the names in it (archive.http_cache.touch).
"""

import datetime as dt
from typing import Any

from django.db import connection

from archive.extension_points import profile_words_state
from archive.models import Outlet, Speaker

CacheState = tuple[Any, ...]

_CONFERENCES = """
    SELECT COUNT(*), MAX(updated_at), COUNT(CASE WHEN status = 'published' THEN 1 END)
    FROM archive_conference
"""
_PERIOD = """
    SELECT COUNT(*), MAX(updated_at), COUNT(CASE WHEN status = 'published' THEN 1 END),
        (SELECT MAX(date) FROM archive_conference WHERE status = 'published' AND date < %(first)s),
        (SELECT MIN(date) FROM archive_conference WHERE status = 'published' AND date > %(last)s)
    FROM archive_conference
    WHERE date BETWEEN %(first)s AND %(last)s
"""
_CONFERENCE = """
    SELECT own.id, own.status, own.updated_at,
        earlier.id, earlier.updated_at, later.id, later.updated_at
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
    WHERE own.slug = %(slug)s
"""
_OUTLET = """
    SELECT outlet.id, outlet.*, alias.name
    FROM archive_outlet AS outlet
    LEFT JOIN archive_outletalias AS alias ON alias.outlet_id = outlet.id
    WHERE outlet.slug = %(slug)s ORDER BY alias.id
"""
_ASKED_AT = """
    WHERE id IN (SELECT conference_id FROM archive_exchange WHERE outlet_id = %(pk)s)
"""
_SPEAKER = "SELECT speaker.id, speaker.* FROM archive_speaker AS speaker WHERE slug = %(slug)s"
_APPEARED_AT = """
    WHERE id IN (SELECT conference_id FROM archive_appearance WHERE speaker_id = %(pk)s)
"""


def archive_state() -> CacheState:
    """Another one whenever anything changed that a public page shows. One query."""
    return _rows(_CONFERENCES)


def period_state(first: dt.date, last: dt.date) -> CacheState:
    """Another one whenever anything changed that the page of a period shows. One query.

    It shows the conferences from `first` to `last`, and leads to the nearest before and after.
    """
    return _rows(_PERIOD, first=first, last=last)


def conference_state(slug: str) -> CacheState:
    """Another one whenever anything changed that the pages of one conference show. One query.

    They show the conference, and lead to those before and after it. () where there is none.
    """
    return _rows(_CONFERENCE, slug=slug)


def outlet_state(slug: str) -> CacheState:
    """Another one whenever anything changed that the page of an outlet shows. Two queries.

    It shows the outlet, its other names, and what is said, now or in the index, at the conferences
    at which it asked: whoever else is named there changes them when the name does. One that is new
    among them changed just now; that one is no longer among them is told by their number.
    """
    return _state_of_profile(Outlet, slug, _OUTLET, _CONFERENCES + _ASKED_AT)


def speaker_state(slug: str) -> CacheState:
    """As outlet_state(), of a speaker, who appears wherever there is an answer. Two queries."""
    return _state_of_profile(Speaker, slug, _SPEAKER, _CONFERENCES + _APPEARED_AT)


def _state_of_profile(
    model: type[Outlet | Speaker], slug: str, own: str, conferences: str
) -> CacheState:
    known = _rows(own, slug=slug)
    if not known:
        return ()
    pk = known[0][0]
    return *known, *_rows(conferences, pk=pk), *profile_words_state(model, pk)


def _rows(query: str, **values: Any) -> CacheState:
    """What the database answers: to be compared, not to be read."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return tuple(cursor.fetchall())
