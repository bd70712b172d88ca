"""Series: the conferences of one host.

A host is what the transcript says, free text, so nothing here claims to know institutions. Two
printings are one series when their addresses are the same; each page names every printing it has,
and conferences that name no host are in no series.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.text import slugify

from archive.models import Conference
from archive.text.folding import fold


@dataclass(frozen=True, slots=True)
class Series:
    slug: str
    names: tuple[str, ...]  # as printed, the most frequent first
    count: int
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return self.names[0]

    def get_absolute_url(self) -> str:
        return reverse("archive:series", args=[self.slug])


@lru_cache(maxsize=4096)
def series_slug(name: str) -> str:
    """The address of a host: its romanised name, of a name alone, so that it lasts as long."""
    folded = fold(name).strip()
    slug = slugify(folded if folded.isascii() else _romanised(folded))
    return slug or f"host-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def warm() -> None:
    """Load what the first page of hosts would wait for."""
    _romanised("部")


def _romanised(name: str) -> str:
    # Its dictionaries take half a second and 57 MB; a command that needs no names does without.
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


def all_series() -> list[Series]:
    """Every series with a published conference, the longest first. One query."""
    counted: Iterable[tuple[str, int, dt.date, dt.date]] = (
        Conference.objects.published()
        .exclude(institution="")
        .order_by()
        .values_list("institution")
        .annotate(count=Count("pk"), first=Min("date"), last=Max("date"))
    )
    printed: dict[str, list[tuple[str, int, dt.date, dt.date]]] = {}
    for one in counted:
        printed.setdefault(series_slug(one[0]), []).append(one)
    found = [_joined(slug, ones) for slug, ones in printed.items()]
    return sorted(found, key=lambda series: (-series.count, series.slug))


def _joined(slug: str, printed: list[tuple[str, int, dt.date, dt.date]]) -> Series:
    names = sorted(printed, key=lambda one: (-one[1], one[0]))
    return Series(
        slug=slug,
        names=tuple(name for name, *_ in names),
        count=sum(count for _, count, _, _ in printed),
        first=min(first for *_, first, _ in printed),
        last=max(last for *_, last in printed),
    )
