"""The error page: where the disk is full it says so, where the database is away when to come."""

import errno
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from archive.maintenance.database_state import RETRY_AFTER, state_told_by, told

# What SQLite says, and PostgreSQL (SQLSTATE 53100).
_SQLITE, _POSTGRESQL = "database or disk is full", "53100"


def server_error_page(request: HttpRequest) -> HttpResponse:
    """Status 507 when there is no room to save in, 503 while the database cannot be asked, 500
    otherwise. No query.

    503 is for pages that are kept as well: nobody can tell whether they are still true.
    """
    error = sys.exc_info()[1]
    if _no_room(error):
        return render(request, "507.html", status=507)
    state = state_told_by(error)
    if error is None or state is None:
        return server_error(request)
    told.met(state, error)
    response = render(request, "503.html", {"sent": request.method == "POST"}, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    # Or Django would write a traceback of each.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _no_room(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if isinstance(error, OperationalError):
        return _SQLITE in str(error) or getattr(error.__cause__, "sqlstate", "") == _POSTGRESQL
    return False
