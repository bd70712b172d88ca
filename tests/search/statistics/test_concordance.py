"""Keyword in context."""

import datetime as dt

import pytest

from search.index import writer
from search.results import SearchParams, run_search
from search.statistics.concordance import PAGE_SIZE, keyword_page, keywords_in_context
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import index_parts, make_answers

pytestmark = pytest.mark.django_db


def found(q, **params):
    return run_search(SearchParams(q=q, **params))


def lines(q, sort="date", **params):
    return keywords_in_context(found(q, **params), sort)[1]


def written(q, sort="date"):
    return [f"{line.before}[{line.keyword}]{line.after}" for line in lines(q, sort)]


def test_every_occurrence_is_one_line():
    index_parts(["台湾、台湾，台湾", "没有", "谈台湾"])
    total, shown = keywords_in_context(found("“台湾”"), "date")
    assert total == len(shown) == found("“台湾”").counts.occurrences == 4
    assert written("“台湾”")[:2] == ["[台湾]、台湾，台湾", "台湾、[台湾]，台湾"]


def test_the_lines_have_the_characters_of_the_original():
    index_parts(["他說：「臺灣　ＡＢＣ」，好。"])
    assert written("“台湾 abc”") == ["他說：「[臺灣　ＡＢＣ]」，好。"]


def test_lines_in_the_order_of_their_days():
    for year in (2021, 2019, 2020):
        make_answers(make_conference(date=dt.date(year, 1, 1)), [f"{year}台湾"])
    writer.rebuild()
    assert written("“台湾”") == ["2019[台湾]", "2020[台湾]", "2021[台湾]"]


def test_lines_in_the_order_of_what_stands_after():
    index_parts(["台湾c", "台湾ab", "台湾", "台湾aa"])
    assert written("“台湾”", "after") == ["[台湾]", "[台湾]aa", "[台湾]ab", "[台湾]c"]


def test_lines_in_the_order_of_what_stands_before_nearest_first():
    index_parts(["ab台湾", "ba台湾", "aa台湾", "台湾"])
    assert written("“台湾”", "before") == ["[台湾]", "aa[台湾]", "ba[台湾]", "ab[台湾]"]


def test_what_stands_in_another_part_is_no_context():
    index_parts(["前文", "台湾", "后文"])
    assert written("“台湾”") == ["[台湾]"]


def test_every_word_of_a_query_has_its_lines():
    index_parts(["台湾和南海"])
    assert written("台湾 南海") == ["[台湾]和南海", "台湾和[南海]"]


def test_filters_leave_their_lines_out():
    conference, reuters, wang = make_conference(), make_outlet(), make_speaker()
    make_answers(conference, ["台湾一"], question="台湾？", outlet=reuters, speaker=wang)
    make_answers(conference, ["台湾二"])
    writer.rebuild()
    assert [line.passage.who for line in lines("“台湾”", outlet=reuters)] == ["路透社", "王毅"]
    assert [line.after for line in lines("“台湾”", part="answer", speaker=wang)] == ["一"]


def test_a_query_without_words_has_no_lines():
    index_parts(["台湾"])
    assert keywords_in_context(found("*"), "date") == (0, [])


@pytest.mark.parametrize(
    ("asked", "number", "shown"),
    [("1", 1, PAGE_SIZE), ("2", 2, 3), ("9", 2, 3), ("x", 1, PAGE_SIZE), ("0", 2, 3)],
)
def test_lines_are_shown_by_the_page(asked, number, shown):
    index_parts(["台湾" * (PAGE_SIZE + 3)])
    page, some = keyword_page(found("“台湾”"), "date", asked)
    assert (page.number, page.paginator.count, len(some)) == (number, PAGE_SIZE + 3, shown)


def test_a_page_of_lines_asks_the_database_once(seed, django_assert_num_queries):
    page = found("中国")
    with django_assert_num_queries(1):
        keyword_page(page, "after", "1")
