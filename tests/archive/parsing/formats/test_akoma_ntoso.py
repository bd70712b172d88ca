"""Akoma Ntoso, SayIt's and OASIS's: every speech, in order, word for word."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.parsing.formats.akoma_ntoso import read_akoma_ntoso
from archive.parsing.parser import parse_transcript
from archive.parsing.records import Document, ParsedSpeaker, TranscriptError, Turn

OASIS = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<debate name="hansard">
 <meta>
  <identification source="#e">
   <FRBRWork><FRBRthis value="https://example.org/debate/2020-05-24"/>
    <FRBRdate date="2020-05-24" name="sitting"/></FRBRWork>
   <FRBRExpression><FRBRdate date="2020-06-01" name="publication"/>
    <FRBRlanguage language="eng"/></FRBRExpression>
  </identification>
  <publication date="2020-06-01" name="gazette" showAs="Gazette"/>
  <references source="#e">
   <TLCPerson eId="wang" href="/ontology/person/wang" showAs="Wang Yi"/>
   <TLCOrganization eId="reuters" href="/ontology/organization/reuters" showAs="Reuters"/>
   <TLCRole eId="minister" href="/ontology/role/minister" showAs="Foreign Minister"/>
  </references>
 </meta>
 <preface><p><docTitle>Press Conference</docTitle></p>
  <p>Beijing, <docDate date="2020-05-24">24 May 2020</docDate></p></preface>
 <debateBody>
  <debateSection name="press"><num>1.</num><heading>Opening</heading>
   <speech by="#wang" as="#minister" startTime="2020-05-24T15:00:00">
    <from>FOREIGN MINISTER WANG:</from><p>Good afternoon.</p></speech>
   <scene>(Applause)</scene>
   <questions><heading>Trade</heading>
    <question by="#reuters" to="#wang"><from>Reuters</from><p>What of trade?</p></question>
    <answer by="/ontology/person/wang"><p>It is <i>good</i>.</p><p>Very.</p></answer>
   </questions>
   <adjournment><p>The conference ended at 16:40.</p></adjournment>
  </debateSection>
 </debateBody>
</debate></akomaNtoso>
"""


def sayit(body: str, people: str = "") -> str:
    """A file as SayIt writes it."""
    return (
        f"<akomaNtoso><debate><meta><references>{people}</references></meta>"
        f"<debateBody><debateSection>{body}</debateSection></debateBody></debate></akomaNtoso>"
    )


def read(xml: str) -> Document:
    return read_akoma_ntoso(xml.encode(), "a.xml")


def turns(xml: str) -> list[tuple[str, str, list[str]]]:
    return [(t.kind, t.label, [p.text for p in t.paragraphs]) for t in read(xml).turns or ()]


def codes(xml: str) -> list[str]:
    return [problem.code for problem in read(xml).problems]


def test_sayit_speeches_have_the_name_that_is_shown():
    people = '<TLCPerson id="au" href="/ontology/person/::/au" showAs="唐鳳"/>'
    xml = sayit(
        '<speech by="#au"><p>好。</p></speech><speech by="#記者 "><p>？</p></speech>', people
    )
    assert turns(xml) == [("speech", "唐鳳", ["好。"]), ("speech", "記者", ["？"])]
    assert read(xml).turns[0].marker == "唐鳳"


def test_the_heading_is_date_and_title():
    document = read(
        sayit("<heading>2016-10-01 萌典松前記者會</heading><speech by='#a'><p>好。</p></speech>")
    )
    assert (document.facts.date, document.facts.title) == (dt.date(2016, 10, 1), "萌典松前記者會")
    assert document.paragraphs == ()
    assert len(document.turns) == 1


@pytest.mark.parametrize(
    ("heading", "date", "title"),
    [
        ("2017\u201102\u201108 Visit", dt.date(2017, 2, 8), "Visit"),
        ("2017年2月8日 參訪", dt.date(2017, 2, 8), "參訪"),
        ("20151126 工作坊", dt.date(2015, 11, 26), "工作坊"),
        ("會議（2016-05-04）", dt.date(2016, 5, 4), "會議（2016-05-04）"),
        ("2016-13-45 會議", None, "2016-13-45 會議"),
        ("2019年總統盃", None, "2019年總統盃"),
        ("2016-10-01", dt.date(2016, 10, 1), "2016-10-01"),
    ],
)
def test_dates_in_headings(heading, date, title):
    facts = read(sayit(f"<heading>{heading}</heading><speech by='#a'><p>好。</p></speech>")).facts
    assert (facts.date, facts.title) == (date, title)


