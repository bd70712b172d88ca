"""Every kind of public page, and what the archive must hold to have them all."""

import datetime as dt
from pathlib import Path

from django.core.management import call_command

from archive.hosts import list_hosts
from archive.models import Outlet, Speaker
from tests.archive.casts import make_answer, make_conference, make_exchange
from tests.conftest import SEED

CONFERENCE = "/conferences/2020-05-24/"
# Name and address; of what is looked for, every answer the search page can give.
PAGES = {
    "home": "/",
    "conference list": "/conferences/",
    "year": "/conferences/2020/",
    "empty year": "/conferences/1999/",
    "month": "/conferences/2020/05/",
    "empty month": "/conferences/2020/02/",
    "day": "/conferences/2020/05/24/",
    "empty day": "/conferences/2020/05/25/",
    "conference": f"/zh-hans{CONFERENCE}",
    "conference in English": f"/en{CONFERENCE}",
    "conference in Traditional Chinese": f"/zh-hant{CONFERENCE}",
    "conference in traditional characters": f"{CONFERENCE}?script=hant",
    "conference with marks": f"{CONFERENCE}?q=合作",
    "conference that was held in English": "/conferences/briefing/",
    "exchange": f"{CONFERENCE}7/",
    "history": f"{CONFERENCE}history/",
    "series list": "/series/",
    "series": "/series/wai-jiao-bu/",
    "series in one year": "/series/wai-jiao-bu/?year=2018",
    "outlet list": "/outlets/",
    "outlet": "/outlets/reuters/",
    "speaker list": "/speakers/",
    "speaker": "/speakers/wang-yi/",
    "search": "/search/",
    "search with hits": "/search/?q=合作",
    "search with filters": "/search/?q=合作&in=answer&speaker=wang-yi&from=2020-01-01",
    "search that looks again": "/search/?q=合作&outlet=reuters&in=question&to=2001-01-01",
    "keywords in context": "/search/?q=合作&view=kwic",
    "nothing found": "/search/?q=“从来没有人说过的话”",
    "query with a mistake": "/search/?q=合作 NEAR/x (“",
    "filter with a mistake": "/search/?q=合作&outlet=nobody&from=yesterday",
    "404": "/conferences/never-held/",
}


def fill(folder: Path) -> None:
    """To the seed: a second transcript of it, and a talk in English of a host that has a host."""
    corrected = folder / SEED.name
    corrected.write_bytes(SEED.read_bytes().replace("健康".encode(), "安康".encode(), 1))
    call_command("ingest", corrected, verbosity=0)
    speaker = Speaker.objects.get(slug="wang-yi")
    reuters = Outlet.objects.get(slug="reuters")
    for year, language, slug in ((2018, "en", "briefing"), (2019, "zh-Hans", "jizhehui")):
        talk = make_conference(
            date=dt.date(year, 5, 24),
            speaker=speaker,
            slug=slug,
            language=language,
            institution="外交部",
            title=f"Press briefing of {year}",
        )
        for _ in range(2):
            exchange = make_exchange(talk, "What is your view?", outlet=reuters)
            make_answer(exchange, "It has not changed. 合作。", speaker=speaker)
    assert [host.slug for host in list_hosts()] == ["wai-jiao-bu"]
