"""Locks after too many wrong passwords, by django-axes: of one name from one address."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staff.record import record_change

Who = tuple[str, str]  # the name that was tried, the address from which


@dataclass(frozen=True, slots=True)
class Lock:
    """The end of a lock, and the wrong passwords that made it."""

    until: dt.datetime
    failures: int

    @property
    def seconds(self) -> int:
        """Until it ends; 1 at least."""
        return max(1, math.ceil((self.until - timezone.now()).total_seconds()))

    @property
    def minutes(self) -> int:
        return math.ceil(self.seconds / 60)


def find_locks(names: Iterable[str] | None = None) -> dict[Who, Lock]:
    """Every lock that holds now; of these names alone where they are given. One query."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(attempt_time__gt=since)
    if names is not None:
        tried = tried.filter(username__in=names)
    failures: dict[Who, list[tuple[dt.datetime, int]]] = defaultdict(list)
    # Of each browser a row.
    columns = ("username", "ip_address", "attempt_time", "failures_since_start")
    for name, address, when, count in tried.values_list(*columns).order_by("-attempt_time"):
        failures[name or "", address or ""].append((when, count))
    return {who: lock for who, rows in failures.items() if (lock := _lock_of(rows))}


def _lock_of(rows: list[tuple[dt.datetime, int]]) -> Lock | None:
    """From rows of one name and address, the newest first: it holds as long as the newest of them
    that make it are not too old."""
    count = 0
    for when, failures in rows:
        count += failures
        if count >= settings.AXES_FAILURE_LIMIT:
            total = sum(each for _when, each in rows)
            return Lock(when + settings.AXES_COOLOFF_TIME, total)
    return None


def lift(name: str, address: str, *, by: User | None) -> None:
    """Let a name log in again from an address, and record it where the name is somebody's."""
    reset(ip=address, username=name)
    account = User.objects.filter(username=name).first()
    if account is not None:
        record_change(account, "log_in_lock", address, "", by)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """The log-in page that says for how long an account is locked. Status 429."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    address = get_client_ip_address(request) or ""
    lock = find_locks([name]).get((name, address))
    if lock is None:  # it ended while the password was looked at
        lock = Lock(timezone.now(), settings.AXES_FAILURE_LIMIT)
    context = {
        **admin.site.each_context(request),
        # Who is logged in and tries the password again, to change the second step, is no exception.
        "user": AnonymousUser(),
        "has_permission": False,
        "title": _("Log in"),
        "app_path": reverse("admin:login"),
        "next": request.POST.get("next", ""),
        "form": AdminAuthenticationForm(request),
        "locked": _explain(lock),
    }
    response = render(request, "admin/login.html", context, status=429)
    response["Retry-After"] = str(lock.seconds)
    add_never_cache_headers(response)
    return response


def _explain(lock: Lock) -> str:
    """Why somebody cannot log in, and for how long."""
    text = ngettext(
        "The password was wrong %(count)d times in a row: "
        "this account cannot log in for %(minutes)d minute.",
        "The password was wrong %(count)d times in a row: "
        "this account cannot log in for %(minutes)d minutes.",
        lock.minutes,
    )
    return text % {"count": lock.failures, "minutes": lock.minutes}
