"""The public pages: one function per page. Visitors see published conferences only."""

from archive.views.browse import conference_list, day, home, month, year
from archive.views.exports import conference_json
from archive.views.profiles import outlet, outlet_list, speaker, speaker_list
from archive.views.reading import conference, exchange

__all__ = [
    "conference",
    "conference_json",
    "conference_list",
    "day",
    "exchange",
    "home",
    "month",
    "outlet",
    "outlet_list",
    "speaker",
    "speaker_list",
    "year",
]
