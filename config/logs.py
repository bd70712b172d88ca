"""What the program writes down: a line a request, each line with the id of its request.

Lines are for people, or JSON for programs (DAWEN_LOG_FORMAT=json). No query string is written and
no address of a reader: what somebody searches for is nobody's business.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from pythonjsonlogger.core import RESERVED_ATTRS

_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_UNIMPORTANT = ("/static/", "/healthz", "/readyz")

request_id: ContextVar[str] = ContextVar("request_id", default="-")
logger = logging.getLogger("dawen.requests")


class RequestLogMiddleware:
    """Give each request an id, answer with it, and write down what became of the request.

    The id of a server in front of us (X-Request-ID) is kept, so that one may be found in both logs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        of_this = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        # Never reset: Django writes of a failed request when all middleware is done with it.
        request_id.set(of_this)
        started = time.perf_counter()
        path = request.path_info  # it loses its language on the way
        response = self._get_response(request)
        response.headers["X-Request-ID"] = of_this
        if not path.startswith(_UNIMPORTANT):
            facts = {
                "method": request.method,
                "path": path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }
            logger.info("%(method)s %(path)s %(status)s %(milliseconds)s ms", facts, extra=facts)
        return response


class RequestIdFilter(logging.Filter):
    """Every record knows the request it was made for; `-` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def configuration(*, level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, as `form` says (plain or json)."""
    fields = "{asctime} {levelname} {name} {request_id}: {message}"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "config.logs.RequestIdFilter"}},
        "formatters": {
            "plain": {"()": "config.log_lines.LineFormatter", "format": fields, "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": fields,
                "style": "{",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
                # Django adds the request, with its query string.
                "reserved_attrs": [*RESERVED_ATTRS, "request", "server_time"],
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Ours tells of every request, with its id.
            "django.server": {"handlers": ["stderr"], "propagate": False},
            "django.request": {"level": "ERROR"},
        },
    }
