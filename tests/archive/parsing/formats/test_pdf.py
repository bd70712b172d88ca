"""PDF: paragraphs are put together again, and what is no transcript is named or refused."""

import subprocess
import sys

import pytest

from archive.parsing.formats.pdf import read_pdf
from archive.parsing.formats.pdf.layout import PrintedLine, to_paragraphs
from archive.parsing.records import TranscriptError
from tests.archive.parsing.pdf_files import form_bomb, make_pdf, make_stream, packed, pdf_of_streams

WIDTH = 35  # Chinese characters of 12 points in a line of 420 points
ANSWER = "中方一贯主张通过对话协商解决分歧，愿同有关各方保持沟通，推动形势朝着缓和的方向发展。" * 2


def texts(content: bytes) -> list[str]:
    return [p.text for p in read_pdf(content, "a.pdf").paragraphs]


def refusal(content: bytes) -> TranscriptError:
    with pytest.raises(TranscriptError) as caught:
        read_pdf(content, "a.pdf")
    return caught.value


def chinese(paragraphs: list[str], *, indent: int = 2) -> list[tuple[float, str]]:
    """Lines of a page as Chinese is set: indented by two characters, broken anywhere."""
    lines = []
    for text in paragraphs:
        first = WIDTH - indent
        lines.append((90 + 12.0 * indent, text[:first]))
        rest = range(first, len(text), WIDTH)
        lines += [(90.0, text[at : at + WIDTH]) for at in rest]
    return lines


def placed(lines: list[tuple[float, str]], per_page: int = 99, gap: float = 18):
    pages = [lines[at : at + per_page] for at in range(0, len(lines), per_page)]
    return [[(x, 720 - gap * at, text) for at, (x, text) in enumerate(page)] for page in pages]


def test_chinese_paragraphs_are_joined_without_spaces_across_pages():
    paragraphs = [
        f"路透社记者：第{n}问？" if n % 2 else f"毛宁：{n}。{ANSWER}" for n in range(1, 9)
    ]
    assert texts(make_pdf(placed(chinese(paragraphs), per_page=7))) == paragraphs


def test_english_lines_are_joined_with_a_space_and_a_hyphen_without():
    lines = [
        (
            72,
            "Q Can you say what the well-known talks will be about, and when they are going to be-",
        ),
        (72, "gin in the coming weeks of this"),
        (72, "month?"),
        (72, "MS. PSAKI: No."),
    ]
    assert texts(make_pdf(placed(lines))) == [
        "Q Can you say what the well-known talks will be about, and when they are going to be-gin "
        "in the coming weeks of this",
        "month?",
        "MS. PSAKI: No.",
    ]


def test_a_gap_between_full_lines_begins_a_paragraph():
    text = "We have been very clear about this from the beginning, as all of you know well."
    content = make_pdf([[(72, 700, text), (72, 686, text), (72, 658, text), (72, 644, text)]])
    assert texts(content) == [f"{text} {text}"] * 2


def test_page_heads_and_numbers_are_left_out_and_named():
    body = placed(chinese(["问：好吗？", f"答：{ANSWER}"] * 6), per_page=9)
    head = [(90, 780, "June 14, 2023"), (300, 780, "Press Conference")]
    pages = [
        [*head, *page, (280, 30, f"Page {number} of {len(body)}")]
        for number, page in enumerate(body, 1)
    ]
    document = read_pdf(make_pdf(pages), "a.pdf")
    assert [p.text for p in document.paragraphs] == ["问：好吗？", f"答：{ANSWER}"] * 6
    (problem,) = document.problems
    assert (problem.code, problem.line) == ("left_out", 1)
    assert problem.params["lines"] == "“June 14, 2023 Press Conference”, “Page 1 of 3”"
    assert problem.params["characters"] == 3 * (len("June 14, 2023 Press Conference") + 11)


def test_a_line_that_comes_once_is_never_left_out():
    pages = [[(72, 780, "One."), (72, 600, "Two.")], [(72, 780, "Three."), (72, 600, "Four.")]]
    assert texts(make_pdf(pages)) == ["One.", "Two.", "Three.", "Four."]


