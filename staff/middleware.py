"""Middleware between the log-in and the admin: the second step, without which nobody passes, and
what was typed before a session ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext

from staff import carried, filled_forms
from staff.carried import CarriedForm
from staff.devices import pending_step

_OPEN = {"login", "logout", "jsi18n"}


class SecondStepMiddleware(MiddlewareMixin):
    """Sends staff that owe the second step there, whichever page of the admin they ask for."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """None lets the request through. Readers' pages are not looked at: to ask who somebody is
        makes an answer depend on cookies."""
        if not _is_closed(request):
            return None
        step = pending_step(request.user)
        if not step:
            return None
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


class CarriedFormMiddleware:
    """Keeps what was typed into a form of the admin when the session had ended meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if not _is_closed(request) or not request.user.is_authenticated:
            return response
        typed = carried.find(request)
        if typed is None:
            return response
        if request.method == "POST":
            carried.forget(request)  # it was sent again, or something else was
        elif request.method == "GET" and pending_step(request.user) == "":
            return _shown_again(request, response, typed)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """A form that nobody who is known sends does nothing, and is carried by the log-in page."""
        if request.method != "POST" or not _is_closed(request) or request.user.is_authenticated:
            return None
        sent = CarriedForm.of_request(request)
        # With nothing typed the view sends to the log-in, as Django's do.
        return carried.ask_to_log_in(request, sent) if sent.fields or sent.files else None


def _is_closed(request: HttpRequest) -> bool:
    """Whether a page of the admin is asked for, but those of the log-in."""
    match = request.resolver_match
    return match is not None and match.namespaces[:1] == ["admin"] and match.url_name not in _OPEN


def _shown_again(
    request: HttpRequest, response: HttpResponseBase, typed: CarriedForm
) -> HttpResponseBase:
    """The page with its form filled in; where it has none for it, what was typed, to be copied."""
    context: dict[str, Any] = {"files": typed.files}
    if isinstance(response, HttpResponse) and response.status_code == 200:
        note = render_to_string("admin/staff/_carried_note.html", context, request)
        page = filled_forms.fill(response.text, typed.fields, note.strip())
        if page is not None:
            response.content = page
            add_never_cache_headers(response)
            return response
    carried.forget(request)
    leads_to = response.headers.get("Location") or request.get_full_path()
    context |= {
        **admin.site.each_context(request),
        "title": gettext("What you typed"),
        "fields": [(name, text) for name, text in typed.fields if text.strip()],
        "leads_to": leads_to,
    }
    shown = render(request, "admin/staff/carried.html", context)
    add_never_cache_headers(shown)
    return shown
