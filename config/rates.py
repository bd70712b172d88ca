"""Rate limits: how often one caller may ask for what costs much, and the page that says to wait.

Counted in the memory of each process, so the limits are per process and begin anew with it: they
are there to keep one careless program from taking the site from everybody, no more. Addresses are
kept as long as the window is.
"""

import math
import time
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from config.client_address import client_network

# Which rate (a key of settings.RATES) an address counts for, by its name.
RATED_ADDRESSES = {
    "search:search": "search",
    "search:suggest": "suggest",
    "search:results_csv": "export",
    "search:results_json": "export",
    "archive:conference_json": "export",
    "archive:cite_conference": "export",
    "archive:cite_exchange": "export",
    "archive:history": "export",
    "archive:original": "export",
    "archive:version": "export",
    "archive:version_json": "export",
    "archive:report": "report",
    "admin:login": "login",
    "staff:device": "login",
    "staff:token": "login",
    "staff:reset": "reset",
    "staff:reset_confirm": "login",
}
# Looking at these forms is free; sending them counts.
_SENT = {"login", "report", "reset"}


class RateMiddleware(MiddlewareMixin):
    """Answers 429, with the seconds to wait, to whoever asks too often."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Count the request before its view is called; None lets it through."""
        match = request.resolver_match
        name = RATED_ADDRESSES.get(match.view_name, "") if match else ""
        rate = settings.RATES.get(name)
        if rate is None or (name in _SENT and request.method != "POST"):
            return None
        caller = client_network(request)
        if limiter().hit(rate, name, caller):
            return None
        reset = limiter().get_window_stats(rate, name, caller).reset_time
        return too_many_requests(request, reset - time.time())


@cache
def limiter() -> SlidingWindowCounterRateLimiter:
    """This process's counts. Made when first asked for: gunicorn forks after it has loaded us, and
    the thread that forgets old counts would not come along."""
    return SlidingWindowCounterRateLimiter(MemoryStorage())


def too_many_requests(request: HttpRequest, seconds: float) -> HttpResponse:
    """The page that says to wait."""
    wait = max(1, math.ceil(seconds))
    response = render(request, "429.html", {"seconds": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
