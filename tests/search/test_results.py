"""Ranking, filters, counts and pages."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from haystack import connections
from haystack.query import SearchQuerySet

from archive.models import Answer
from search.index import writer
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_years(db):
    """路透社 asks 王毅 in 2019 about 南海, 新华社 asks 毛宁 in 2020; three answers in all."""
    wang, mao = make_speaker(), make_speaker("毛宁", "mao-ning")
    reuters, xinhua = make_outlet(), make_outlet("新华社", "xinhua")
    first = make_conference(date=dt.date(2019, 3, 8))
    second = make_conference(date=dt.date(2020, 5, 24))
    make_answers(
        first,
        ["南海局势稳定。各方都关心地区和平与发展。", "南海行为准则磋商。南海、南海！"],
        question="南海怎么办？",
        outlet=reuters,
        speaker=wang,
    )
    make_answers(second, ["稳定南海局势。"], question="局势如何？", outlet=xinhua, speaker=mao)
    writer.rebuild()
    return {"reuters": reuters, "xinhua": xinhua, "wang": wang, "mao": mao}


def texts(**params):
    return [hit.passage.text for hit in run_search(SearchParams(**params)).hits]


def test_counts_are_of_everything_not_of_the_page(two_years):
    counts = run_search(SearchParams(q="“南海”", page_size=1)).counts
    assert (counts.occurrences, counts.parts, counts.exchanges, counts.conferences) == (7, 5, 3, 2)


def test_all_words_are_required(two_years):
    assert texts(q="南海 准则") == ["南海行为准则磋商。南海、南海！"]


def test_an_exact_run_of_the_whole_query_comes_first(two_years):
    assert texts(q="稳定南海局势")[0] == "稳定南海局势。"
    assert texts(q="南海局势稳定")[0].startswith("南海局势稳定")


def test_what_speaks_of_nothing_else_is_ranked_before_what_mentions_it(two_years):
    ranked = texts(q="南海", part="answer")
    assert ranked[0] == "南海行为准则磋商。南海、南海！"


def test_occurrences_of_words_are_counted_once_each(two_years):
    assert run_search(SearchParams(q="南海 准则")).counts.occurrences == 4


def test_filters_narrow_what_is_found(two_years):
    def count(**params):
        return run_search(SearchParams(q="“南海”", **params)).counts.parts

    assert count(part="question") == 2
    assert count(part="answer") == 3
    assert count(outlet=two_years["xinhua"]) == 1
    assert count(speaker=two_years["wang"]) == 2
    assert count(since=dt.date(2020, 1, 1)) == 1
    assert count(until=dt.date(2019, 3, 8)) == 4
    assert count(since=dt.date(2019, 3, 9), until=dt.date(2020, 5, 23)) == 0


def test_a_star_with_a_filter_is_everything_of_it(two_years):
    assert run_search(SearchParams(q="*", speaker=two_years["mao"])).counts.parts == 1


def test_sorting_by_date(two_years):
    def days(sort):
        return [hit.passage.date.year for hit in run_search(SearchParams(q="南海", sort=sort)).hits]

    assert days("newest") == [2020, 2019, 2019, 2019, 2019]
    assert days("oldest") == [2019, 2019, 2019, 2019, 2020]


def test_pages_neither_repeat_nor_lose_a_hit(two_years):
    seen = []
    for number in (1, 2, 3):
        page = run_search(SearchParams(q="南海", sort="oldest", page=number, page_size=2))
        seen += [(hit.passage.part, hit.passage.pk) for hit in page.hits]
    assert len(seen) == len(set(seen)) == 5


def test_a_page_beyond_the_last_is_the_last(two_years):
    assert run_search(SearchParams(q="南海", page="999", page_size=2)).page.number == 3


def test_a_search_asks_the_database_twice(two_years, django_assert_num_queries):
    with django_assert_num_queries(2):  # what is queued, and the passages
        page = run_search(SearchParams(q="南海"))
    with django_assert_num_queries(0):
        [(hit.snippet, hit.url, hit.passage.who) for hit in page.hits]


def test_the_command_prints_counts_and_hits(two_years, ask):
    told = ask("“南海”", outlet="reuters", **{"in": "answer"})
    assert (told["occurrences"], told["parts"]) == (4, 2)
    assert told["hits"][0]["conference"] == "2019-03-08"
    assert "<mark>南海</mark>" in told["hits"][0]["snippet"]


def test_the_command_refuses_an_outlet_it_does_not_know(two_years):
    with pytest.raises(CommandError, match="outlet"):
        call_command("search", "南海", outlet="nobody")


def test_haystacks_own_query_set_speaks_the_same_language(two_years):
    found = SearchQuerySet().auto_query("“局势稳”").models(Answer)
    assert [result.object.text for result in found] == ["南海局势稳定。各方都关心地区和平与发展。"]
    assert SearchQuerySet().filter(content__exact="海局").count() == 2


def test_haystacks_update_and_remove_work(two_years):
    backend = connections["default"].get_backend()
    answer = Answer.objects.get(text="稳定南海局势。")
    backend.remove(answer)
    assert run_search(SearchParams(q="“定南海”")).counts.parts == 0
    call_command("update_index", verbosity=0)
    assert run_search(SearchParams(q="“定南海”")).counts.parts == 1


def test_a_hit_far_down_a_long_conference_leads_to_its_page(db):
    conference = make_conference()
    make_answers(conference, ["南海。"], question="问？")
    conference.exchanges.update(position=101)
    writer.rebuild()
    (hit,) = run_search(SearchParams(q="“南海”")).hits
    assert hit.url.endswith("?q=%E2%80%9C%E5%8D%97%E6%B5%B7%E2%80%9D&at=1#q1-a1")
