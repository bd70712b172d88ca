"""Marks in the original text."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import find_spans, marked_paragraphs, snippet
from search.query.parser import parse


def marks(html):
    return re.findall("<mark>(.*?)</mark>", html)


def test_a_phrase_is_marked_in_the_characters_of_the_original():
    assert marked_paragraphs("推進「一帶一路」合作", "“一带一路”") == [
        "推進「<mark>一帶一路</mark>」合作"
    ]


def test_a_phrase_across_paragraphs_is_marked_in_both():
    paragraphs = marked_paragraphs("结束。\n开始", "“。 开”")
    assert paragraphs == ["结束<mark>。</mark>", "<mark>开</mark>始"]


def test_words_are_marked_wherever_they_stand():
    assert marks(marked_paragraphs("台湾问题是中国内政", "内政 台湾")[0]) == ["台湾", "内政"]


def test_markup_in_the_text_is_escaped():
    html = marked_paragraphs("<img onerror=x>一带一路&", "“一带”")[0]
    assert html == "&lt;img onerror=x&gt;<mark>一带</mark>一路&amp;"


def test_markup_in_the_match_is_escaped():
    assert marks(snippet("a<b>c", parse('"<b>"'))) == ["&lt;b&gt;"]


def test_a_snippet_shows_a_match_far_into_the_text():
    text = "甲" * 500 + "南海" + "乙" * 500
    passage = snippet(text, parse("“南海”"))
    assert marks(passage) == ["南海"]
    assert passage.startswith("…")
    assert passage.endswith("…")
    assert len(passage) < 200


def test_a_match_longer_than_a_snippet_is_shown_whole():
    text = "甲" * 50 + "南海行为准则" * 30 + "乙"
    assert marks(snippet(text, parse(f"“{'南海行为准则' * 30}”"))) == ["南海行为准则" * 30]


def test_no_query_marks_nothing():
    assert marked_paragraphs("一带一路", "") == ["一带一路"]


@given(st.text(), st.text(max_size=5))
def test_marking_loses_no_character(text, phrase):
    html = "\n".join(marked_paragraphs(text, f"“{phrase}”"))
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert plain == "\n".join(marked_paragraphs(text, ""))


@given(st.text(alphabet="哈“呵 a"), st.text(alphabet="哈呵a", min_size=1, max_size=3))
def test_spans_neither_overlap_nor_touch(text, phrase):
    found = find_spans(text, parse(f"“{phrase}”"))
    assert all(end < start for (_s, end), (start, _e) in pairwise(found))


QUERIES = ["“安全”", "国家 安全", "“国家安” 关系", "a “全中”", "“  ”"]


@given(st.text(alphabet="国家安全中美关系，。 a\n", max_size=600), st.sampled_from(QUERIES))
def test_a_snippet_marks_what_is_marked_in_the_whole_text(text, typed):
    """It looks for as much as it shows only, and must not see less than who looks for all."""
    html = snippet(text, parse(typed))
    found = find_spans(text, parse(typed))
    shown = re.sub("</?mark>", "", html).strip("…")
    start = 0 if not html.startswith("…") else found[0][0] - html.index("<mark>") + 1
    end = start + len(shown)
    assert shown == text[start:end].replace("\n", " ")
    inside = [text[max(a, start) : min(b, end)] for a, b in found if a < end and b > start]
    assert marks(html) == [mark.replace("\n", " ") for mark in inside]
