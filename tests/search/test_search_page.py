"""The search page."""

import pytest
from django.urls import reverse

from search import indexing
from tests.archive.casts import make_conference
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(**parameters):
        return client.get(reverse("search:search"), parameters, headers={"Accept-Language": "en"})

    return get


def test_the_empty_page_explains_how_to_search(page):
    response = page()
    assert response.status_code == 200
    assert "How to search" in response.text


def test_a_hit_links_to_its_marked_place(seed, page):
    text = page(q="“类命运共”").text
    assert "人<mark>类命运共</mark>同体" in text
    assert "/conferences/2020-05-24/?q=%E2%80%9C" in text
    assert "#q2" in text


def test_a_query_that_matches_nothing_says_so(seed, page):
    response = page(q="“月球背面”")
    assert response.status_code == 200
    assert "Nothing in the archive matches" in response.text


def test_a_query_that_cannot_be_read_gets_a_sentence_and_the_best_guess(seed, page):
    text = page(q="“一带一路").text
    assert "character 1 is not closed" in text
    assert "<mark>一带一路</mark>" in text


def test_an_unknown_filter_is_told_and_left_out(seed, page):
    response = page(q="“一带一路”", outlet="nobody", sort="sideways", page="-7")
    assert response.status_code == 200
    assert "<mark>一带一路</mark>" in response.text


def test_without_an_index_the_page_says_that_search_is_being_rebuilt(page):
    response = page(q="台湾")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Search is being rebuilt" in response.text


def test_markup_in_query_and_text_is_escaped(page):
    make_answers(make_conference(), ["<script>alert(1)</script>"])
    indexing.rebuild()
    text = page(q='"<script>"').text
    assert "<script>" not in text
    assert "<mark>&lt;script&gt;</mark>" in text


def test_no_cookie_is_set_for_a_reader(seed, page):
    assert not page(q="“一带一路”").cookies


@pytest.mark.parametrize("q", ["*", "“", "((((", "a" * 5000, "\x00", "“\ud800”", "-|-:NEAR/3"])
def test_no_query_breaks_the_page(seed, page, q):
    assert page(q=q.encode("utf-8", "replace").decode()).status_code == 200


def test_the_page_asks_the_database_little(seed, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page(q="中国")
