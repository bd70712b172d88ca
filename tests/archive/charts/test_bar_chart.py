"""Amounts through time as a drawing."""

from archive.charts.bar_chart import draw, fill_gaps, period_bounds


def test_nothing_makes_an_empty_drawing():
    drawn = draw({})
    assert (drawn.columns, drawn.ticks, drawn.most) == ([], [], 0)


def test_years_and_months_between_are_filled_in():
    assert fill_gaps([2021, 2018]) == [2018, 2019, 2020, 2021]
    assert fill_gaps([201911, 202002]) == [201911, 201912, 202001, 202002]


def test_one_series_has_one_bar_in_the_middle_of_its_column():
    column = draw({2019: (5,), 2020: (10,)}).columns[0]
    (box,) = column.boxes
    assert abs(box.x + box.width / 2 - (column.x + column.width / 2)) < 0.01


def test_heights_are_in_proportion_and_a_gap_has_none():
    first, gap, last = draw({2018: (5,), 2020: (10,)}).columns
    assert last.boxes[0].height == 2 * first.boxes[0].height
    assert gap.is_gap
    assert gap.boxes[0].height == 0


def test_a_month_ends_on_its_last_day():
    assert [day.isoformat() for day in period_bounds(202402)] == ["2024-02-01", "2024-02-29"]
    assert [day.isoformat() for day in period_bounds(202012)] == ["2020-12-01", "2020-12-31"]