def test_lines_are_counted_over_all_pages():
    document = read_pdf(make_pdf([[(72, 700, "A."), (72, 600, "B.")], [(72, 700, "C.")]]), "a.pdf")
    assert [p.line for p in document.paragraphs] == [1, 2, 3]


def test_bold_and_large_lines_are_told():
    assert read_pdf(make_pdf([[(72, 700, "Q Why?")]], bold=True), "a.pdf").paragraphs[0].bold
    title = PrintedLine(0, "Title", 72, 120, 700, 20, False)
    body = [PrintedLine(0, f"Text {n}.", 72, 120, 650 - 14 * n, 12, False) for n in range(5)]
    paragraphs, _ = to_paragraphs([[title, *body]], 600)
    assert [p.heading for p in paragraphs] == [1, 0, 0, 0, 0, 0]


def test_pages_without_text_are_named():
    document = read_pdf(make_pdf([[(72, 700, "Text.")], [], []]), "a.pdf")
    assert [(p.code, p.params["pages"]) for p in document.problems] == [
        ("pages_without_text", "2, 3")
    ]


def test_radicals_and_ligatures_are_the_letters_they_stand_for():
    assert texts(make_pdf([[(72, 700, "⽑宁：⼈⺠。")]])) == ["毛宁：人民。"]


def test_a_scanned_pdf_is_refused():
    assert refusal(make_pdf([[], []])).problem.code == "scanned_pdf"


def test_a_locked_pdf_is_refused():
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
    trailer = b"/Encrypt 10 0 R/ID[(a)(a)]"
    content = pdf_of_streams([b""], more=[lock], trailer=trailer)
    assert refusal(content).problem.code == "encrypted"


def test_letters_without_a_code_are_refused_or_counted():
    to_unicode = make_stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 1 beginbfrange <61> <7a> <e061> endbfrange endcmap"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>"
    fonts = b"/Font<</F 3 0 R/P 11 0 R>>"
    private = b"BT /P 12 Tf 72 700 Td (abc) Tj ET "
    plain = b"BT /F 12 Tf 72 650 Td (Plain words here.) Tj ET"
    more = [to_unicode, font]
    garbled = pdf_of_streams([private], resources=fonts, more=more)
    mixed = pdf_of_streams([private + plain], resources=fonts, more=more)
    assert refusal(garbled).problem.params["percent"] == 100
    document = read_pdf(mixed, "a.pdf")
    assert [p.text for p in document.paragraphs] == ["Plain words here."]
    assert [(p.code, p.params["count"]) for p in document.problems] == [("unreadable_letters", 3)]


@pytest.mark.parametrize("cut", [9, 100, 700])
def test_a_pdf_that_breaks_off_is_damaged(cut):
    assert refusal(make_pdf([[(72, 700, "Text.")]])[:cut]).problem.code == "damaged"


def test_too_many_pages_are_refused():
    assert "1000 pages" in str(refusal(pdf_of_streams([b""] * 1001)))


MEASURE = """
import resource, sys
from archive.parsing.formats.pdf import read_pdf
from archive.parsing.records import TranscriptError
try:
    read_pdf(sys.stdin.buffer.read(), "a.pdf")
except TranscriptError as error:
    print(error.problem.code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the limit on memory")
@pytest.mark.parametrize("bomb", ["packed", "forms"])
def test_a_bomb_is_refused_in_time_and_memory(bomb):
    content = {
        "packed": pdf_of_streams([packed(600)], filters=b"/Filter/FlateDecode"),
        "forms": form_bomb(),
    }[bomb]
    assert len(content) < 1_000_000
    # In a process of its own, for children that were forked from this one count as large as it.
    measure = [sys.executable, "-c", MEASURE]
    done = subprocess.run(measure, input=content, capture_output=True, check=True)
    code, kilobytes = done.stdout.decode().split()
    assert code == "too_complex"
    assert int(kilobytes) < 512 * 1024


def test_the_worker_needs_nothing_of_this_project():
    worker = "import archive.parsing.formats.pdf as pdf; print(pdf._WORKER)"
    path = subprocess.run(
        [sys.executable, "-c", worker], capture_output=True, text=True, check=True
    ).stdout.strip()
    done = subprocess.run(
        [sys.executable, "-P", path], input=b"", capture_output=True, check=True, cwd="/"
    )
    assert b'"refused"' in done.stdout
