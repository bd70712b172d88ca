"""The line through time as a drawing: from bars to places and sizes. Pure.

Every length is a percentage of the drawing, so that bars stretch with it and letters do not.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from search.results import Bar

_TOP, _FLOOR = 12.0, 84.0  # the highest bar reaches from floor to top; below are the labels
_WIDEST = 16.0  # of a period: few periods are not blown up to blocks
_FILL = 0.74  # of a period's width is bars, the rest is air
_LOWEST = 1.5  # what was said once is seen beside what was said a thousand times
_LABELS = 8
_EVERY = {"year": (1, 2, 5, 10, 20, 50, 100), "month": (1, 2, 3, 6, 12, 24, 60, 120, 240)}


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One year or month, with a box for questions and one for answers."""

    bar: Bar
    since: dt.date
    until: dt.date
    x: float
    width: float
    questions: Box
    answers: Box

    @property
    def is_gap(self) -> bool:
        return not (self.bar.questions or self.bar.answers)

    @property
    def is_month(self) -> bool:
        return _is_month(self.bar.period)

    @property
    def parameters(self) -> dict[str, str]:
        """Name to value in the address that narrows a search to this period, and looks closer."""
        closer = {} if self.is_month else {"step": ""}
        return {"from": self.since.isoformat(), "to": self.until.isoformat(), **closer}

    @property
    def questions_rate(self) -> float | None:
        return per_10_000(self.bar.questions, self.bar.question_characters)

    @property
    def answers_rate(self) -> float | None:
        return per_10_000(self.bar.answers, self.bar.answer_characters)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the drawing. Every second one is minor, and goes where there is no room."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Chart:
    columns: list[Column]
    ticks: list[Tick]
    most: int  # occurrences of the highest bar
    top: float
    floor: float


def chart(bars: Sequence[Bar]) -> Chart:
    """The drawing of `bars`, all years or all months, in order. No bars, no columns."""
    whole = filled(bars)
    most = max((max(bar.questions, bar.answers) for bar in whole), default=0)
    width = min(100 / len(whole), _WIDEST) if whole else 0.0
    columns = [_column(bar, at * width, width, most) for at, bar in enumerate(whole)]
    return Chart(columns, _ticks(columns), most, _TOP, _FLOOR)


def filled(bars: Sequence[Bar]) -> list[Bar]:
    """`bars` with an empty one for every period between the first and the last without any."""
    if not bars:
        return []
    known = {_ordinal(bar.period): bar for bar in bars}
    months = _is_month(bars[0].period)
    return [
        known.get(at) or Bar(at // 12 * 100 + at % 12 + 1 if months else at, 0, 0, 0, 0)
        for at in range(min(known), max(known) + 1)
    ]


def per_10_000(occurrences: int, characters: int) -> float | None:
    """Occurrences in 10,000 characters; None where nothing was said."""
    return occurrences * 10_000 / characters if characters else None


def _is_month(period: int) -> bool:
    return period > 9999


def _ordinal(period: int) -> int:
    """A number that grows by one with each year, or with each month."""
    return period // 100 * 12 + period % 100 - 1 if _is_month(period) else period


def _days(period: int) -> tuple[dt.date, dt.date]:
    """The first and the last day."""
    if not _is_month(period):
        return dt.date(period, 1, 1), dt.date(period, 12, 31)
    year, month = divmod(period, 100)
    into_next = dt.date(year, month, 28) + dt.timedelta(days=4)
    return dt.date(year, month, 1), into_next - dt.timedelta(days=into_next.day)


def _column(bar: Bar, x: float, width: float, most: int) -> Column:
    half = width * _FILL / 2
    middle = x + width / 2
    since, until = _days(bar.period)
    return Column(
        bar=bar,
        since=since,
        until=until,
        x=round(x, 3),
        width=round(width, 3),
        questions=_box(bar.questions, middle - half, half, most),
        answers=_box(bar.answers, middle, half, most),
    )


def _box(amount: int, x: float, width: float, most: int) -> Box:
    height = max((_FLOOR - _TOP) * amount / most, _LOWEST) if amount else 0.0
    return Box(round(x, 3), round(_FLOOR - height, 3), round(width, 3), round(height, 3))


def _ticks(columns: list[Column]) -> list[Tick]:
    """Labels at round years or months, as many as have room."""
    if not columns:
        return []
    steps = _EVERY["month" if columns[0].is_month else "year"]
    at = {_ordinal(column.bar.period): column for column in columns}
    every = next((n for n in steps if sum(o % n == 0 for o in at) <= _LABELS), steps[-1])
    by_year = not columns[0].is_month or every >= 12
    labelled = [column for ordinal, column in at.items() if ordinal % every == 0]
    return [
        Tick(
            x=round(column.x + column.width / 2, 3),
            label=f"{column.since:%Y}" if by_year else f"{column.since:%Y-%m}",
            minor=number % 2 == 1,
        )
        for number, column in enumerate(labelled)
    ]
