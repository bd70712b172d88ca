"""Two questions a load balancer asks: does the program live, and can it serve readers?"""

import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.engine.errors import IndexUnavailable
from search.index import writer
from search.models import IndexTask


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
    """Whether the database answers, and how old the oldest change is that the index waits for."""
    started = time.monotonic()
    try:
        connection.ensure_connection()
        oldest = IndexTask.objects.order_by("pk").values_list("created_at", flat=True).first()
    except DatabaseError as error:
        return f"does not answer: {type(error).__name__}", {"queue": "not known"}
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
