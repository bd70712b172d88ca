"""Attributes are counted before the parser, whose time grows with their square, sees them."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.parsing.formats.html import attributes
from archive.parsing.formats.html.attributes import MOST_OF_A_TAG, check_attributes
from archive.parsing.parser import read
from archive.parsing.records import TranscriptError

GOOD = "\n<p>路透社记者：中方对此有何评论？</p>\n<p>王毅：我们的立场是明确的。</p>\n"
PIECES = ["a", "b", "c", "é", "=", '"', "'", " ", "/", "\t", "\f", "\n", ">", "<", "<p ", "</p>"]
PIECES += ["<!--", "-->", "<script>", "</script>", "<?x", "<![CDATA[", "&quot;", "<title>", "--!>"]


def refusal(text):
    with pytest.raises(TranscriptError) as refused:
        read(text.encode(), "a.html")
    return refused.value.problem


def many(count, between=" "):
    return f"<p {between.join(f'a{number}' for number in range(count))}>"


@pytest.mark.parametrize("between", [" ", "\n", "/", "=1 ", '="<>"', "='>' ", ' = "1"\t'])
def test_a_tag_of_too_many_attributes_is_refused_with_its_line(between):
    problem = refusal(f"<html>\n\n{many(22_000, between)}x</p>{GOOD}")
    assert (problem.code, problem.line) == ("too_complex", 3)
    assert "1,000 attributes" in problem.params["reason"]


@pytest.mark.parametrize(
    "hidden", ['<script><a b="</script>{}', "<!--><a b='{}", '<title><a b="</title>{}', "<? <{}"]
)
def test_they_are_counted_wherever_a_parser_may_find_them(hidden):
    assert refusal(hidden.format(many(22_000)) + GOOD).code == "too_complex"


def test_as_many_as_are_allowed_are_read():
    assert read((many(MOST_OF_A_TAG) + "</p>" + GOOD).encode(), "a.html").paragraphs


def test_a_long_value_and_a_long_script_are_no_attributes():
    words = "的 " * 5_000
    read(f'<p title="{words}">x</p><script>i<n>0;"{words}"</script>{GOOD}'.encode(), "a.html")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_parser_finds_more_attributes_in_a_tag_than_were_counted(pieces):
    text = "<p " + "".join(pieces)
    try:
        root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError:
        return
    found = [len(one.attrib) for one in root.iter() if isinstance(one.tag, str)]
    starts = [start.start() for start in attributes._START.finditer(text)]
    tags = [attributes._TAG.match(text, start)[1] for start in starts]
    counted = [sum(1 for _ in attributes._ATTRIBUTE.finditer(tag)) for tag in tags]
    assert max(found, default=0) <= max(counted, default=0)


def seconds(text):
    began = time.process_time()
    with contextlib.suppress(TranscriptError):
        read(text.encode(), "a.html")
    return time.process_time() - began


@pytest.mark.parametrize("between", [" ", "=1 ", '="<>"'])
def test_time_grows_with_the_number_of_attributes_and_not_with_its_square(between):
    # Eight times the attributes, in one tag or in many: 64 times would be 5 s and more.
    for text in (many(64_000, between), many(900, between) * 71):
        assert seconds(text + GOOD) < 2


@pytest.mark.parametrize("text", ["<a '" * 300_000, '<a b="' * 300_000, "<a/" * 300_000])
def test_tags_within_tags_are_not_read_again_and_again(text):
    began = time.process_time()
    with pytest.raises(TranscriptError):
        check_attributes(text)
    assert time.process_time() - began < 5
