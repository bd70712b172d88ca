"""Searches that found nothing: what readers miss, for editors. Never who asked."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.extension_points import DeskLine, DeskPanel, Staff, first_rows
from archive.text.folding import fold
from search.models import EmptySearch

logger = logging.getLogger(__name__)

# What is kept: so many queries of so many characters for so many days.
ROWS = 1000
LONGEST_QUERY = 100
_DAYS = 90
_SHOWN_DAYS = 30
# A reader waits no longer for somebody else who writes.
_BUSY_TIMEOUT = 50  # milliseconds


def record_search(q: str) -> None:
    """Count a query that found nothing. Two or four queries.

    A reader's page never fails for it: where the database is read-only or busy it is left out.
    """
    folded = " ".join(fold(q).split())
    if not folded or len(folded) > LONGEST_QUERY:
        return
    try:
        with _short_busy_timeout(), transaction.atomic():
            _count(folded)
    except DatabaseError as error:
        logger.info("A search that found nothing was not counted. %s", error)


def _count(folded: str) -> None:
    now = timezone.now()
    again = EmptySearch.objects.filter(folded=folded)
    if again.update(count=F("count") + 1, last_at=now):
        return
    EmptySearch.objects.filter(last_at__lt=now - dt.timedelta(days=_DAYS)).delete()
    # The rare and old ones make room, so that nonsense does not push out what many ask.
    surplus = EmptySearch.objects.order_by("-count", "-last_at").values("pk")[ROWS - 1 : ROWS + 99]
    EmptySearch.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
    EmptySearch.objects.create(folded=folded, last_at=now)


@contextmanager
def _short_busy_timeout() -> Iterator[None]:
    """Give up soon where another process writes, instead of after the usual patience."""
    if connection.vendor != "sqlite":
        yield  # there only a writer of the same row is waited for
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def zero_result_panel(user: Staff) -> DeskPanel | None:
    """The latest of them, for the editors' desk. Two queries."""
    if not user.has_perm("search.view_emptysearch"):
        return None
    since = timezone.now() - dt.timedelta(days=_SHOWN_DAYS)
    latest = EmptySearch.objects.filter(last_at__gte=since).order_by("-count", "-last_at")
    often, count = first_rows(latest)
    return DeskPanel(
        title=_("Searches that found nothing"),
        count=count,
        url=reverse("admin:search_emptysearch_changelist"),
        lines=[
            DeskLine(
                one.folded,
                f"{one.count} ×",
                f"{reverse('search:search')}?{urlencode({'q': one.folded})}",
            )
            for one in often
        ],
        nothing=_("None in the last %(days)d days.") % {"days": _SHOWN_DAYS},
    )
