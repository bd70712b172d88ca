import codecs

import pytest

from archive.ingest.documents import read_document
from archive.ingest.records import Paragraph, TranscriptError


def refusal(content, filename="a.txt"):
    with pytest.raises(TranscriptError) as caught:
        read_document(content, filename)
    return caught.value.problem


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_for_every_line_end(end):
    document = read_document(end.join(["标题", "", "　正文 ", ""]).encode(), "a.txt")
    assert document.paragraphs == (Paragraph("标题", 1), Paragraph("正文", 3))


def test_form_feed_and_line_separator_do_not_end_a_line():
    document = read_document("一\f二\u2028三\x85四\n五".encode(), "a.txt")
    assert [p.line for p in document.paragraphs] == [1, 2]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("问".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "问".encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "问".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "问".encode("utf-16-be"), "utf-16"),
    ],
)
def test_byte_order_mark_is_no_text(content, encoding):
    document = read_document(content, "a.txt")
    assert document.paragraphs[0].text == "问"
    assert document.encoding == encoding


@pytest.mark.parametrize(
    ("filename", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("A.MD", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("a", "text/plain"),
        ("", "text/plain"),
    ],
)
def test_media_type_comes_from_the_suffix(filename, media_type):
    assert read_document(b"x", filename).media_type == media_type


@pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8, "　".encode()])
def test_file_without_text_is_refused(content):
    assert refusal(content).code == "empty"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\n<!DOCTYPE html><p>", "HTML"),
        (codecs.BOM_UTF8 + b"<html>", "HTML"),
    ],
)
def test_known_formats_are_called_by_their_name(content, what):
    error = refusal(content)
    assert error.code == "unsupported_format"
    assert what in error.message
    assert "plain text" in error.message


def test_bytes_that_are_not_utf8_are_located():
    error = refusal("标题\r\n\r\n他说".encode() + "对".encode("gbk"))
    assert (error.code, error.line) == ("not_utf_8", 3)
    assert "Byte 7 of this line (0xB6) is not UTF-8" in error.message


def test_bad_byte_is_located_behind_a_byte_order_mark():
    error = refusal(codecs.BOM_UTF8 + b"a\rb\xff")
    assert (error.code, error.line) == ("not_utf_8", 2)
    assert "Byte 2 of this line (0xFF)" in error.message


def test_broken_utf16_is_refused():
    assert refusal(codecs.BOM_UTF16_LE + b"a\x00b").code == "not_utf_16"


def test_nul_characters_are_refused_with_their_line():
    error = refusal(b"a\nb\x00c")
    assert (error.code, error.line) == ("binary", 2)
