"""Files that no editor means to upload, and that somebody will: each with the name it comes under.

All are made here in memory, so that the tests hold no file that a virus scanner dislikes.
"""

import json
import random
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.archive.parsing.docx_files import make_docx, make_zip, paragraph, run
from tests.archive.parsing.pdf_files import form_bomb, make_pdf, make_stream, packed, pdf_of_streams

MEGABYTE = 1 << 20
_SENTENCE = "路透社记者：中方对此有何评论？\n毛宁：我们的立场是明确的。\n"
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_YAML = "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}x]\n" for n in range(1, 10))
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def bad_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of every bad file, one at a time: some are large."""
    yield from small_files()
    for name, make in LARGE.items():
        yield name, make()


def small_files() -> Iterator[tuple[str, bytes]]:
    """Those that are read in no time."""
    for name, make in _SMALL.items():
        yield name, make()


def _noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def _codes(count: int) -> Iterator[bytes]:
    """Four bytes each, no two alike: what is packed well is refused for that alone."""
    noise = _noise(4 * count)
    return (noise[at : at + 4] for at in range(0, len(noise), 4))


def _docx() -> bytes:
    return make_docx(paragraph("路透社记者：好吗？") + paragraph("毛宁：好。"))


def _pdf() -> bytes:
    return make_pdf([[(72, 700, "Q Why?"), (72, 680, "MS. PSAKI: Because.")]])


def _akn(body: str, before: str = "") -> bytes:
    debate = f"<debate><debateBody>{body}</debateBody></debate>"
    return f"{before}<akomaNtoso>{debate}</akomaNtoso>".encode()


def _nested_zip() -> bytes:
    content = b"\0" * MEGABYTE
    for depth in range(20):
        content = make_zip({f"word/{depth}.zip": content})
    return content


def _two_headers_zip() -> bytes:
    """A thousand members that are one and the same megabyte of the file."""
    content = make_zip({"word/document.xml": b"<a/>" * 250_000})
    file = BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        first = archive.infolist()[0]
        archive.filelist += [first] * 999
        archive._didModify = True
    return file.getvalue()


_SMALL: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "spaces.txt": lambda: " \u00a0\u3000\t\r\n\u2028".encode() * 1000,
    "nul.txt": lambda: b"\0" * 4096,
    "a nul inside.txt": lambda: _SENTENCE.encode().replace("。".encode(), b"\0"),
    "noise.txt": lambda: _noise(100_000),
    "noise.docx": lambda: b"PK\x03\x04word/" + _noise(100_000),
    "noise.pdf": lambda: b"%PDF-1.7\n" + _noise(100_000),
    "noise.xml": lambda: b"<akomaNtoso>" + _noise(100_000),
    "noise.json": lambda: b'{"dawen": 1, ' + _noise(100_000),
    "bom.txt": lambda: b"\xef\xbb\xbf",
    "utf-16 bom.txt": lambda: b"\xff\xfe",
    "half utf-8.txt": lambda: _SENTENCE.encode()[:-2],
    "half utf-16.txt": lambda: _SENTENCE.encode("utf-16")[:-1],
    "half gbk.txt": lambda: _SENTENCE.encode("gbk")[:-2],
    "half.docx": lambda: _docx()[: len(_docx()) // 2],
    "place before its beginning.docx": lambda: b"PK\x03\x04word/" + _docx()[150:],
    "no end.docx": lambda: _docx()[:-10],
    "half.pdf": lambda: _pdf()[: len(_pdf()) // 2],
    "no end.pdf": lambda: _pdf()[:-60],
    "half.xml": lambda: _akn("<speech by='#a'><p>好</p></speech>")[:-30],
    "half.json": json.dumps({"dawen": 1, "exchanges": []})[:-2].encode,
    "nothing.docx": lambda: make_docx(""),
    "nothing.pdf": lambda: make_pdf([[]]),
    "nothing.xml": lambda: _akn(""),
    "nothing.html": lambda: b"<html><body><script>x</script></body></html>",
    "only labels.txt": lambda: "路透社记者：\n毛宁：\n".encode() * 500,
    "nested.docx": _nested_zip,
    "same member a thousand times.docx": _two_headers_zip,
    "other.zip": lambda: make_zip({"a.txt": _SENTENCE}),
    "names.docx": lambda: make_zip({"../../word/document.xml": "<document/>", "/etc/word/": ""}),
    "entities.xml": lambda: _akn("<speech>&l9;</speech>", _LAUGHS),
    "entities.docx": lambda: make_docx(paragraph("&l9;"), declaration=_LAUGHS),
    "entities.html": f"{_LAUGHS}<html><body><p>&l9;</p></body></html>".encode,
    "outside.xml": lambda: _akn("<speech>&x;</speech>", _OUTSIDE),
    "outside.docx": lambda: make_docx(paragraph("&x;"), declaration=_OUTSIDE),
    "utf-16 entities.xml": lambda: _akn("&x;", _OUTSIDE).decode().encode("utf-16"),
    "image.txt": lambda: b"\x89PNG\r\n\x1a\n" + _noise(1000),
    "image.jpg": lambda: b"\xff\xd8\xff\xe0" + _noise(1000),
    "letter.rtf": lambda: b"{\\rtf1\\ansi " + _SENTENCE.encode("gbk") + b"}",
    "letter.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(5000),
    "bidi.txt": lambda: ("\u202e" + _SENTENCE + "\u2066\u2069\u200f\ufeff").encode() * 20,
    "surrogates.txt": lambda: ("\ud800" + _SENTENCE).encode("utf-8", "surrogatepass"),
    "surrogates.json": lambda: b'{"dawen": 1, "title": "\\ud800", "exchanges": []}',
    "not a number.json": lambda: b'{"dawen": NaN}',
    "huge number.json": lambda: b'{"dawen": 1' + b"0" * 100_000 + b"}",
    "../../etc/passwd.txt": _SENTENCE.encode,
    "长" * 2000 + ".txt": _SENTENCE.encode,
    "": _SENTENCE.encode,
    "\0\n.txt": _SENTENCE.encode,
    "no suffix": lambda: _noise(20),
    "controls.txt": lambda: bytes(range(1, 32)) * 100,
    "deep.xml": lambda: b"<akomaNtoso>" + b"<p>" * 100_000,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x",
    "deep.json": lambda: b'{"dawen":' + b"[" * 100_000,
    "deep.md": lambda: b"> " * 50_000 + b"x",
    "deep yaml.md": lambda: b"---\ntitle: " + b"[" * 50_000 + b"\n---\nx\n",
    "yaml laughs.md": f"---\na0: &a0 [x, x]\n{_YAML}---\n{_SENTENCE}".encode,
    "forms.pdf": form_bomb,
    "packed.pdf": lambda: pdf_of_streams([packed(600)], filters=b"/Filter/FlateDecode"),
    "loop.pdf": lambda: pdf_of_streams(
        [b"/X Do"],
        resources=b"/XObject<</X 10 0 R>>",
        more=[make_stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                                b"/Resources<</XObject<</X 10 0 R>>>>")],
    ),
}  # fmt: skip

# Of those below, one of each kind of file and of what could run away in it.
BY_DAY = (
    *("one line of gbk.txt", "reporters.txt", "digits.txt", "spaces.md", "question lines.txt"),
    *("attributes.html", "noisy runs.docx", "attributes.xml", "names.json"),
)
# Where time or memory could run away: the tests measure these.
LARGE: dict[str, Callable[[], bytes]] = {
    "one line.txt": lambda: _SENTENCE.replace("\n", "").encode() * 25_000,
    "one letter.txt": lambda: b"x" * 5 * MEGABYTE,
    "one character.txt": lambda: "问".encode() * 1_700_000,
    "one line of gbk.txt": lambda: (_SENTENCE.replace("\n", "") * 25_000).encode("gbk"),
    "colons.txt": lambda: b":" * 1_000_000,
    "wide colons.txt": lambda: "：".encode() * 1_000_000,
    "questions.txt": lambda: "问：".encode() * 1_000_000,
    "question lines.txt": lambda: "问：好？\n答：好。\n".encode() * 20_000,
    "reporters.txt": lambda: "记者".encode() * 1_000_000,
    "brackets.txt": lambda: b"[" * 1_000_000 + b"(" * 1_000_000,
    "titles.txt": lambda: "《".encode() * 1_000_000,
    "stars.md": lambda: b"*" * 1_000_000 + b"_" * 1_000_000,
    "spaces.md": lambda: b"Q" + b" " * 5_000_000 + b"x",
    "empty lines.txt": lambda: b"\n" * 2_000_000,
    "short lines.txt": lambda: b"x\n" * 200_000,
    "digits.txt": lambda: b"2020-05-24 " * 400_000,
    "capitals.txt": lambda: b"MR. PRICE " * 500_000,
    "capital lines.txt": lambda: b"MR. PRICE: Yes.\nQ Why?\n" * 20_000,
    "initials.txt": lambda: b"A. " * 1_000_000,
    "speakers.txt": lambda: b"Speaker 1: (17:54)\nYes.\n" * 20_000,
    "tags.html": lambda: b"<html><body>" + b"<b>" * 700_000,
    "paragraphs.html": lambda: "<p>问：好？</p><p>答：好。</p>".encode() * 20_000,
    "open brackets.html": lambda: b"<html>" + b"<" * 2_000_000,
    "comments.html": lambda: b"<html>" + b"<!--" * 1_000_000,
    "ampersands.html": lambda: b"<html><p>" + b"&" * 2_000_000,
    "attributes.html": lambda: b"<html><p " + b"a=1 " * 1_000_000 + b">x",
    "empty runs.docx": lambda: make_docx(paragraph("<w:r/>" * 900_000)),
    "noisy runs.docx": lambda: make_docx(
        paragraph("".join(f'<w:r w:rsidR="{code.hex()}"/>' for code in _codes(300_000)))
    ),
    "one paragraph.docx": lambda: make_docx(
        paragraph(*(run(f"{_SENTENCE[:-1]}{n}") for n in range(30_000)))
    ),
    "numbered.docx": lambda: make_docx(
        "".join(
            paragraph(str(n), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
            for n in range(50_000)
        )
    ),
    "zeros.docx": lambda: make_zip({"word/document.xml": b"\0" * 60 * MEGABYTE}),
    "spaces.docx": lambda: make_docx(" " * 15 * MEGABYTE),
    "tables.docx": lambda: make_docx(
        ("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60) * 2000
    ),
    "speeches.xml": lambda: _akn("<speech by='#a'><p>好</p></speech>" * 90_000),
    "attributes.xml": lambda: _akn("<p " + " ".join(f"a{n}=''" for n in range(400_000)) + "/>"),
    "empty words.xml": lambda: _akn("<i/>x" * 450_000),
    "empty elements.xml": lambda: _akn("<i/>" * 900_000),
    "lists.json": lambda: b'{"dawen": 1, "x": [' + b"[]," * 5_000_000 + b"1]}",
    "names.json": lambda: json.dumps({"dawen": 1} | {str(n): 0 for n in range(400_000)}).encode(),
    "not ours.json": lambda: b"[" + b"[]," * 5_000_000 + b"1]",
    "packed more.pdf": lambda: pdf_of_streams([packed(900)], filters=b"/Filter/FlateDecode"),
    "letters.pdf": lambda: pdf_of_streams(
        [b"BT /F 1 Tf 10 700 Td " + b"(hello) Tj 0 -1 Td " * 200_000 + b"ET"]
    ),
    "too large.txt": lambda: b"x\n" * 33 * MEGABYTE,
}
