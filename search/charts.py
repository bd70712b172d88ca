"""The line through time as a drawing, and where its bars lead. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from archive.plots import Box, Tick, plot
from archive.plots import Column as Drawn
from search.results import Bar


@dataclass(frozen=True, slots=True)
class Column:
    """One year or month, with a box for questions and one for answers."""

    bar: Bar
    drawn: Drawn

    @property
    def is_gap(self) -> bool:
        return self.drawn.is_gap

    @property
    def is_month(self) -> bool:
        return self.drawn.is_month

    @property
    def since(self) -> dt.date:
        return self.drawn.since

    @property
    def until(self) -> dt.date:
        return self.drawn.until

    @property
    def x(self) -> float:
        return self.drawn.x

    @property
    def width(self) -> float:
        return self.drawn.width

    @property
    def questions(self) -> Box:
        return self.drawn.boxes[0]

    @property
    def answers(self) -> Box:
        return self.drawn.boxes[1]

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
class Chart:
    columns: list[Column]
    ticks: list[Tick]
    most: int  # occurrences of the highest bar
    top: float
    floor: float


def chart(bars: Sequence[Bar]) -> Chart:
    """The drawing of `bars`, all years or all months, in order. No bars, no columns."""
    whole = plot({bar.period: (bar.questions, bar.answers) for bar in bars})
    known = {bar.period: bar for bar in bars}
    columns = [
        Column(known.get(drawn.period) or Bar(drawn.period, 0, 0, 0, 0), drawn)
        for drawn in whole.columns
    ]
    return Chart(columns, whole.ticks, whole.most, whole.top, whole.floor)


def per_10_000(occurrences: int, characters: int) -> float | None:
    """Occurrences in 10,000 characters; None where nothing was said."""
    return occurrences * 10_000 / characters if characters else None
