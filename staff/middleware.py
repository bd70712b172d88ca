"""The middleware of the second step: without it nobody passes from log-in to admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode

from staff.devices import pending_step

_OPEN = {"login", "logout", "jsi18n"}


class SecondStepMiddleware(MiddlewareMixin):
    """Sends staff that owe the second step there, whichever page of the admin they ask for."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """None lets the request through. Readers' pages are not looked at: to ask who somebody is
        makes an answer depend on cookies."""
        match = request.resolver_match
        if match is None or match.namespaces[:1] != ["admin"] or match.url_name in _OPEN:
            return None
        step = pending_step(request.user)
        if not step:
            return None
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
