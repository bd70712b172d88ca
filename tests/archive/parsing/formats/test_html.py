import datetime as dt
import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.formats import read_document
from archive.parsing.records import Paragraph, TranscriptError

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def read(text):
    return read_document(text.encode(), "a.html")


def texts(text):
    return [paragraph.text for paragraph in read(text).paragraphs]


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_transcript_of_a_saved_page_remains(name):
    document = read_document((PAGES / f"{name}.html").read_bytes(), f"{name}.html")
    expected = (PAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [paragraph.text for paragraph in document.paragraphs] == expected


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_out_of_a_page_is_named(name):
    (problem,) = read_document((PAGES / f"{name}.html").read_bytes(), "a.html").problems
    assert problem.code == "left_out"
    assert int(problem.params["characters"]) > 50
    assert re.match(r"\d+(-\d+)? “", str(problem.params["lines"]))


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_a_page_are_those_of_the_file(name):
    source = (PAGES / f"{name}.html").read_text(encoding="utf-8").split("\n")
    for paragraph in read("\n".join(source)).paragraphs:
        line = html.unescape(re.sub(r"<[^>]*>", "", source[paragraph.line - 1]))
        assert squeezed(paragraph.text)[:12] in squeezed(line)


@pytest.mark.parametrize(
    ("name", "date", "title"),
    [
        ("fmprc", dt.date(2014, 3, 5), "2014年3月5日外交部发言人秦岭主持例行记者会"),
        ("gov_cn", dt.date(2018, 3, 20), "总理在十三届全国人大一次会议记者会上答记者问"),
        ("people", dt.date(2012, 6, 14), "国务院新闻办举行新闻发布会"),
        ("whitehouse", dt.date(2014, 2, 3), "Press Briefing by Press Secretary Jane Doe, 2/3/14"),
        ("state_gov", None, "Department Press Briefing – March 4, 2022"),
        ("mofa_jp", None, "林田外務大臣会見記録"),
    ],
)
def test_a_page_says_its_date_and_title(name, date, title):
    facts = read_document((PAGES / f"{name}.html").read_bytes(), "a.html").facts
    assert (facts.date, facts.title) == (date, title)


def test_a_page_says_its_source_address_and_language():
    facts = read_document((PAGES / "whitehouse.html").read_bytes(), "a.html").facts
    assert facts.source_name == "whitehouse.gov"
    assert facts.source_url.endswith("/the-press-office/2014/02/03/press-briefing")
    assert facts.language == "en"


def test_a_page_in_gb2312_reads_the_same():
    page = (PAGES / "people.html").read_text(encoding="utf-8")
    recoded = read_document(page.encode("gbk"), "a.html")
    assert recoded.paragraphs == read(page).paragraphs
    assert recoded.encoding == "gb18030"


def test_blocks_and_breaks_make_paragraphs_and_inline_elements_do_not():
    text = "<p>一<span>二</span><em>三</em></p>四<br>五<br><br/>六<div>七<p>八</div>九"
    assert texts(text) == ["一二三", "四", "五", "六", "七", "八", "九"]


@pytest.mark.parametrize(
    "text",
    [
        "<p><strong>问：</strong><strong>内容</strong></p>",
        "<p> <b>问：内容</b> </p>",
        '<p style="font-weight: bold">问：内容</p>',
        '<p><span style="font-weight:700">问：</span><b>内容</b></p>',
    ],
)
def test_bold_from_end_to_end_is_bold(text):
    assert read(text).paragraphs == (Paragraph("问：内容", 1, bold=True),)


def test_bold_in_part_is_not_bold():
    assert read("<p><b>问：</b>内容</p>").paragraphs == (Paragraph("问：内容", 1),)


def test_headings_say_their_level():
    found = [(p.text, p.heading) for p in read("<h1>一</h1><h3>二</h3><p>三</p>").paragraphs]
    assert found == [("一", 1), ("二", 3), ("三", 0)]


def test_a_gap_behind_who_speaks_stays():
    text = "<p>&nbsp;&nbsp; Q&nbsp;&nbsp;&nbsp; Thanks.&nbsp; OK</p><p>MR. X:&nbsp; Yes.</p>"
    assert texts(text) == ["Q  Thanks. OK", "MR. X:  Yes."]


def test_entities_are_read_and_broken_ones_stay():
    assert texts("<p>&ldquo;AT&amp;T&rdquo; &foo; & &#x4e2d;</p>") == ["“AT&T” &foo; & 中"]


def test_stars_are_no_markdown_here():
    assert texts("<p>**Please see below, *marked</p>") == ["**Please see below, *marked"]


def test_scripts_styles_and_comments_are_no_text():
    text = "<p>一</p><script>二()</script><style>p{}</style><!-- 三 --><template>四</template>"
    assert texts(text) == ["一"]


def test_hidden_text_is_left_out_and_named():
    document = read('<p>一</p><p style="display:none">二三</p><p hidden>四</p>')
    assert [p.text for p in document.paragraphs] == ["一"]
    assert document.problems[0].params["characters"] == 3


def test_wrapped_text_in_pre_is_joined():
    words = " ".join(f"word{number}" for number in range(60))
    rows, row = [], ""
    for word in words.split():
        if len(row) + 1 + len(word) > 60:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    rows.append(row)
    found = read("<div>\n<pre>\n" + "\n".join(rows) + "\n\nQ.  Why?\n</pre></div>").paragraphs
    assert [(p.text, p.line) for p in found] == [(words, 3), ("Q. Why?", 3 + len(rows) + 1)]


def test_a_page_without_furniture_loses_nothing():
    text = "<html><body><h1>T</h1><p>Q: One, two?</p><div>A: Three.</div>four</body></html>"
    assert texts(text) == ["T", "Q: One, two?", "A: Three.", "four"]


def test_exchanges_in_containers_of_their_own_are_all_kept():
    exchange = '<div class="qa"><p>Q: What is it then, {}?</p><p>A: It is {}.</p></div>'
    body = "".join(exchange.format(n, n) for n in range(20))
    menu = "<ul>" + '<li><a href="/">Somewhere else</a></li>' * 30 + "</ul>"
    found = texts(f"<html><body>{menu}<div>{body}</div>{menu}</body></html>")
    assert len(found) == 40
    assert found[0].startswith("Q: What")


def test_a_class_that_sounds_like_furniture_does_not_cost_the_transcript():
    text = "<div class='print sidebar'><p>问：好吗？</p><p>答：好。</p></div>"
    assert texts(f"<html><body>{text}</body></html>") == ["问：好吗？", "答：好。"]


def test_lines_beyond_what_the_parser_counts_are_counted():
    found = read("<p>x</p>\n" * 70_000).paragraphs
    assert [p.line for p in found] == list(range(1, 70_001))


def test_nesting_without_end_is_refused_and_not_cut_short():
    with pytest.raises(TranscriptError, match="2,000 deep"):
        read("<div>" * 5000 + "问：好")


def test_more_tags_than_any_transcript_has_are_refused():
    with pytest.raises(TranscriptError, match="more than 400,000 tags"):
        read("<p>x" * 400_001)


@given(
    st.lists(st.sampled_from("<p> </p> <b> </b> <div> </div> <br> <td> </a> <li> 问 & <".split()))
)
def test_no_text_of_any_tag_soup_is_lost(tags):
    text = "<p>x</p><p>y</p>" + " ".join(tags)
    document = read_document(text.encode(), "a.html")
    assert "".join(p.text for p in document.paragraphs).count("问") == text.count("问")


@given(st.text(alphabet="<>/pbdiv!-?&;#\"'= x\n", max_size=200))
def test_any_markup_is_read_or_refused(text):
    try:
        document = read_document(("<p>Q</p>" + text).encode(), "a.html")
    except TranscriptError:
        return
    assert document.paragraphs[0].text.startswith("Q")


@pytest.mark.corpora
def test_fragments_of_ministries_keep_every_character(corpora):
    for path in sorted((corpora / "zh-mfa-web").glob("*.html.txt")):
        content = path.read_bytes()
        expected = squeezed(html.unescape(re.sub(r"<[^>]+>", "", content.decode())))
        found = read_document(content, path.name)
        assert squeezed("".join(p.text for p in found.paragraphs)) == expected
        assert found.problems == ()
