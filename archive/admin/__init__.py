"""Django's admin over everything that was said. One module per room, each of which registers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin import (  # noqa: F401
    audit,
    conferences,
    name_changes,
    names,
    reports,
    transcripts,
)

admin.site.site_header = admin.site.site_title = _("Dawen editors' desk")
