"""The line through time as a drawing, and where its bars lead. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.charts.bar_chart import BarGroup, Plot, draw
from search.engine.protocol import Bar


@dataclass(frozen=True, slots=True)
class Column:
    """One year or month; of what is drawn, the first box is of questions, the second of answers."""

    bar: Bar
    drawn: BarGroup

    @property
    def parameters(self) -> dict[str, str]:
        """Name to value in the address that narrows a search to this period, and looks closer."""
        closer = {} if self.drawn.is_month else {"step": ""}
        since, until = self.drawn.since.isoformat(), self.drawn.until.isoformat()
        return {"from": since, "to": until, **closer}

    @property
    def questions_rate(self) -> float | None:
        return per_10_000(self.bar.questions, self.bar.question_characters)

    @property
    def answers_rate(self) -> float | None:
        return per_10_000(self.bar.answers, self.bar.answer_characters)


@dataclass(frozen=True, slots=True)
class Chart:
    columns: list[Column]  # of periods in which it was said
    drawn: Plot


def chart(bars: Sequence[Bar]) -> Chart:
    """The drawing of `bars`, all years or all months, in order. No bars, no columns."""
    whole = draw({bar.period: (bar.questions, bar.answers) for bar in bars})
    known = {bar.period: bar for bar in bars}
    said = (drawn for drawn in whole.columns if not drawn.is_gap)
    return Chart([Column(known[drawn.period], drawn) for drawn in said], whole)


def per_10_000(occurrences: int, characters: int) -> float | None:
    """Occurrences in 10,000 characters; None where nothing was said."""
    return occurrences * 10_000 / characters if characters else None
