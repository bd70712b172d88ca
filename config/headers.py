"""Headers of every answer that Django has no setting for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class HeadersMiddleware:
    """Permissions-Policy: no page here asks for a camera, and none that slips in may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        allowed = settings.PERMISSIONS_POLICY.items()
        self._permissions = ", ".join(f"{name}={who}" for name, who in allowed)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", self._permissions)
        return response
