"""What readers and editors of an archive ask for, and how often."""

import random
import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from archive.models import Answer, Conference, Exchange

MIX = {"browse": 60, "search": 30, "export": 5, "admin": 5}  # of a hundred requests
_HAN = re.compile("[\u4e00-\u9fff]{12,}")

Address = Callable[[random.Random], str]
# Of each kind of the mix: ways to draw an address, with how often each way is taken.
Ways = dict[str, list[tuple[int, Address]]]


def addresses() -> Ways:
    """The ways of a reader in the archive as it is. Conferences are read as such things are: the
    newest far more often than the oldest."""
    conferences, exchanges = _published()
    return {
        "browse": _browsing(conferences, exchanges),
        "search": _searching(),
        "export": _exporting(conferences),
        "admin": _editing(),
    }


def _published() -> tuple[list[str], list[str]]:
    """The addresses of conferences and of exchanges, the newest first."""
    conferences = Conference.objects.published().newest_first().values_list("slug", flat=True)
    pairs = Exchange.objects.published().newest_first().values_list("conference__slug", "ref")
    return (
        [reverse("archive:conference", args=[slug]) for slug in conferences],
        [reverse("archive:exchange", args=pair) for pair in pairs],
    )


def _browsing(conferences: list[str], exchanges: list[str]) -> list[tuple[int, Address]]:
    days = Conference.objects.published()
    years = [f"/conferences/{day:%Y}/" for day in days.dates("date", "year")]
    months = [f"/conferences/{day:%Y/%m}/" for day in days.dates("date", "month")]
    asked = Exchange.objects.published().exclude(outlet=None).select_related("outlet")[:500]
    said = Answer.objects.published().exclude(speaker=None).select_related("speaker")
    people = [one.outlet.get_absolute_url() for one in asked if one.outlet]
    people += [one.speaker.get_absolute_url() for one in said.order_by("?")[:500] if one.speaker]
    return [
        (10, lambda draw: reverse("archive:home")),
        (25, lambda draw: _popular(draw, conferences)),
        (12, lambda draw: _popular(draw, exchanges)),
        (3, lambda draw: reverse("archive:conference_list")),
        (3, lambda draw: draw.choice(years)),
        (3, lambda draw: draw.choice(months)),
        (4, lambda draw: draw.choice(people)),
    ]


def _searching() -> list[tuple[int, Address]]:
    phrases, find = _phrases(), reverse("search:search")
    return [
        (18, lambda draw: f"{find}?{urlencode({'q': _exact(draw, phrases)})}"),
        (8, lambda draw: f"{find}?{urlencode({'q': draw.choice(phrases)})}"),
        (4, lambda draw: f"{find}?{urlencode({'q': _exact(draw, phrases), 'view': 'kwic'})}"),
    ]


def _exporting(conferences: list[str]) -> list[tuple[int, Address]]:
    phrases, table = _phrases(), reverse("search:results_csv")
    return [
        (3, lambda draw: f"{_popular(draw, conferences).rstrip('/')}.json"),
        (1, lambda draw: f"{_popular(draw, conferences)}cite.bib"),
        (1, lambda draw: f"{table}?{urlencode({'q': _exact(draw, phrases)})}"),
    ]


def _editing() -> list[tuple[int, Address]]:
    newest = Conference.objects.newest_first().values_list("pk", flat=True)[:200]
    edited = [reverse("admin:archive_conference_change", args=[pk]) for pk in newest]
    return [
        (2, lambda draw: reverse("admin:index")),
        (2, lambda draw: reverse("admin:archive_conference_changelist")),
        (1, lambda draw: draw.choice(edited)),
    ]


def _popular(draw: random.Random, newest_first: list[str]) -> str:
    """One of them; the n-th as often as 1/n says (Zipf's law)."""
    return newest_first[int(len(newest_first) ** draw.random()) - 1]


def _exact(draw: random.Random, phrases: list[str]) -> str:
    return f"“{draw.choice(phrases)}”"


def _phrases() -> list[str]:
    """Two to six characters, as they were said."""
    draw = random.Random(0)
    texts = Answer.objects.published().order_by("?").values_list("text", flat=True)[:2000]
    runs = [run for text in texts for run in _HAN.findall(text)[:1]]
    found = []
    for run in runs:
        length = draw.randint(2, 6)
        at = draw.randint(0, len(run) - length)
        found.append(run[at : at + length])
    return found