def test_the_office_of_a_speaker_is_what_the_markup_says():
    assert read(OASIS).speakers == (ParsedSpeaker("Wang Yi", "Foreign Minister"),)
    parsed = parse_transcript(OASIS.encode(), "a.xml")
    assert parsed.speakers == (ParsedSpeaker("Wang Yi", "Foreign Minister"),)


def test_an_office_that_no_table_names_is_none():
    assert read(sayit('<speech by="#au" as="#r17"><p>好。</p></speech>')).speakers == ()


def test_later_headings_are_topics():
    inner = "<heading>陳彥輔</heading><speech by='#a'><p>好。</p></speech>"
    xml = sayit(f"<heading>2017-12-13 Office Hour</heading><debateSection>{inner}</debateSection>")
    assert turns(xml) == [("topic", "", ["陳彥輔"]), ("speech", "a", ["好。"])]
    assert read(xml).turns[0].paragraphs[0].heading == 2


def test_what_stands_before_the_first_speech_is_paragraphs():
    speech = "<speech by='#a'><p>好。</p></speech>"
    xml = sayit(f"<heading>會</heading><narrative><p>時間：上午</p></narrative>{speech}")
    assert [p.text for p in read(xml).paragraphs] == ["時間：上午"]


def test_notes_stand_between_speeches():
    xml = sayit("<speech by='#a'><p>一</p></speech><narrative><i>（鼓掌）</i></narrative>")
    assert turns(xml) == [("speech", "a", ["一"]), ("note", "", ["（鼓掌）"])]


def test_blocks_are_paragraphs_and_links_are_text():
    body = (
        "一<a href='x'>二</a><b>三</b><br/>四<ul><li>五</li><li>六<ol><li>七</li></ol></li></ul>"
        "<p>八</p><blockquote><p>九</p></blockquote>十"
    )
    (turn,) = turns(sayit(f"<speech by='#a'>{body}</speech>"))
    assert turn[2] == ["一二三", "四", "五", "六", "七", "八", "九", "十"]


def test_a_speech_in_a_speech_interrupts_it():
    xml = sayit("<speech by='#a'><p>一</p><speech by='#b'><p>二</p></speech><p>三</p></speech>")
    assert turns(xml) == [("speech", "a", ["一"]), ("speech", "b", ["二"]), ("speech", "a", ["三"])]
    assert [turn.continues for turn in read(xml).turns] == [False, False, True]


def test_what_is_printed_before_a_speech_is_its_marker_and_not_its_text():
    people = '<TLCPerson id="黃教範" showAs="黃教範"/>'
    xml = sayit("<speech by='#黃教範'><from>黃敎範：</from><p>好。</p></speech>", people)
    (turn,) = read(xml).turns
    assert (turn.label, turn.marker) == ("黃教範", "黃敎範：")
    assert [p.text for p in turn.paragraphs] == ["好。"]


def test_a_speech_by_nobody_has_the_label_that_is_printed():
    assert turns(sayit("<speech><from>記者：</from><p>？</p></speech>")) == [
        ("speech", "記者", ["？"])
    ]
    assert turns(sayit("<speech><p>？</p></speech>")) == [("speech", "", ["？"])]


def test_an_empty_speech_is_named():
    (problem,) = read(
        sayit("<speech by='#a'><p> </p></speech><speech by='#b'>好</speech>")
    ).problems
    assert (problem.code, problem.params["label"]) == ("empty_speech", "a")


def test_pictures_and_scripts_are_named():
    xml = sayit("<speech by='#a'><p>好<img src='x'/></p></speech><script>var a</script>")
    assert codes(xml) == ["left_out", "pictures_left_out"]
    assert turns(xml) == [("speech", "a", ["好"])]


def test_lines_are_those_of_the_file():
    xml = sayit(
        "<speech by='#a'>\n<p>\n\n一<br/>\n二</p></speech>" + "\n" * 70_000 + "<speech>三</speech>"
    )
    assert [(t.line, [p.line for p in t.paragraphs]) for t in read(xml).turns] == [
        (1, [4, 5]),
        (70_005, [70_005]),
    ]


