"""Amounts through time as a drawing: from numbers to places and sizes. Pure.

A period is a year (2020) or a month (202005). Every length is a percentage of the drawing, so
that bars stretch with it and letters do not.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOP, _FLOOR = 12.0, 84.0  # the highest bar reaches from floor to top; below are the labels
_WIDEST = 16.0  # of a period: few periods are not blown up to blocks
_FILL = 0.74  # of a period's width is bars, the rest is air
_LOWEST = 1.5  # what is there once is seen beside what is there a thousand times
_LABELS = 8
_EVERY = {"year": (1, 2, 5, 10, 20, 50, 100), "month": (1, 2, 3, 6, 12, 24, 60, 120, 240)}


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarGroup:
    """One year or month, with an amount and a box for each series."""

    period: int
    x: float
    width: float
    amounts: tuple[int, ...]
    boxes: tuple[Box, ...]

    @property
    def is_gap(self) -> bool:
        return not any(self.amounts)

    @property
    def is_month(self) -> bool:
        return is_month(self.period)

    @property
    def since(self) -> dt.date:
        return period_bounds(self.period)[0]

    @property
    def until(self) -> dt.date:
        return period_bounds(self.period)[1]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the drawing. Every second one is minor, and goes where there is no room."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Plot:
    columns: list[BarGroup]
    ticks: list[Tick]
    most: int  # of the highest bar
    top: float = _TOP
    floor: float = _FLOOR


def draw(amounts: Mapping[int, Sequence[int]]) -> Plot:
    """The drawing of `amounts`: for each period, all years or all months, one for each series.

    Periods between the first and the last without any are gaps. No amounts, no columns.
    """
    periods = fill_gaps(amounts)
    series = max(map(len, amounts.values()), default=1)
    most = max((max(of_one) for of_one in amounts.values()), default=0)
    width = min(100 / len(periods), _WIDEST) if periods else 0.0
    columns = [
        _column(period, amounts.get(period, (0,) * series), at * width, width, most)
        for at, period in enumerate(periods)
    ]
    return Plot(columns, _ticks(columns), most)


def fill_gaps(periods: Iterable[int]) -> list[int]:
    """Every period from the first of `periods` to the last."""
    known = sorted(periods)
    if not known:
        return []
    first, last = _ordinal(known[0]), _ordinal(known[-1])
    months = is_month(known[0])
    return [at // 12 * 100 + at % 12 + 1 if months else at for at in range(first, last + 1)]


def is_month(period: int) -> bool:
    return period > 9999


def period_bounds(period: int) -> tuple[dt.date, dt.date]:
    """The first and the last day."""
    if not is_month(period):
        return dt.date(period, 1, 1), dt.date(period, 12, 31)
    year, month = divmod(period, 100)
    into_next = dt.date(year, month, 28) + dt.timedelta(days=4)
    return dt.date(year, month, 1), into_next - dt.timedelta(days=into_next.day)


def _ordinal(period: int) -> int:
    """A number that grows by one with each year, or with each month."""
    return period // 100 * 12 + period % 100 - 1 if is_month(period) else period


def _column(period: int, amounts: Sequence[int], x: float, width: float, most: int) -> BarGroup:
    share = width * _FILL / len(amounts)
    left = x + width * (1 - _FILL) / 2
    boxes = tuple(_box(amount, left + at * share, share, most) for at, amount in enumerate(amounts))
    return BarGroup(period, round(x, 3), round(width, 3), tuple(amounts), boxes)


def _box(amount: int, x: float, width: float, most: int) -> Box:
    height = max((_FLOOR - _TOP) * amount / most, _LOWEST) if amount else 0.0
    return Box(round(x, 3), round(_FLOOR - height, 3), round(width, 3), round(height, 3))


def _ticks(columns: list[BarGroup]) -> list[Tick]:
    """Labels at round years or months, as many as have room."""
    if not columns:
        return []
    months = columns[0].is_month
    steps = _EVERY["month" if months else "year"]
    at = {_ordinal(column.period): column for column in columns}
    every = next((n for n in steps if sum(o % n == 0 for o in at) <= _LABELS), steps[-1])
    by_year = not months or every >= 12
    labelled = [column for ordinal, column in at.items() if ordinal % every == 0]
    return [
        Tick(
            x=round(column.x + column.width / 2, 3),
            label=f"{column.since:%Y}" if by_year else f"{column.since:%Y-%m}",
            minor=number % 2 == 1,
        )
        for number, column in enumerate(labelled)
    ]
