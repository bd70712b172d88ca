"""Hosts: who holds conferences, and the addresses of their pages.

A host is what the transcript says, free text, so nothing here claims to know institutions. Two
printings are one host when their addresses are the same; each page names every printing it has,
and conferences that name no host are on no such page.
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
from archive.text.romanisation import romanise


@dataclass(frozen=True, slots=True)
class Host:
    """A host, with the number and the first and last day of its published conferences."""

    slug: str
    names: tuple[str, ...]  # as printed, the most frequent first
    count: int
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return self.names[0]

    def get_absolute_url(self) -> str:
        return reverse("archive:host", args=[self.slug])


@lru_cache(maxsize=4096)
def host_slug(name: str) -> str:
    """The address of a host: its romanised name, of a name alone, so that it lasts as long."""
    folded = fold(name).strip()
    slug = slugify(folded if folded.isascii() else romanise(folded))
    return slug or f"host-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def list_hosts() -> list[Host]:
    """Every host with a published conference, the most frequent first. One query."""
    counted: Iterable[tuple[str, int, dt.date, dt.date]] = (
        Conference.objects.published()
        .exclude(institution="")
        .order_by()
        .values_list("institution")
        .annotate(count=Count("pk"), first=Min("date"), last=Max("date"))
    )
    printed: dict[str, list[tuple[str, int, dt.date, dt.date]]] = {}
    for one in counted:
        printed.setdefault(host_slug(one[0]), []).append(one)
    found = [_joined(slug, ones) for slug, ones in printed.items()]
    return sorted(found, key=lambda host: (-host.count, host.slug))


def _joined(slug: str, printed: list[tuple[str, int, dt.date, dt.date]]) -> Host:
    names = sorted(printed, key=lambda one: (-one[1], one[0]))
    return Host(
        slug=slug,
        names=tuple(name for name, *_ in names),
        count=sum(count for _, count, _, _ in printed),
        first=min(first for *_, first, _ in printed),
        last=max(last for *_, last in printed),
    )
