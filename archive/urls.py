"""The public addresses of the archive. Once public, an address answers for ever."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from archive.citations import CITATION_FILES
from archive.http_cache.decorators import (
    per_archive,
    per_conference,
    per_outlet,
    per_period,
    per_speaker,
)
from archive.views.citations import cite_conference, cite_exchange
from archive.views.conference_lists import conference_list, day, month, year
from archive.views.conferences import conference, conference_json, exchange
from archive.views.history import history, original
from archive.views.home import home
from archive.views.hosts import host, host_list
from archive.views.profiles import outlet, outlet_list, speaker, speaker_list
from archive.views.reports import report, report_sent
from archive.views.versions import version, version_json


class YearConverter(IntConverter):
    """Four digits, 0001 to 9999."""

    regex = "(?!0000)[0-9]{4}"

    def to_url(self, value: int | str) -> str:
        return f"{value:04d}"


class TextConverter(StringConverter):
    """Any text but a slash and NUL, which no database holds."""

    regex = "[^/\\0]+"


class TwoDigitConverter(IntConverter):
    """A month or a day; the view decides whether the calendar has it."""

    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{value:02d}"


class ChecksumConverter(StringConverter):
    """The first digits of a SHA-256: enough never to meet twice, few enough to be read out."""

    regex = "[0-9a-f]{16}"


class CitationConverter(StringConverter):
    """The ending of a file that citation programs read."""

    regex = "|".join(CITATION_FILES)


register_converter(YearConverter, "yyyy")
register_converter(TwoDigitConverter, "dd")
register_converter(TextConverter, "text")
register_converter(ChecksumConverter, "sha")
register_converter(CitationConverter, "citation")

# Below /conferences/<slug>/.
_conference_addresses = [
    path("", per_conference(conference), name="conference"),
    path("<int:ref>/", per_conference(exchange), name="exchange"),
    path("cite.<citation:ending>", per_conference(cite_conference), name="cite_conference"),
    path("<int:ref>/cite.<citation:ending>", per_conference(cite_exchange), name="cite_exchange"),
    path("history/", per_conference(history), name="history"),
    path("history/<sha:sha>/", per_conference(history), name="history"),
    path("original/<sha:sha>/", original, name="original"),
    path("versions/<int:number>/", per_conference(version), name="version"),
    path("versions/<int:number>.json", version_json, name="version_json"),
    path("<int:ref>/report/", report, name="report"),
    path("<int:ref>/report/sent/", report_sent, name="report_sent"),
]

app_name = "archive"
urlpatterns = [
    path("", per_archive(home), name="home"),
    path("conferences/", per_archive(conference_list), name="conference_list"),
    # Before the slug: a slug is never digits alone, a year always is.
    path("conferences/<yyyy:year>/", per_period(year), name="year"),
    path("conferences/<yyyy:year>/<dd:month>/", per_period(month), name="month"),
    path("conferences/<yyyy:year>/<dd:month>/<dd:day>/", per_period(day), name="day"),
    path("conferences/<slug:slug>/", include(_conference_addresses)),
    path("conferences/<slug:slug>.json", per_conference(conference_json), name="conference_json"),
    path("series/", per_archive(host_list), name="host_list"),
    path("series/<text:slug>/", per_archive(host), name="host"),
    path("outlets/", per_archive(outlet_list), name="outlet_list"),
    path("outlets/<slug:slug>/", per_outlet(outlet), name="outlet"),
    path("speakers/", per_archive(speaker_list), name="speaker_list"),
    path("speakers/<slug:slug>/", per_speaker(speaker), name="speaker"),
]
