"""The names by which the site may be asked, and the two addresses that answer to any name."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from config import health
from config.languages import request_language, split_language

# A load balancer asks the machine by its address, which is no name of the site.
_BY_ANY_NAME = {"/healthz": health.alive, "/readyz": health.ready}


class HostMiddleware:
    """Refuse a Host that is not ours (DAWEN_ALLOWED_HOSTS) before anything is looked up for it.

    Raises:
        DisallowedHost: which Django answers by handler400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # With a language before it, too: once an address, always one.
        answer = _BY_ANY_NAME.get(split_language(request.path_info)[1])
        if answer is not None:
            return answer(request)
        request.get_host()
        return self._get_response(request)


def bad_request_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400, in the reader's language. It needs no Host, for that may be what is wrong."""
    with translation.override(request_language(request)):
        page = render_to_string("400.html", {"foreign": isinstance(exception, DisallowedHost)})
    return HttpResponse(page, status=400)
