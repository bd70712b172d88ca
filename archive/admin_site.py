"""Django's admin site with a front page of ours.

Not in archive.admin: that registers with the site, which must be there before.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse


class DeskSite(AdminSite):
    """Its front page says what waits for an editor, above the list of models."""

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
