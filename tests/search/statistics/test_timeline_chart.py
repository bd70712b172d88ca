"""The drawing of a timeline."""

import datetime as dt
from itertools import pairwise

import pytest

from search.engine.protocol import Bar
from search.statistics.timeline_chart import chart, per_10_000


def bar(period, questions=1, answers=1):
    return Bar(period, questions, answers, 1000, 10_000)


def test_no_bars_make_an_empty_drawing():
    drawn = chart([])
    assert (drawn.columns, drawn.drawn.ticks, drawn.drawn.most) == ([], [], 0)


def test_years_without_any_are_left_free():
    drawn = chart([bar(2018), bar(2019, 0, 0), bar(2021)])
    first, last = drawn.columns
    assert (first.bar.period, last.bar.period) == (2018, 2021)
    assert last.drawn.x == pytest.approx(3 * first.drawn.width, abs=0.01)


def test_heights_are_in_the_proportion_of_what_was_said():
    drawn = chart([bar(2019, 5, 20), bar(2020, 0, 10)]).drawn
    (asked, answered), (unasked, less) = (column.boxes for column in drawn.columns)
    assert answered.height == 2 * less.height == 4 * asked.height
    assert unasked.height == 0
    assert answered.y + answered.height == drawn.floor


def test_once_is_seen_beside_a_thousand_times():
    assert chart([bar(2019, 1, 1000)]).columns[0].drawn.boxes[0].height >= 1


def test_nothing_is_drawn_outside_or_over_another():
    columns = chart([bar(2000 + n) for n in range(26)]).drawn.columns
    for left, right in pairwise(columns):
        asked, answered = left.boxes
        assert asked.x + asked.width <= answered.x + 0.01
        assert answered.x + answered.width < right.boxes[0].x
    assert columns[-1].x + columns[-1].width <= 100.01


def test_a_column_narrows_a_search_to_its_period():
    assert chart([bar(202402)]).columns[0].parameters == {"from": "2024-02-01", "to": "2024-02-29"}
    year = chart([bar(2020)]).columns[0]
    assert (year.drawn.since, year.drawn.until) == (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    assert year.parameters["step"] == ""


@pytest.mark.parametrize(
    ("bars", "labels"),
    [
        ([bar(2018), bar(2020)], ["2018", "2019", "2020"]),
        ([bar(1949), bar(2020)], ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
        ([bar(202003), bar(202005)], ["2020-03", "2020-04", "2020-05"]),
        ([bar(201901), bar(201912)], [f"2019-{n:02}" for n in range(1, 13, 2)]),
        ([bar(201701), bar(202212)], ["2017", "2018", "2019", "2020", "2021", "2022"]),
    ],
)  # fmt: skip
def test_labels_stand_at_round_periods(bars, labels):
    assert [tick.label for tick in chart(bars).drawn.ticks] == labels


def test_a_rate_is_of_ten_thousand_characters():
    assert per_10_000(3, 15_000) == 2
    assert per_10_000(0, 0) is None
    assert chart([bar(2020, 2, 5)]).columns[0].questions_rate == 20
