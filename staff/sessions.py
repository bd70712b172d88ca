"""Sessions of staff, and how long they last."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from staff import carried


def connect() -> None:
    user_logged_in.connect(limit_session, dispatch_uid="staff.sessions")
    user_logged_in.connect(carried.keep, dispatch_uid="staff.carried")


def limit_session(request: HttpRequest, **_kwargs: Any) -> None:
    """A session ends SESSION_COOKIE_AGE after the log-in, however busy it is. One that ends with
    the browser has no such day, for Django's cookie can have only one of the two."""
    if not settings.SESSION_EXPIRE_AT_BROWSER_CLOSE:
        end = timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(end)
