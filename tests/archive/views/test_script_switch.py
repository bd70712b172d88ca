"""A transcript in the other script, with its original one click away."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.text.chinese_scripts import Converted, convert, language_of, script_of
from search.highlight import marked_paragraphs
from tests.archive.casts import make_answer, make_conference, make_exchange, make_outlet, make_talk
from tests.archive.views.pages import URL, read

pytestmark = pytest.mark.django_db


def make_simplified(text: str = "头发白了，软件发展了。", **fields):
    conference = make_conference(title="两会记者会", language="zh-Hans", **fields)
    exchange = make_exchange(conference, "台湾问题？", outlet=make_outlet(name="联合报"))
    make_answer(exchange, text)
    return conference


@pytest.mark.parametrize("url", [URL, f"{URL}1/"])
def test_everything_said_is_shown_in_traditional_characters_with_its_language(client, url):
    make_simplified()
    page = read(client, url, script="hant")
    for words in ("兩會記者會", "聯合報", "臺灣問題？", "頭髮白了，軟件發展了。"):
        assert words in page
    passage = r'<div class="question" lang="zh-Hant">\s*<p>臺灣問題？</p>\s*</div>'
    assert re.search(passage, page)


def test_a_traditional_transcript_is_shown_in_simplified_characters(client):
    conference = make_conference(language="zh-TW")
    make_answer(make_exchange(conference), "裡面的資訊，看著著作。")
    page = read(client, script="hans")
    assert "里面的资讯，看着著作。" in page
    assert "the original is in traditional characters" in page


def test_the_original_is_one_click_away_and_the_search_is_kept(client):
    make_simplified()
    page = read(client, script="hant", q="发展")
    assert "the original is in simplified characters" in page
    assert '<a href="?q=%E5%8F%91%E5%B1%95">Show the original</a>' in page
    assert "<mark id" in page
    assert "發展</mark>" in page


def test_the_original_offers_the_other_script(client):
    make_simplified()
    assert 'href="?script=hant">Read in traditional characters</a>' in read(client)
    assert 'href="?q=a%26b&amp;script=hant">' in read(client, q="a&b")


def test_without_a_search_the_original_is_the_page_itself(client):
    make_simplified()
    assert '<a href=".">Show the original</a>' in read(client, script="hant")


def test_what_is_cited_is_the_original(client):
    make_simplified()
    page = read(client, script="hant")
    assert page.count("兩會記者會") < page.count("两会记者会")


@pytest.mark.parametrize("url", [URL, f"{URL}1/"])
def test_only_the_original_is_for_search_engines(client, url):
    make_simplified()
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in read(client, url, script="hant")
    assert noindex not in read(client, url)
    canonical = f'<link rel="canonical" href="http://testserver{url}">'
    assert canonical in read(client, url, script="hant")


def test_the_way_on_keeps_the_script_and_the_permalink_does_not(client):
    make_talk(count=3)
    page = read(client, f"{URL}2/", script="hant")
    for link in (f"{URL}1/?script=hant", f"{URL}3/?script=hant", f"{URL}?script=hant#q2"):
        assert f'href="{link}"' in page
    assert f'href="{URL}2/"' in page


@pytest.mark.parametrize("script", ["hans", "", "latn", "hant hans", "\x00"])
def test_its_own_script_and_no_script_at_all_show_the_original(client, script):
    make_simplified()
    page = read(client, script=script)
    assert "头发白了" in page
    assert "converted by machine" not in page


def test_what_is_not_chinese_has_no_other_script(client):
    conference = make_conference(language="ja")
    make_answer(make_exchange(conference), "発展について。")
    page = read(client, script="hant")
    assert "発展について。" in page
    assert "characters</a>" not in page


@pytest.mark.parametrize("url", [URL, f"{URL}2/"])
def test_another_script_asks_nothing_more_of_the_database(client, url):
    make_talk(count=5)
    asked = []
    for script in ("", "hant"):
        with CaptureQueriesContext(connection) as queries:
            read(client, url, script=script)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_showing_changes_nothing_that_is_kept(client):
    conference = make_simplified()
    read(client, script="hant")
    conference.refresh_from_db()
    assert (conference.title, conference.language) == ("两会记者会", "zh-Hans")


@pytest.mark.parametrize(
    ("language", "script"),
    [("zh", "hans"), ("zh-Hant", "hant"), ("zh-HK", "hant"), ("zh-Hans-TW", "hans"), ("en", None)],
)
def test_a_language_tag_says_the_script(language, script):
    assert script_of(language) == script


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("新华社", "zh-Hans"),
        ("聯合報", "zh-Hant"),
        ("共同社", "zh"),
        ("テレビ朝日", "ja"),
        ("연합뉴스", "ko"),
        ("Reuters", ""),
    ],
)
def test_the_letters_of_a_name_tell_its_language(name, language):
    assert language_of(name) == language


def test_marks_stand_right_where_a_conversion_changes_the_length():
    shown = Converted("甲丁丁乙\n丙", "甲丁乙\n丙")
    assert marked_paragraphs(shown, "“乙”") == ["甲丁丁<mark>乙</mark>", "丙"]
    shorter = Converted("甲乙\n丙", "甲丁丁乙\n丙")
    assert marked_paragraphs(shorter, "“乙 丙”") == ["甲<mark>乙</mark>", "<mark>丙</mark>"]


def test_marks_are_what_matches_as_it_was_written():
    """The words are cut and compared in the original: a conversion may cut them otherwise."""
    text = "着手研究"
    for query in ("着手", "“着手”"):
        assert marked_paragraphs(convert(text, "hant"), query) == ["<mark>著手</mark>研究"]


def test_the_searched_place_has_its_anchor_in_either_script(client):
    make_simplified()
    for script in ("", "hant"):
        assert re.findall(r'<mark id="([^"]+)"', read(client, script=script, q="发展")) == ["q1-a1"]


def test_a_long_conference_is_converted_in_thirty_milliseconds():
    texts = [f"第{number}问：" + "中国的发展离不开世界。" * 36 for number in range(60)]
    convert("头发", "hant")  # reads the dictionaries
    started = time.process_time()
    for text in texts:
        convert(text, "hant")
    assert time.process_time() - started < 0.1  # 20 ms alone; other tests may run beside it
