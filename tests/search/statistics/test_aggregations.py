"""What is known of everything a search finds."""

import datetime as dt

import pytest

from search.index import writer
from search.results import SearchParams, run_search
from search.statistics.aggregations import overview
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """南海 in 2018 (路透社, 王毅; twice), in March 2020 (新华社, 毛宁) and in April 2020."""
    wang, mao = make_speaker(), make_speaker("毛宁", "mao-ning")
    reuters, xinhua = make_outlet(), make_outlet("新华社", "xinhua")
    days = [dt.date(2018, 1, 1), dt.date(2020, 3, 1), dt.date(2020, 4, 10)]
    first, second, third = (make_conference(date=day) for day in days)
    make_answers(first, ["南海稳定，南海。", "谈南海。"], outlet=reuters, speaker=wang)
    make_answers(second, ["南海。"], question="南海如何？", outlet=xinhua, speaker=mao)
    make_answers(third, ["南海合作。"])
    writer.rebuild()
    return {"reuters": reuters, "xinhua": xinhua, "wang": wang}


def known(step=None, **params):
    return overview(run_search(SearchParams(**{"q": "“南海”", **params}), with_ends=True), step)


def facets(**params):
    return {
        facet.name: {value.label: value.count for value in facet.values}
        for facet in known(**params).facets
    }


def test_facets_count_passages(cast):
    assert facets() == {
        "year": {"2020": 3, "2018": 2},
        "outlet": {"路透社": 2, "新华社": 2},
        "speaker": {"王毅": 2, "毛宁": 1},
    }


def test_a_facet_does_not_hide_its_own_alternatives(cast):
    found = facets(outlet=cast["reuters"])
    assert found["outlet"] == {"路透社": 2, "新华社": 2}
    assert found["speaker"] == {"王毅": 2}
    assert found["year"] == {"2018": 2}


def test_a_chosen_value_takes_its_filter_away(cast):
    params = {"since": dt.date(2018, 1, 1), "until": dt.date(2018, 12, 31)}
    years = known(**params).facets[0].values
    assert [(year.label, year.chosen) for year in years] == [("2020", False), ("2018", True)]
    assert years[1].parameters == {"from": "", "to": ""}
    assert years[0].parameters == {"from": "2020-01-01", "to": "2020-12-31"}


def test_a_chosen_value_is_shown_however_rare():
    conference = make_conference()
    for number in range(13):
        outlet = make_outlet(f"第{number}报", f"paper-{number}")
        make_answers(conference, ["南海。"] * (14 - number), outlet=outlet)
    writer.rebuild()
    facet = next(facet for facet in known(outlet=outlet).facets if facet.name == "outlet")
    assert (len(facet.values), facet.more) == (13, 0)
    assert facet.values[-1].chosen
    assert known().facets[1].more == 1


def test_first_and_last_and_by_how_many(cast):
    span = known().span
    assert (span.first.passage.text, span.last.passage.text) == ("南海稳定，南海。", "南海合作。")
    assert (span.first.passage.speaker, span.last.passage.speaker) == ("王毅", "")
    assert span.speakers == 2


def test_on_a_single_day_first_and_last_are_as_they_were_said():
    wang = make_speaker()
    make_answers(make_conference(), ["南海稳定。", "再谈南海。"], question="南海？", speaker=wang)
    writer.rebuild()
    span = known().span
    assert (span.first.passage.text, span.last.passage.text) == ("南海？", "再谈南海。")


def test_the_longest_silence_lies_between_two_days(cast):
    silence = known().span.silence
    assert (silence.after, silence.before) == (dt.date(2018, 1, 1), dt.date(2020, 3, 1))
    assert silence.days == 790
    assert known(outlet=cast["reuters"]).span.silence is None


def test_nothing_found_has_no_span(cast):
    nothing = known(q="“月球”")
    assert (nothing.span, nothing.facets, nothing.timeline) == (None, [], [])


def test_the_timeline_counts_occurrences_beside_what_was_spoken(cast):
    first, second = known("year").timeline
    assert (first.period, first.questions, first.answers) == (2018, 0, 3)
    assert (first.question_characters, first.answer_characters) == (4, 12)
    assert (second.period, second.questions, second.answers) == (2020, 1, 2)


def test_the_timeline_counts_only_what_the_filters_leave(cast):
    (bar,) = known("year", speaker=cast["wang"]).timeline
    assert (bar.questions, bar.question_characters) == (0, 0)
    assert (bar.answers, bar.answer_characters) == (3, 12)


def test_a_short_time_is_drawn_by_month_and_a_long_one_by_year(cast):
    assert known().step == "month"
    make_answers(make_conference(date=dt.date(2022, 1, 1)), ["南海。"])
    writer.rebuild()
    assert known().step == "year"
    assert [bar.period for bar in known("month").timeline] == [201801, 202003, 202004, 202201]


def test_centuries_are_not_drawn_by_month(cast):
    make_answers(make_conference(date=dt.date(1820, 1, 1)), ["南海。"])
    writer.rebuild()
    assert known("month").step == "year"
