"""Word documents: every word in reading order, and what is not text is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.formats.docx import read_docx
from archive.parsing.records import TranscriptError
from tests.archive.parsing.docx_files import make_docx, make_zip, paragraph, run

BOLD = "<w:b/>"
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Question"/>
  <w:basedOn w:val="QB"/></w:style>
<w:style w:type="paragraph" w:styleId="QB"><w:name w:val="Base"/><w:basedOn w:val="Q"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def texts(content: bytes) -> list[str]:
    return [p.text for p in read_docx(content, "a.docx").paragraphs]


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in read_docx(content, "a.docx").problems]


def refusal(content: bytes) -> TranscriptError:
    with pytest.raises(TranscriptError) as caught:
        read_docx(content, "a.docx")
    return caught.value


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def numbering(number_format: str, text: str, start: int = 1) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )


def test_paragraphs_and_cells_come_in_the_order_they_are_read():
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph('问：'))}{cell(paragraph('好吗？'))}</w:tr></w:tbl>"
    content = make_docx(paragraph("前") + table + paragraph("") + paragraph("后"))
    document = read_docx(content, "a.docx")
    assert [(p.text, p.line) for p in document.paragraphs] == [
        ("前", 1),
        ("问：", 2),
        ("好吗？", 3),
        ("后", 4),
    ]
    assert document.encoding == ""
    assert document.media_type.endswith("wordprocessingml.document")


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])))))
def test_every_character_but_white_space_is_read(paragraphs):
    escaped = [[r.replace("&", "&amp;").replace("<", "&lt;") for r in runs] for runs in paragraphs]
    content = make_docx("".join(paragraph(*map(run, runs)) for runs in escaped))
    read = "".join("".join(texts(content)).split())
    assert read == "".join("".join(map("".join, paragraphs)).split())


def test_a_soft_line_break_begins_a_paragraph_and_a_tab_is_a_space():
    content = make_docx(
        paragraph(run("记者：一"), "<w:r><w:br/><w:t>答：二</w:t><w:tab/></w:r>", "三")
    )
    assert texts(content) == ["记者：一", "答：二 三"]


def test_white_space_of_every_kind_is_one_space():
    assert texts(make_docx(paragraph("\u3000\u3000Q\u00a0\u00a0 What\n next?"))) == ["Q What next?"]


def test_text_boxes_follow_their_paragraph_and_are_read_once():
    box = f"<w:txbxContent>{paragraph('框一')}{paragraph('框二')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(make_docx(paragraph("甲", shape, "乙"))) == ["甲乙", "框一", "框二"]


def test_content_controls_links_and_insertions_are_text():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{run('链接')}</w:hyperlink>"
    inserted = f"<w:ins>{run('插入')}</w:ins>"
    assert texts(make_docx(control + paragraph("见", link, inserted))) == ["控件", "见链接插入"]


def test_deletions_are_left_out_and_counted():
    gone = "<w:del><w:r><w:delText>不说</w:delText></w:r></w:del>"
    problems = read_docx(make_docx(paragraph("说", gone)), "a.docx").problems
    assert [(p.code, p.params) for p in problems] == [("deletions_left_out", {"characters": 2})]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    ended = paragraph("上半句", properties="<w:rPr><w:del/></w:rPr>")
    assert texts(make_docx(ended + paragraph("下半句。"))) == ["上半句下半句。"]
    assert texts(make_docx(ended)) == ["上半句"]


def test_field_codes_are_no_text_and_their_results_are():
    field = "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>"
    assert texts(make_docx(paragraph(field, "官网"))) == ["官网"]


def test_notes_stand_in_brackets_behind_their_paragraph():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph("原文如此。")}</w:footnote>'
    content = make_docx(paragraph("甲。", reference) + paragraph("乙。"), footnotes=note)
    assert texts(content) == ["甲。", "[原文如此。]", "乙。"]
    assert codes(content) == ["notes_in_brackets"]


def test_page_heads_and_comments_are_left_out_and_quoted():
    content = make_docx(
        paragraph("甲"),
        header1=paragraph("外交部例行记者会"),
        header2=paragraph("外交部例行记者会"),
        comments=f"<w:comment>{paragraph('待核')}</w:comment>",
    )
    problems = read_docx(content, "a.docx").problems
    assert [p.params["lines"] for p in problems] == ["“外交部例行记者会”", "“待核”"]
    assert {p.code for p in problems} == {"left_out"}


def test_hidden_words_are_left_out_and_quoted():
    content = make_docx(paragraph("甲", run("密", "<w:vanish/>")))
    assert texts(content) == ["甲"]
    assert codes(content) == ["left_out"]


@pytest.mark.parametrize(
    ("body", "bold"),
    [
        (paragraph(run("问：", BOLD), run(" "), run("好吗？", BOLD)), True),
        (paragraph(run("问：", BOLD), "好吗？"), False),
        (paragraph(run("问：", '<w:b w:val="0"/>')), False),
        (paragraph("问：", properties=style("Q")), True),
        (paragraph(run("问：", '<w:b w:val="false"/>'), properties=style("Q")), False),
        (paragraph(run("问：", '<w:rStyle w:val="S"/>')), True),
    ],
)
def test_bold_is_what_is_bold_from_end_to_end(body, bold):
    document = read_docx(make_docx(body, styles=STYLES), "a.docx")
    assert document.paragraphs[0].bold is bold


@pytest.mark.parametrize(
    ("properties", "level"),
    [(style("1"), 1), (style("T"), 1), (style("a"), 0), ('<w:outlineLvl w:val="2"/>', 3)],
)
def test_headings_are_told_by_style_name_or_outline_level(properties, level):
    content = make_docx(paragraph("标题", properties=properties), styles=STYLES)
    assert read_docx(content, "a.docx").paragraphs[0].heading == level


@pytest.mark.parametrize(
    ("number_format", "text", "printed"),
    [
        ("decimal", "%1.", ["1. 问：", "2. 答："]),
        ("chineseCountingThousand", "（%1）", ["（一） 问：", "（二） 答："]),
        ("decimalEnclosedCircle", "%1", ["① 问：", "② 答："]),
        ("bullet", "●", ["问：", "答："]),
        ("lowerRoman", "%1)", ["i) 问：", "ii) 答："]),
    ],
)
def test_automatic_numbers_are_written_out(number_format, text, printed):
    items = (paragraph(word, properties=NUMBERED) for word in ("问：", "答："))
    assert texts(make_docx("".join(items), numbering=numbering(number_format, text))) == printed


def test_numbers_that_cannot_be_written_are_counted():
    content = make_docx(paragraph("甲", properties=NUMBERED), numbering=numbering("hebrew1", "%1"))
    assert texts(content) == ["甲"]
    assert codes(content) == ["numbers_left_out"]


def test_pictures_and_symbols_are_named():
    body = paragraph(
        "<w:r><w:drawing><pic:pic/></w:drawing></w:r>", '<w:r><w:sym w:char="F0"/></w:r>'
    )
    assert codes(make_docx(body)) == ["unreadable_letters", "pictures_left_out"]


def test_strict_documents_are_read_by_the_names_of_their_elements():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<document xmlns="{strict}"><body><p><r><t>甲</t></r></p></body></document>'
    assert texts(make_zip({"word/document.xml": xml})) == ["甲"]


def test_a_document_under_another_name_is_found_by_its_relation():
    relation = (
        '<Relationships><Relationship Type="x/officeDocument" Target="/w/d2.xml"/></Relationships>'
    )
    xml = "<document><p><r><t>甲</t></r></p></document>"
    assert texts(make_zip({"_rels/.rels": relation, "w/d2.xml": xml})) == ["甲"]


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"a.txt": "x"}, "ZIP"),
        ({"xl/workbook.xml": "<workbook/>"}, "XLSX"),
        ({"META-INF/manifest.xml": "<x/>", "content.xml": "<x/>"}, "ODT"),
        ({"word/document.xml": "<html/>"}, "ZIP"),
    ],
)
def test_other_things_in_a_zip_are_refused_by_name(members, what):
    error = refusal(make_zip(members))
    assert (error.problem.code, error.problem.params["format"]) == ("unsupported_format", what)


def test_broken_xml_inside_is_a_damaged_document():
    error = refusal(make_zip({"word/document.xml": "<w:document"}))
    assert error.problem.code == "damaged"
    assert "word/document.xml" in str(error)


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    error = refusal(make_docx(paragraph("&amp;"), declaration=bomb))
    assert error.problem.code == "xml_entities"


def test_millions_of_empty_runs_are_refused_before_they_are_read():
    error = refusal(make_docx(paragraph("<w:r/>" * 1_100_000)))
    assert error.problem.code == "too_complex"


def test_deep_nesting_is_refused():
    assert refusal(make_docx("<w:tbl>" * 5000 + "</w:tbl>" * 5000)).problem.code == "damaged"
