"""The error page: where the disk is full it says so, and that nothing was saved."""

import errno
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

# What SQLite says, and PostgreSQL (SQLSTATE 53100).
_SQLITE, _POSTGRESQL = "database or disk is full", "53100"


def server_error_page(request: HttpRequest) -> HttpResponse:
    """Status 507 when there is no room to save in, 500 otherwise. No query."""
    if _no_room(sys.exc_info()[1]):
        return render(request, "507.html", status=507)
    return server_error(request)


def _no_room(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if isinstance(error, OperationalError):
        return _SQLITE in str(error) or getattr(error.__cause__, "sqlstate", "") == _POSTGRESQL
    return False
