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


def test_the_highest_bar_reaches_from_the_floor_to_the_top():
    drawn = draw({2018: (5, 3), 2020: (10, 2)})
    highest = drawn.columns[-1].boxes[0]
    assert highest.y == drawn.top == 12
    for column in drawn.columns:
        for box in column.boxes:
            assert not box.height or box.y + box.height == drawn.floor == 84
            assert box.y >= drawn.top


def test_what_is_there_once_is_seen_beside_a_thousand():
    assert draw({2018: (1,), 2019: (1000,)}).columns[0].boxes[0].height == 1.5


def test_every_second_label_goes_where_there_is_no_room_and_never_the_first():
    ticks = draw(dict.fromkeys(range(2018, 2023), (1,))).ticks
    assert [(tick.label, tick.minor) for tick in ticks] == [
        ("2018", False),
        ("2019", True),
        ("2020", False),
        ("2021", True),
        ("2022", False),
    ]


def test_a_month_ends_on_its_last_day():
    assert [day.isoformat() for day in period_bounds(202402)] == ["2024-02-01", "2024-02-29"]
    assert [day.isoformat() for day in period_bounds(202012)] == ["2020-12-01", "2020-12-31"]
