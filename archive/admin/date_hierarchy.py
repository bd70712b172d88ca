"""The date hierarchy above a list of the admin, asked period by period.

Django has the database truncate the date of every row, which on SQLite is a function of Python
called for each of a hundred thousand. Here each period that has rows leads to the next one, by an
index.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from archive.periods import PeriodKind


class DatedList:
    """A list as Django's template tag of the hierarchy asks it."""

    def __init__(self, listed: ChangeList) -> None:
        self.model, self.params = listed.model, listed.params
        self.date_hierarchy: str | None = listed.date_hierarchy
        self.get_query_string = listed.get_query_string
        relation, _, field = (self.date_hierarchy or "").rpartition("__")
        self._field: str = field
        self._rows: QuerySet[Any] = listed.queryset
        if relation:  # the dates are those of fewer rows, which many share
            related: Any = listed.model._meta.get_field(relation).related_model
            of_one = listed.queryset.order_by().filter(**{relation: OuterRef("pk")})
            self._rows = related._default_manager.filter(Exists(of_one))

    @property
    def queryset(self) -> "DatedList":
        return self

    def aggregate(self, **_first_and_last: Any) -> dict[str, Any]:
        return {"first": self._first, "last": self._last}

    def dates(self, _field: str, kind: PeriodKind) -> list[Any]:
        """The beginning of each period of that kind that has rows. A query for each."""
        return list(self._periods(kind))

    datetimes = dates

    def _periods(self, kind: PeriodKind) -> Iterator[Any]:
        found = self._first
        while found is not None:
            start = _start_of(found, kind)
            yield start
            if start >= _start_of(self._last, kind):
                return
            found = self._next(since=_next_start(start, kind))

    @cached_property
    def _first(self) -> Any:
        return self._next()

    @cached_property
    def _last(self) -> Any:
        return self._next(backwards=True)

    def _next(self, since: Any = None, *, backwards: bool = False) -> Any:
        rows = self._rows if since is None else self._rows.filter(**{f"{self._field}__gte": since})
        ordered = rows.order_by(f"-{self._field}" if backwards else self._field)
        return ordered.values_list(self._field, flat=True).first()


def _start_of(moment: Any, kind: PeriodKind) -> Any:
    is_moment = isinstance(moment, dt.datetime)
    day = timezone.localtime(moment).date() if is_moment else moment
    if kind != "day":
        day = day.replace(day=1)
    if kind == "year":
        day = day.replace(month=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if is_moment else day


def _next_start(start: Any, kind: PeriodKind) -> Any:
    # Longer than any period of that kind, and shorter than two.
    return _start_of(start + dt.timedelta(days={"year": 370, "month": 40, "day": 1}[kind]), kind)
