"""Logging: a line a request, each line with the id of its request.

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


class RefusalFilter(logging.Filter):
    """What somebody sent and Django refused is told in a line, without a traceback.

    Whoever looks for holes sends such things by the thousand, and nothing of ours has failed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class RequestIdFilter(logging.Filter):
    """Every record knows the request it was made for; `-` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def logging_config(*, level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, as `form` says (plain or json)."""
    fields = "{asctime} {levelname} {name} {request_id}: {message}"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "config.logs.RequestIdFilter"},
            "refusal": {"()": "config.logs.RefusalFilter"},
        },
        "formatters": {
            "plain": {"()": "config.logs.LineFormatter", "format": fields, "style": "{"},
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
                "filters": ["request_id", "refusal"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Ours tells of every request, with its id.
            "django.server": {"handlers": ["stderr"], "propagate": False},
            "django.request": {"level": "ERROR"},
        },
    }


# Everything that ends a line, controls a terminal, turns the direction of writing or shows nothing.
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff]"
)


def escape_hidden(text: str) -> str:
    """`text` with those characters as \\x0a or \\u202e, and a backslash doubled."""
    return _HIDDEN.sub(_escaped, text.replace("\\", "\\\\"))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class LineFormatter(logging.Formatter):
    """A line a message. The lines of a traceback follow indented, so that none looks like one."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        return escape_hidden(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        return _indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _indented(super().formatStack(stack_info))


def _indented(text: str) -> str:
    return "\n".join(f"  {escape_hidden(line)}" for line in text.split("\n"))
