"""Two questions a load balancer asks: does the program live, and can it serve readers?"""

import time
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.maintenance.database_state import state_told_by, told
from archive.models import Answer, Conference, Exchange, Outlet, Revision, Speaker, Transcript
from search.engine.errors import IndexUnavailable
from search.index import writer
from search.models import IndexTask

_MAIN = (Conference, Exchange, Answer, Transcript, Revision, Outlet, Speaker)


@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of database or index: restarting would not mend those."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Database, index and queue, each with a sentence; 503 when readers would meet an error.

    A queue that waits too long is told, and is no reason to turn readers away: pages are right,
    and the search says what it has.
    """
    database, queue = _database()
    index = _index()
    serving = database == index == "ready"
    told = {"ready": serving, "database": database, "index": index, **queue}
    return JsonResponse(told, status=200 if serving else 503)


def _database() -> tuple[str, dict[str, Any]]:
    """Whether the database answers, and no page met damage in it; and how old the oldest change is
    that the index waits for.
    """
    started = time.monotonic()
    try:
        if connection.vendor == "sqlite":
            connection.close()  # what it has in memory need not be what is on the disk
        connection.ensure_connection()
        for model in _MAIN:
            # The ways to the first and to the last row of each.
            for order in ("pk", "-pk"):
                model._default_manager.order_by(order).values_list("pk").first()
        oldest = IndexTask.objects.order_by("pk").values_list("created_at", flat=True).first()
    except Error as error:
        state = state_told_by(error) or "away"
        if state != "damaged":
            return f"does not answer: {type(error).__name__}", {"queue": "not known"}
        told.met(state, error)
    if told.damage:
        return "is damaged: run manage.py verify_archive", {"queue": "not known"}
    seconds = max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
    late = seconds > settings.INDEX_QUEUE_SECONDS
    return "ready", {
        "queue": "behind: run manage.py index" if late else "ready",
        "queue_seconds": round(seconds, 1),
        "database_milliseconds": round((time.monotonic() - started) * 1000, 1),
    }


def _index() -> str:
    try:
        writer.require()
    except IndexUnavailable as error:
        return str(error)
    return "ready"
