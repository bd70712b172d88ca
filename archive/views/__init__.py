"""The public pages: one function per page. Visitors see published conferences only."""

from archive.views.citations import cite_conference, cite_exchange
from archive.views.conference_lists import conference_list, day, month, year
from archive.views.conferences import conference, conference_json, exchange
from archive.views.history import history, original
from archive.views.home import home
from archive.views.hosts import host, host_list
from archive.views.profiles import outlet, outlet_list, speaker, speaker_list
from archive.views.reports import report, report_sent
from archive.views.versions import version, version_json

__all__ = [
    "cite_conference",
    "cite_exchange",
    "conference",
    "conference_json",
    "conference_list",
    "day",
    "exchange",
    "history",
    "home",
    "host",
    "host_list",
    "month",
    "original",
    "outlet",
    "outlet_list",
    "report",
    "report_sent",
    "speaker",
    "speaker_list",
    "version",
    "version_json",
    "year",
]
