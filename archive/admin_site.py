"""Django's admin site with a front page of ours.

Not in archive.admin: that registers with the site, which must be there before.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote_to_bytes

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.db import DataError, NotSupportedError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

_View = Callable[..., HttpResponse]


def _refusing(view: _View) -> _View:
    """`view`, of the address of a list with a value that no row can have: status 400.

    A filter takes what the address says, and the database finds out that it is no number, day or
    text of its own: in the view or, asked by a template, when that is rendered.
    """

    @wraps(view)
    def refusing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise BadRequest("A NUL in the query string.")
        if any(_is_last_year(*pair) for pair in request.GET.items()):
            raise BadRequest("A year after which the calendar has no other.")
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response
        # SQLite has no way to look for a part of JSON, and says so when it is asked.
        except (DataError, NotSupportedError, OverflowError) as error:
            raise BadRequest("A value that no row can have.") from error

    return refusing


def _is_last_year(name: str, value: Any) -> bool:
    """Whether a list is to be filtered by a year that is the calendar's last, or later."""
    return name.endswith("__year") and value.isdecimal() and int(value[:5]) >= dt.MAXYEAR


class DeskSite(AdminSite):
    """Its front page says what waits for an editor, above the list of models."""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        return super().admin_view(_refusing(view), cacheable)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """As Django's, which asks twice what the user may see."""
        from archive.admin.dashboard import desk

        everywhere = self.each_context(request)
        context = {
            **everywhere,
            "title": self.index_title,
            "subtitle": None,
            "app_list": everywhere["available_apps"],
            "desk": desk(request),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", context)
