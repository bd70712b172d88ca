"""What helps when nothing was found."""

import datetime as dt

import pytest

from search.index import writer
from search.no_results import suggest_searches
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import index_parts, make_answers

pytestmark = pytest.mark.django_db


def suggested(q, **params):
    found = suggest_searches(run_search(SearchParams(q=q, **params)))
    return [(one.kind, one.q, one.count) for one in found]


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("dates", {"since": dt.date(2030, 1, 1)}),
        ("dates", {"until": dt.date(1999, 1, 1)}),
        ("part", {"part": "question"}),
    ],
)
def test_what_a_filter_hides_is_counted(kind, params):
    index_parts(["谈南海", "南海、南海", "别的"])
    assert suggested("“南海”", **params) == [(kind, "“南海”", 2)]


def test_each_filter_alone_is_taken_away():
    reuters, xinhua = make_outlet(), make_outlet("新华社", "xinhua")
    wang, mao = make_speaker(), make_speaker("毛宁", "mao-ning")
    make_answers(make_conference(), ["南海"], outlet=reuters, speaker=wang)
    writer.rebuild()
    assert suggested("“南海”", outlet=xinhua) == [("outlet", "“南海”", 1)]
    assert suggested("“南海”", speaker=mao) == [("speaker", "“南海”", 1)]
    assert suggested("“南海”", outlet=xinhua, speaker=mao) == []


def test_a_suggestion_says_how_it_stands_in_an_address():
    index_parts(["谈南海"])
    (one,) = suggest_searches(run_search(SearchParams(q="“南海”", since=dt.date(2030, 1, 1))))
    assert one.parameters == {"from": "", "to": ""}


def test_the_wording_of_taiwan_finds_that_of_the_mainland():
    index_parts(["改进软件和网络"])
    assert ("variant", "“软件和网络”", 1) in suggested("“軟體和網路”")


def test_a_phrase_is_tried_as_words():
    index_parts(["南海局势稳定，准则磋商有进展"])
    assert suggested("“准则 南海”") == [("words", "准则 南海", 1)]


def test_names_that_are_spelled_much_alike():
    asking = make_outlet("哈萨克斯坦通讯社", "kazinform")
    make_answers(make_conference(), ["哈萨克斯坦通讯社的记者问"], outlet=asking)
    writer.rebuild()
    assert suggested("“哈萨克斯旦通讯社”") == [("name", "“哈萨克斯坦通讯社”", 1)]


def test_what_finds_nothing_is_not_suggested():
    asking = make_outlet("哈萨克斯坦通讯社", "kazinform")
    make_answers(make_conference(), ["别的"], outlet=asking)
    writer.rebuild()
    assert suggested("“哈萨克斯旦通讯社”", since=dt.date(2030, 1, 1)) == []
