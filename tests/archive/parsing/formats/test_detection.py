import codecs
import json
import tracemalloc

import pytest

from archive.parsing.formats import read_document
from archive.parsing.formats.detection import find_format
from archive.parsing.records import TranscriptError


def refusal(content, filename="a.txt"):
    with pytest.raises(TranscriptError) as caught:
        read_document(content, filename)
    return caught.value.problem


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"PK\x03\x04....word/document.xml", "a.zip", "docx"),
        (b'<?xml version="1.0"?><akomaNtoso xmlns="x">', "a.txt", "akoma_ntoso"),
        (b"<akn:akomaNtoso>", "a.xml", "akoma_ntoso"),
        (json.dumps({"dawen": 1}).encode(), "a.txt", "export"),
        (codecs.BOM_UTF8 + b'{"x": 1, "dawen": {}}', "a.txt", "export"),
        (b"\n<!DOCTYPE html><p>", "a.txt", "html"),
        (codecs.BOM_UTF8 + b"<html>", "a.md", "html"),
        ("<html><body>问".encode("utf-16"), "a.txt", "html"),
        (b"<p>Q  Hello</p>\n<p>A</p>", "0001.html.txt", "html"),
        (b"<h1>Title</h1>\nQ    One<br/>\n<br/>\nMR. X:  Two<br/>", "a.txt", "html"),
        (b"<NAME>CHAIR POWELL</NAME>. Good afternoon. <NAME>X</NAME>. Hi", "a.txt", "text"),
        (b"[AFP] Hello\n{x}", "a.txt", "text"),
        (b"Line one<br>\nline two\nline three\nline four\nline five", "a.md", "markdown"),
        (b"text", "a.markdown", "markdown"),
        (b"text", "A.MD", "markdown"),
        (b"text", "", "text"),
        (b"text without a tag", "a.html", "text"),
    ],
)
def test_content_says_what_a_file_is(content, filename, expected):
    assert find_format(content, filename) == expected


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "XLSX"),
        (b"PK\x03\x04....ppt/slides", "PPTX"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "ODT"),
        (b"PK\x05\x06", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "XLS"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"MIME-Version: 1.0\r\n", "MHTML"),
        (b'{"a": [1, 2]}', "JSON"),
        (b'<?xml version="1.0"?><note>x</note>', "XML"),
    ],
)
def test_other_formats_are_refused_by_their_name(content, what):
    problem = refusal(content)
    assert problem.code == "unsupported_format"
    assert what in problem.message


@pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8, "　".encode(), b"<html>"])
def test_a_file_without_text_is_refused(content):
    assert refusal(content).code == "empty"


@pytest.mark.parametrize(
    ("filename", "media_type"),
    [("a.txt", "text/plain"), ("A.MD", "text/markdown"), ("a", "text/plain")],
)
def test_media_type_of_a_text_comes_from_the_suffix(filename, media_type):
    assert read_document(b"x", filename).media_type == media_type


def test_json_nested_without_end_is_text():
    assert find_format(b"[" * 200_000, "a.json") == "text"


def test_an_export_that_is_cut_off_is_not_read_as_text():
    assert refusal(b'{"dawen": 1, "exchanges": [{', "a.json").code == "bad_export"


def test_large_json_is_refused_before_it_is_read():
    content = b"[" + b"{}," * 500_000 + b"{}]"
    tracemalloc.start()
    problem = refusal(content, "a.json")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problem.params["format"] == "JSON"
    assert most < 2 * len(content)
