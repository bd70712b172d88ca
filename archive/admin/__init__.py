"""Django's admin over everything that was said. One module per room."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin.audit import AuditAdmin
from archive.admin.conferences import ConferenceAdmin, ExchangeAdmin
from archive.admin.name_changes import NameChangeAdmin
from archive.admin.names import MovedAddressAdmin, OutletAdmin, SpeakerAdmin
from archive.admin.reports import ErrorReportAdmin
from archive.admin.transcripts import TranscriptAdmin

admin.site.site_header = admin.site.site_title = _("Dawen editors' desk")

__all__ = [
    "AuditAdmin",
    "ConferenceAdmin",
    "ErrorReportAdmin",
    "ExchangeAdmin",
    "MovedAddressAdmin",
    "NameChangeAdmin",
    "OutletAdmin",
    "SpeakerAdmin",
    "TranscriptAdmin",
]
