"""The search page."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from search.index import writer
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(**parameters):
        return client.get(reverse("search:search"), parameters, headers={"Accept-Language": "en"})

    return get


def links(response):
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)"', response.text)]


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
    writer.rebuild()
    text = page(q='"<script>"').text
    assert "<script>" not in text
    assert "<mark>&lt;script&gt;</mark>" in text


def test_no_cookie_is_set_for_a_reader(seed, page):
    assert not page(q="“一带一路”").cookies


@pytest.mark.parametrize("q", ["*", "“", "((((", "a" * 5000, "\x00", "“\ud800”", "-|-:NEAR/3"])
def test_no_query_breaks_the_page(seed, page, q):
    assert page(q=q.encode("utf-8", "replace").decode()).status_code == 200


def make_years(years=(2018, 2020)):
    """In each year 王毅 answers 路透社 about 南海, once in the question and twice in the answer."""
    wang, reuters = make_speaker(), make_outlet()
    for year in years:
        conference = make_conference(date=dt.date(year, 5, 24), language="zh-Hans")
        answers = ["南海、南海。", "别的。"]
        make_answers(conference, answers, question="南海？", outlet=reuters, speaker=wang)
    writer.rebuild()


@pytest.mark.parametrize(
    ("parameters", "queries"),
    [({"sort": "newest"}, 3), ({"view": "kwic"}, 4), ({"sort": "oldest", "page": "2"}, 3)],
)
def test_the_page_asks_the_database_alike_for_little_and_for_much(
    page, django_assert_num_queries, parameters, queries
):
    make_years(range(2001, 2020))
    page(q="南海")
    # One for the queue, two each for form, facets and passages or lines; then first and last.
    with django_assert_num_queries(queries):
        page(q="南海", **parameters)
    with django_assert_num_queries(queries):
        page(q="南海", to="2001-12-31", **parameters)


def test_the_query_is_said_back_with_its_counts(page):
    make_years()
    text = page(q="“南海”").text
    assert "Looking for exactly “南海”" in text
    assert "8 times in 4 exchanges of 2 conferences by 1 speaker" in text
    assert "6 passages" in text


def test_some_of_the_words_are_not_passed_off_as_all(page):
    make_years()
    notice = "No passage has all the words"
    assert notice in page(q="南海 月球").text
    assert notice not in page(q="南海").text


def test_the_strip_tells_first_last_and_silence(page):
    make_years()
    text = page(q="“南海”").text
    assert re.search(r"First said.*?24 May 2018.*?Last said.*?24 May 2020", text, re.S)
    assert "731 days" in text


def test_a_facet_keeps_the_other_parameters_and_drops_the_page(page):
    make_years()
    hrefs = links(page(q="“南海”", sort="newest", page="1", colour="red"))
    query = "q=%E2%80%9C%E5%8D%97%E6%B5%B7%E2%80%9D"
    assert f"?{query}&sort=newest&from=2018-01-01&to=2018-12-31" in hrefs
    assert f"?{query}&sort=newest&outlet=reuters" in hrefs
    inside = [href for href in hrefs if href.startswith("?")]
    assert not [href for href in inside if "page=" in href or "red" in href]


def test_a_chosen_facet_is_marked_and_takes_its_filter_away(page):
    make_years()
    text = html.unescape(page(q="南海", outlet="reuters").text)
    chosen = re.findall(r'<a href="([^"]+)" aria-current="true"><span lang="zh">路透社', text)
    assert chosen == ["?q=%E5%8D%97%E6%B5%B7"]


def test_filters_that_are_on_are_chips(page):
    make_years()
    response = page(q="南海", outlet="reuters", **{"in": "question", "from": "2018-01-01"})
    chips = re.search(r'<nav class="chips".*?</nav>', response.text, re.S)[0]
    assert re.findall(r"<span[^>]*>([^<]*)</span></a>", re.sub(r"\s+(?=</a>)", "", chips)) == [
        "Questions",
        "路透社",
        "since 1 January 2018",
    ]
    assert "?q=%E5%8D%97%E6%B5%B7&in=question&outlet=reuters" in links(response)


def test_the_timeline_links_to_its_periods_and_says_them(page):
    make_years()
    response = page(q="“南海”", step="year")
    text = response.text
    assert re.search(r"<title>\s*2018\s*: 2 in questions, 2 in answers</title>", text)
    assert "?q=%E2%80%9C%E5%8D%97%E6%B5%B7%E2%80%9D&from=2018-01-01&to=2018-12-31" in links(
        response
    )
    assert text.count('class="column"') == 2  # 2019 is a gap
    assert "<td>2</td><td>3,333.3</td>" in text
    assert "<td>2</td><td>2,222.2</td>" in text


def test_a_search_without_words_draws_no_line_and_counts_no_occurrence(page):
    make_years()
    text = page(q="*").text
    assert "<svg" not in text
    assert "0 times" not in text
    assert "4 exchanges of 2 conferences" in text


def test_keywords_stand_in_their_context(page):
    make_years((2018,))
    text = page(q="“南海”", view="kwic", context="after").text
    assert text.count("<mark>南海</mark>") == 4
    assert '<span class="before"><span>南海、</span></span><mark>南海</mark>' in text
    assert re.search(r'aria-current="true">What stands after', text)


def test_lines_of_context_have_pages_that_keep_the_view(page):
    make_answers(make_conference(), ["南海" * 120])
    writer.rebuild()
    response = page(q="“南海”", view="kwic", page="2")
    assert response.text.count("<mark>南海</mark>") == 50
    assert "Page 2 of 3" in response.text
    assert "?q=%E2%80%9C%E5%8D%97%E6%B5%B7%E2%80%9D&view=kwic&page=3" in links(response)


def test_the_sort_that_is_on_is_said(page):
    make_years()
    on = re.compile(r'aria-current="true">(Relevance|Newest first|Oldest first)')
    assert on.findall(page(q="南海", sort="oldest").text) == ["Oldest first"]
    assert on.findall(page(q="南海", sort="sideways").text) == ["Relevance"]


def test_view_and_sort_outlive_a_new_query(page):
    make_years()
    text = page(q="南海", view="kwic", sort="newest", step="sideways").text
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', text)
    assert hidden == [("sort", "newest"), ("view", "kwic")]


def test_nothing_found_suggests_what_is_near(page):
    make_years()
    text = page(q="“南海”", **{"from": "2030-01-01"}).text
    assert "Nothing in the archive matches: exactly “南海”" in text
    assert re.search(r'href="\?q=[^"&]+">\s*6 passages outside your dates', text)


def test_passages_say_their_language_and_the_page_is_not_indexed(page):
    make_years((2018,))
    for view in ("list", "kwic"):
        text = page(q="“南海”", view=view).text
        assert re.search(r'lang="zh-Hans"[^<]*>.*<mark>', text)
        assert '<meta name="robots" content="noindex">' in text
