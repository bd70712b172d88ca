"""Amounts by year as a drawing whose bars lead somewhere. Queries nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from archive.charts.bar_chart import BarGroup, Plot, draw, period_bounds


@dataclass(frozen=True, slots=True)
class YearBar:
    column: BarGroup
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class YearPlot:
    bars: list[YearBar]  # of years that have any
    drawn: Plot


def plot_years(counts: Mapping[int, int], address: Callable[[int], str]) -> YearPlot | None:
    """The drawing of `counts` by year; None for one year, which makes no line through time."""
    if len(counts) < 2:
        return None
    drawn = draw({year: (count,) for year, count in counts.items()})
    bars = [
        YearBar(column, column.amounts[0], address(column.period))
        for column in drawn.columns
        if not column.is_gap
    ]
    return YearPlot(bars, drawn)


def search_address(parameters: Mapping[str, str], year: int | None = None) -> str:
    """The search for everything that `parameters` leave, of `year` if one is given."""
    dates = dict(zip(("from", "to"), map(str, period_bounds(year)), strict=True)) if year else {}
    order = {"sort": "newest"}
    return f"{reverse('search:search')}?{urlencode({'q': '*', **parameters, **dates, **order})}"
