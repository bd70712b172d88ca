import codecs
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.formats.encoding import decode
from archive.parsing.records import TranscriptError
from tests.conftest import SEED


def refusal(content):
    with pytest.raises(TranscriptError) as caught:
        decode(content)
    return caught.value.problem


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("问".encode(), "问", "utf-8"),
        (b"plain", "plain", "utf-8"),
        (codecs.BOM_UTF8 + "问".encode(), "问", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "问".encode("utf-16-le"), "问", "utf-16"),
        (codecs.BOM_UTF16_BE + "问".encode("utf-16-be"), "问", "utf-16"),
        ("\ufeff问".encode("gb18030"), "问", "gb18030"),
    ],
)
def test_byte_order_mark_is_no_text(content, text, encoding):
    decoded = decode(content)
    assert (decoded.text, decoded.encoding, decoded.problems) == (text, encoding, ())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "问：中方对此有何评论？"),
        ("gb18030", "新华社记者"),
        ("gb18030", "毛宁：答。"),
        ("gb18030", "臺灣記者問：繁體字也可以用國標碼"),
        ("cp950", "問：中方對此有何評論？"),
        ("cp950", "唐鳳：你好"),
        ("big5hkscs", "⑴香港嘅記者問，佢哋嘅意見㗎"),
        ("utf-16-le", "问：中方对此有何评论？"),
        ("utf-16-be", "问：中方对此有何评论？"),
        ("utf-16-le", "Q: Hi\nA: Où est-il ?"),
        ("windows-1252", "It’s fine"),
        ("windows-1252", "Le président : « Je n’ai pas de commentaire »"),
        ("windows-1252", "¿Qué opina usted, señor Núñez?"),
        ("windows-1252", "café"),
        ("cp932", "（記者）ロシアについてお尋ねします。"),
        ("euc_jp", "大臣：はい、そのとおりです。"),
        ("iso2022_jp", "大臣：はい、そのとおりです。"),
        ("cp949", "기자: 오늘 회의에 대해 말씀해 주십시오."),
    ],
)
def test_encodings_are_found_out_from_short_texts(encoding, text):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16-le", "utf-16-be", "utf-8"])
def test_every_piece_of_the_seed_is_decoded_rightly(encoding):
    text = SEED.read_text(encoding="utf-8")
    chance = random.Random(20200524)
    for _ in range(300):
        start = chance.randrange(len(text) - 30)
        piece = text[start : start + chance.randint(30, 600)]
        assert decode(piece.encode(encoding)).text == piece


@pytest.mark.parametrize("encoding", ["gb18030", "cp950"])
def test_a_declared_charset_decides_what_is_too_short_to_tell(encoding):
    text = f'<meta charset="{encoding}"><p>'
    assert decode(text.encode() + b"\xa4\xa4\xa4\xe5").encoding == encoding


def test_a_declaration_that_does_not_decode_is_not_believed():
    text = '<meta charset="gb2312"><p>問：中方對此有何評論，請說明。</p>'
    assert decode(text.encode()).text == text
    assert decode(text.encode("cp950")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950", "utf-16-le"])
def test_a_character_cut_off_by_the_end_is_named(encoding):
    text = "第一行\n" + "記者問這件事有何看法" * 3
    decoded = decode(text.encode(encoding)[:-1])
    assert decoded.text == text[:-1]
    assert [(p.code, p.line) for p in decoded.problems] == [("damaged_end", 2)]
    assert f"0x{text.encode(encoding)[:-1][-1]:02X}" in decoded.problems[0].message


def test_bytes_that_are_not_utf8_are_located():
    problem = refusal("标题\r\n\r\n他说".encode() + "对".encode("gbk"))
    assert (problem.code, problem.line) == ("not_utf_8", 3)
    assert "Byte 7 of this line (0xB6) is not UTF-8" in problem.message


def test_one_stray_byte_in_a_long_text_is_located():
    text = "记者：“中方”对此有何评论？\n".encode()
    problem = refusal(text * 3000 + b"\xff\n" + text * 10)
    assert (problem.code, problem.line) == ("not_utf_8", 3001)


def test_bad_byte_is_located_behind_a_byte_order_mark():
    problem = refusal(codecs.BOM_UTF8 + b"a\rb\xff")
    assert (problem.code, problem.line) == ("not_utf_8", 2)
    assert "Byte 2 of this line (0xFF)" in problem.message


def test_broken_utf16_is_refused():
    assert refusal(codecs.BOM_UTF16_LE + b"a\x00\x00\xdcb\x00").code == "not_utf_16"


def test_nul_characters_are_refused_with_their_line():
    problem = refusal(b"a\nb\x00c")
    assert (problem.code, problem.line) == ("binary", 2)


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(content):
    try:
        decoded = decode(content)
    except TranscriptError:
        return
    if not decoded.problems:
        assert content.decode(decoded.encoding).removeprefix("\ufeff") == decoded.text


@given(st.text(max_size=300))
def test_utf8_is_utf8(text):
    content = text.replace("\0", "").encode()
    if not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) and b"\x1b" not in content:
        assert decode(content).text == text.replace("\0", "")


@pytest.mark.corpora
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16-le", "utf-16-be"])
def test_no_real_transcript_is_guessed_wrong(corpora, encoding):
    for path in sorted((corpora / "zh-mfa-web").iterdir()):
        text = path.read_text(encoding="utf-8")
        for start in range(0, len(text) - 40, 40):
            piece = text[start : start + 40]
            assert decode(piece.encode(encoding, "replace")).text == piece.replace("©", "?")


@pytest.mark.parametrize(
    "content",
    [
        random.Random(5).randbytes(5_000),
        b"\xbb" + random.Random(6).randbytes(300),
        zlib.compress(b"words and more words " * 400)[2:],
        "标题\n".encode() + random.Random(7).randbytes(500),
    ],
)
def test_bytes_that_are_no_text_are_told_as_such(content):
    problem = refusal(content)
    assert (problem.code, problem.line) == ("not_text", None)
    assert problem.message.startswith("This is not a text but")