def test_an_oasis_debate_says_who_asks_and_who_answers():
    assert turns(OASIS) == [
        ("topic", "", ["1. Opening"]),
        ("speech", "Wang Yi", ["Good afternoon."]),
        ("note", "", ["(Applause)"]),
        ("topic", "", ["Trade"]),
        ("question", "Reuters", ["What of trade?"]),
        ("answer", "Wang Yi", ["It is good.", "Very."]),
        ("note", "", ["The conference ended at 16:40."]),
    ]
    document = read(OASIS)
    assert document.turns[4].outlet == "Reuters"
    assert document.turns[1].marker == "FOREIGN MINISTER WANG:"


def test_an_oasis_debate_says_what_it_is():
    facts = read(OASIS).facts
    assert (facts.date, facts.title) == (dt.date(2020, 5, 24), "Press Conference")
    assert (facts.language, facts.source_name) == ("en", "Gazette")
    assert facts.source_url == "https://example.org/debate/2020-05-24"
    assert [p.text for p in read(OASIS).paragraphs] == ["Beijing, 24 May 2020"]


def test_two_dates_that_disagree_are_reported():
    xml = OASIS.replace('FRBRdate date="2020-05-24"', 'FRBRdate date="2020-05-25"')
    (problem,) = read(xml).problems
    assert problem.code == "dates_disagree"
    assert problem.params == {"taken": "2020-05-24", "other": "2020-05-25"}


def test_a_document_without_speeches_is_its_paragraphs():
    document = read(sayit("<heading>2020-05-24 記者會</heading><p>問：好嗎？</p><p>答：好。</p>"))
    assert document.turns is None
    assert [p.text for p in document.paragraphs] == ["問：好嗎？", "答：好。"]


def test_names_of_characters_are_read_though_no_dtd_is():
    doctype = '<!DOCTYPE akomaNtoso SYSTEM "akn.dtd">'
    assert turns(doctype + sayit("<speech by='#a'>一&nbsp;二</speech>"))[0][2] == ["一 二"]


@pytest.mark.parametrize(
    ("xml", "code", "line"),
    [
        ("# 2019-11-09", "malformed_xml", 1),
        ("<akomaNtoso>\n<debate>\n</akomaNtoso>", "malformed_xml", 3),
        ("<TEI/>", "not_akoma_ntoso", 1),
        ('\n<!DOCTYPE a [<!ENTITY a "b">]><akomaNtoso>&a;</akomaNtoso>', "xml_entities", 2),
        ("<akomaNtoso>" + "<p>" * 300, "malformed_xml", 1),
        ("<akomaNtoso>" + "<p/>" * 1_000_001, "too_complex", None),
        ("", "malformed_xml", 1),
    ],
    ids=["text", "unclosed", "tei", "entities", "deep", "many", "empty"],
)
def test_what_cannot_be_read_is_refused_with_line_and_reason(xml, code, line):
    with pytest.raises(TranscriptError) as caught:
        read(xml)
    assert (caught.value.problem.code, caught.value.problem.line) == (code, line)


def test_an_entity_in_a_file_outside_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    declared = f'<!DOCTYPE a [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(TranscriptError) as caught:
            read_akoma_ntoso((declared + sayit("&a;")).encode(encoding), "a.xml")
        assert caught.value.problem.code == "xml_entities"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
TAGS = st.sampled_from("p i speech narrative heading ul li br from debateSection x".split())


@given(st.lists(st.tuples(TAGS, WORDS, st.booleans()), max_size=30))
def test_no_word_is_lost_however_elements_lie_in_each_other(steps):
    root = etree.Element("akomaNtoso")
    here = etree.SubElement(root, "speech", by="#a")
    here.text = "好"
    for tag, words, goes_in in steps:
        child = etree.SubElement(here, tag)
        child.text, child.tail = words, words[::-1]
        here = child if goes_in else here
    document = read_akoma_ntoso(etree.tostring(root, encoding="utf-8"), "a.xml")
    markers = sum(squeezed(turn.marker) for turn in _first_of_each(document.turns))
    read_words = sum(squeezed(p.text) for turn in document.turns for p in turn.paragraphs)
    named = [p for p in document.problems if p.code == "empty_speech"]
    assert read_words <= squeezed("".join(root.itertext()))
    if not markers and not named and "from" not in [tag for tag, *_ in steps]:
        assert read_words == squeezed("".join(root.itertext()))


def _first_of_each(all_turns: tuple[Turn, ...]) -> list[Turn]:
    return [turn for turn in all_turns if not turn.continues and turn.marker != turn.label]


def squeezed(text: str) -> int:
    return len("".join(text.split()))
