"""Haystack's own interface: what its query set asks is answered rightly, or refused."""

import datetime as dt

import pytest
from haystack.query import SearchQuerySet

from archive.models import Answer
from tests.search.casts import index_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(db):
    return index_parts(["南海局势稳定。", "南海和平。"])


@pytest.mark.parametrize(
    "ask",
    [
        lambda found: found.facet("outlet"),
        lambda found: found.date_facet("day", dt.date(2020, 1, 1), dt.date(2021, 1, 1), "year"),
        lambda found: found.query_facet("outlet", "reuters"),
        lambda found: found.highlight(),
        lambda found: found.narrow("和平"),
        lambda found: found.order_by("day"),
        lambda found: found.boost("和平", 2),
    ],
    ids=["facet", "date_facet", "query_facet", "highlight", "narrow", "order_by", "boost"],
)
def test_what_is_not_answered_is_refused(answers, ask):
    found = ask(SearchQuerySet().auto_query("南海"))
    with pytest.raises(NotImplementedError, match=r"search\.results\.run_search"):
        len(found)


def test_facet_counts_are_refused_and_not_empty(answers):
    with pytest.raises(NotImplementedError, match="facets"):
        SearchQuerySet().facet("outlet").facet_counts()


def test_more_like_this_is_refused(answers):
    with pytest.raises(NotImplementedError, match="more_like_this"):
        len(SearchQuerySet().more_like_this(answers[0]))


def test_a_page_of_one_model_is_answered(answers):
    found = SearchQuerySet().auto_query("南海").models(Answer)
    assert found.count() == 2
    assert {result.object for result in found[:5]} == set(answers)
