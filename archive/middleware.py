"""Middleware: who waits how long, and drafts that are published on time by whoever comes."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from archive.editing.publication import publish_due
from archive.maintenance.database_state import state_told_by
from archive.maintenance.patience import EDITORS, PASSING, READERS, be_patient

logger = logging.getLogger(__name__)


def limit_waits(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that lets a reader's page wait for nobody who writes longer than a moment, and an
    editor's as long as that may take."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_desk = request.path_info.startswith("/admin/")
        be_patient(EDITORS if is_desk else READERS)
        return get_response(request)

    return middleware


def publish_when_due(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that looks for drafts to publish before a request is answered, so that the answer
    has them: `make run` has no timer. Each process looks every PUBLISH_DUE_SECONDS at most (None:
    never): one query.
    """
    looked = float("-inf")  # as time.monotonic() counts

    def middleware(request: HttpRequest) -> HttpResponse:
        nonlocal looked
        every, now = settings.PUBLISH_DUE_SECONDS, time.monotonic()
        if every is not None and now - looked >= every:
            # Two threads may both get here; publish_due() lets only one of them publish.
            looked = now
            be_patient(PASSING)
            _look()
        return get_response(request)

    return middleware


def _look() -> None:
    try:
        publish_due(timezone.now())
    except DatabaseError as error:
        # The reader came for something else, which may be had all the same; soon another look.
        match state_told_by(error):
            case "away":
                raise
            case "busy":
                logger.warning("Drafts that are due wait for somebody who writes. %s", error)
            case _:
                logger.exception("Drafts that are due could not be published.")
