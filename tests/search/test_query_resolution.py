"""Names in a query, and the rows they stand for."""

import pytest

from search.index import writer
from search.query_explanation import explain_query
from search.results import SearchParams, run_search
from tests.archive.casts import make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(db):
    make_talk(3)
    writer.rebuild()


def page(q):
    return run_search(SearchParams(q=q))


@pytest.mark.parametrize("name", ["路透社", "《路透社》", "reuters", "路透"])
def test_an_outlet_is_known_by_alias_slug_and_part_of_its_name(talk, name):
    assert page(f"* outlet:{name}").counts.parts == 6
    assert page(f"* -outlet:{name}").counts.parts == 0


@pytest.mark.parametrize("name", ["王毅", "wang-yi", "王"])
def test_a_speaker_is_known_by_name_slug_and_part_of_the_name(talk, name):
    assert page(f"* speaker:{name}").counts.parts == 3


def test_places_and_dates_narrow_a_search(talk):
    assert page("第2 in:question").counts.parts == 1
    assert page("* date:2020-05 in:answer").counts.parts == 3
    assert page("* date:2019").counts.parts == 0


def test_nothing_but_an_unknown_name_is_told_and_finds_nothing(talk):
    found = page("outlet:月球日报")
    assert [complaint.code for complaint in found.complaints] == ["unknown_outlet"]
    assert found.counts.parts == 0


def test_what_was_left_out_is_not_said_back(talk):
    found = page("“第2问” outlet:月球日报")
    assert "月球日报" not in explain_query(found.query)
    assert found.counts.parts == 1


def test_an_unknown_name_beside_what_is_unwanted_leaves_everything_else(talk):
    assert page("outlet:月球日报 -“第2问”").counts.parts == 5


def test_when_no_part_has_all_words_some_have_a_few(talk):
    found = page("第2问 月球")
    assert found.partial
    assert found.hits[0].passage.text == "第2问？"


def test_words_in_no_part_find_nothing(talk):
    found = page("月球")
    assert not found.partial
    assert found.counts.parts == 0
