"""Decorators of public pages: what a reader has is not sent again, nor made again for others."""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language

from archive.http_cache.build_id import build_id
from archive.http_cache.packed_pages import pack, packed_page
from archive.http_cache.state import (
    archive_state,
    conference_state,
    outlet_state,
    period_state,
    speaker_state,
)
from archive.periods import Period, PeriodKind

View = Callable[..., HttpResponse]
StateFunction = Callable[..., tuple[Any, ...]]

_SHARED = {"at", "page", "script"}  # parameters that many readers have in common

logger = logging.getLogger(__name__)


def per_archive(view: View) -> View:
    """Answer 304, or the page as it was made before, while archive, language, day and program are
    what they were. One query more.

    The page may show anything of any conference, so any change of any of them makes it new; that
    an outlet or a speaker is renamed counts as a change of their conferences
    (archive.editing.public_change). The day counts, for lists say what happened on it. The reader's
    browser keeps the page, and asks each time: a correction is seen at once. `view` must show the
    same to everybody.
    """
    return _unless_unchanged(view, lambda **_kwargs: archive_state())


def per_conference(view: View) -> View:
    """As per_archive(), of a page that shows one conference and names those beside it: others may
    change. The day counts, for citations say it. One query more.
    """
    return _unless_unchanged(view, lambda slug, **_kwargs: conference_state(slug))


def per_period(view: View) -> View:
    """As per_archive(), of a page that shows the conferences of a year, a month or a day, and
    leads to the nearest before and after it. One query more.
    """

    def state(year: int, month: int = 0, day: int = 0) -> tuple[Any, ...]:
        kind: PeriodKind = "day" if day else "month" if month else "year"
        try:
            period = Period.around(dt.date(year, month or 1, day or 1), kind)
        except ValueError:
            return ()  # the calendar has no such date, nor the archive such a page
        return period_state(period.first, period.last)

    return _unless_unchanged(view, state)


def per_outlet(view: View) -> View:
    """As per_archive(), of a page that shows an outlet and what it asked. Two queries more."""
    return _unless_unchanged(view, outlet_state)


def per_speaker(view: View) -> View:
    """As per_archive(), of a page that shows a speaker and what was answered. Two queries more."""
    return _unless_unchanged(view, speaker_state)


def tell_shown(request: HttpRequest, **shown: Any) -> None:
    """Say as which values of its address's parameters the page is made: page=2, script="hant".

    Only where an address says just that it is kept for others: any number of addresses lead to
    the first page.
    """
    told: dict[str, str] = request.__dict__.setdefault("_shown", {})
    told.update({name: str(value) for name, value in shown.items()})


def _unless_unchanged(view: View, state: StateFunction) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEBUG:  # templates change under a program that goes on
            return view(request, *args, **kwargs)
        facts = state(**kwargs)
        if not facts:  # nothing public is there, and whatever is asked, only the view answers
            return view(request, *args, **kwargs)
        etag = _etag(request, facts)
        response = None
        if request.headers.get("If-None-Match", "").strip() != "*":
            # Who has the tag got the page of this address while all was as it is.
            response = get_conditional_response(request, etag=etag)
        response = response or _kept(request, etag) or _made(view, request, etag, *args, **kwargs)
        if _may_be_confirmed(response):
            response.headers["ETag"] = etag
            patch_cache_control(response, no_cache=True)
            # Where any page at all would be known, it is first seen whether there is one.
            return get_conditional_response(request, etag=etag, response=response) or response
        return response

    return wrapper


def _may_be_confirmed(response: HttpResponse) -> bool:
    """Not a page that is not there, or elsewhere, nor one that says itself that it must not be."""
    return response.status_code in {200, 304} and not response.has_header("Cache-Control")


def _may_be_asked_for(request: HttpRequest) -> bool:
    """Not a page with words on it that somebody looked for: those are written nowhere."""
    return request.GET.keys() <= _SHARED


def _may_be_kept(request: HttpRequest) -> bool:
    """Only of the one address that says what is shown: others are as many as anybody likes."""
    given = request.GET.dict()
    shown: dict[str, str] = request.__dict__.get("_shown", {})
    return (
        _may_be_asked_for(request)
        and given.items() <= shown.items()
        and request.META.get("QUERY_STRING", "") == urlencode(given)
    )


def _kept(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The page as another reader got it; None where nobody did."""
    if not _may_be_asked_for(request):
        return None
    try:
        kept: tuple[bytes, dict[str, str]] | None = caches["pages"].get(_key(request, etag))
    except OSError as error:  # there is no folder for them
        logger.warning("A page that was kept cannot be read, and is made anew. %s", error)
        return None
    if kept is None:
        return None
    return packed_page(request, *kept)


def _made(view: View, request: HttpRequest, etag: str, *args: Any, **kwargs: Any) -> HttpResponse:
    response = view(request, *args, **kwargs)
    whole = request.method == "GET" and response.status_code == 200 and not response.streaming
    if whole and _may_be_confirmed(response) and _may_be_kept(request):
        kept = pack(response.content), dict(response.headers)
        try:
            caches["pages"].set(_key(request, etag), kept)
        except OSError as error:
            logger.warning("A page cannot be kept for the next reader. %s", error)
        return packed_page(request, *kept)
    return response


def _key(request: HttpRequest, etag: str) -> str:
    """Of one page: it names itself by its whole address, and links below where it is mounted."""
    whole = f"{etag} {get_script_prefix()} {request.build_absolute_uri()}"
    return hashlib.sha256(whole.encode()).hexdigest()


def _etag(request: HttpRequest, state: tuple[Any, ...]) -> str:
    """A weak validator of one address: two pages that share it say the same, perhaps not byte for
    byte."""
    facts = [*state, request.get_full_path(), get_language(), timezone.localdate(), build_id()]
    return f'W/"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'
