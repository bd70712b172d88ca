"""Drafts are published on time by whoever comes: `make run` has no timer."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from archive.editing.publication import publish_due

logger = logging.getLogger(__name__)


def publish_when_due(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that looks for drafts to publish before a request is answered, so that the answer
    has them. Each process looks every PUBLISH_DUE_SECONDS at most (None: never): one query.
    """
    looked = float("-inf")  # as time.monotonic() counts

    def middleware(request: HttpRequest) -> HttpResponse:
        nonlocal looked
        every, now = settings.PUBLISH_DUE_SECONDS, time.monotonic()
        if every is not None and now - looked >= every:
            # Two threads may both get here; publish_due() lets only one of them publish.
            looked = now
            _look()
        return get_response(request)

    return middleware


def _look() -> None:
    try:
        publish_due(timezone.now())
    except DatabaseError:
        # The reader came for something else, which may be had all the same; soon another look.
        logger.exception("Drafts that are due could not be published.")
