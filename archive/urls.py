"""The public addresses of the archive. Once public, an address answers for ever."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive import views
from archive.citations import CITATION_FILES
from archive.http_cache.decorators import (
    per_archive,
    per_conference,
    per_outlet,
    per_period,
    per_speaker,
)


class YearConverter:
    """Four digits, 0001 to 9999."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        year = int(value)
        if not year:
            raise ValueError("There is no year 0.")
        return year

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TextConverter(StringConverter):
    """Any text but a slash and NUL, which no database holds."""

    regex = "[^/\\0]+"


class TwoDigitConverter:
    """A month or a day; the view decides whether the calendar has it."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
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

app_name = "archive"
urlpatterns = [
    path("", per_archive(views.home), name="home"),
    path("conferences/", per_archive(views.conference_list), name="conference_list"),
    # Before the slug: a slug is never digits alone, a year always is.
    path("conferences/<yyyy:year>/", per_period(views.year), name="year"),
    path("conferences/<yyyy:year>/<dd:month>/", per_period(views.month), name="month"),
    path("conferences/<yyyy:year>/<dd:month>/<dd:day>/", per_period(views.day), name="day"),
    path("conferences/<slug:slug>/", per_conference(views.conference), name="conference"),
    path(
        "conferences/<slug:slug>.json",
        per_conference(views.conference_json),
        name="conference_json",
    ),
    path("conferences/<slug:slug>/<int:ref>/", per_conference(views.exchange), name="exchange"),
    path("series/", per_archive(views.host_list), name="host_list"),
    path("series/<text:slug>/", per_archive(views.host), name="host"),
    path(
        "conferences/<slug:slug>/cite.<citation:ending>",
        per_conference(views.cite_conference),
        name="cite_conference",
    ),
    path(
        "conferences/<slug:slug>/<int:ref>/cite.<citation:ending>",
        per_conference(views.cite_exchange),
        name="cite_exchange",
    ),
    path("conferences/<slug:slug>/history/", per_conference(views.history), name="history"),
    path(
        "conferences/<slug:slug>/history/<sha:sha>/",
        per_conference(views.history),
        name="history",
    ),
    path("conferences/<slug:slug>/original/<sha:sha>/", views.original, name="original"),
    path(
        "conferences/<slug:slug>/versions/<int:number>/",
        per_conference(views.version),
        name="version",
    ),
    path(
        "conferences/<slug:slug>/versions/<int:number>.json",
        views.version_json,
        name="version_json",
    ),
    path("conferences/<slug:slug>/<int:ref>/report/", views.report, name="report"),
    path("conferences/<slug:slug>/<int:ref>/report/sent/", views.report_sent, name="report_sent"),
    path("outlets/", per_archive(views.outlet_list), name="outlet_list"),
    path("outlets/<slug:slug>/", per_outlet(views.outlet), name="outlet"),
    path("speakers/", per_archive(views.speaker_list), name="speaker_list"),
    path("speakers/<slug:slug>/", per_speaker(views.speaker), name="speaker"),
]
