"""The page for editors names every convention and every problem, and its examples are true."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from archive.admin.forms import UPLOAD_LIMIT
from archive.parsing.conventions import CONVENTIONS, MOST_PARAGRAPHS, MOST_TURNS
from archive.parsing.formats import dawen_json, html, limits, pdf, plain_text, xml_tree
from archive.parsing.formats.front_matter import split_front_matter
from archive.parsing.formats.line_wrapping import Line
from archive.parsing.formats.pdf import worker
from archive.parsing.messages import MESSAGES
from archive.parsing.parser import parse_transcript

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
NAMES = [convention.name for convention in CONVENTIONS]
BLOCKS = re.findall(r"^```([\w-]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = [(kind, words) for kind, words in BLOCKS if kind not in ("text", "yaml", "console")]
DAY = dt.date(2020, 5, 24)


def block(kind):
    return next(words for one, words in BLOCKS if one == kind)


def test_every_convention_is_shown_in_order_with_an_example_and_no_other():
    assert re.findall(r"^\*\*([\w-]+)\*\* — ", PAGE, re.MULTILINE) == NAMES
    assert [kind for kind, _words in EXAMPLES] == NAMES


@pytest.mark.parametrize(("name", "words"), EXAMPLES, ids=[kind for kind, _words in EXAMPLES])
def test_an_example_is_read_by_its_convention(name, words):
    parsed = parse_transcript(words.encode(), "example.md", date=DAY)
    assert parsed.convention == name
    assert any(exchange.kind == "question" for exchange in parsed.exchanges)
    assert any(answer.role == "speaker" for one in parsed.exchanges for answer in one.answers)


def test_every_problem_is_explained_once_and_no_other():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(MESSAGES)


def test_codes_and_conventions_in_the_text_exist():
    assert set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", PAGE)) <= {*MESSAGES, "parse_report"}
    assert set(re.findall(r"--convention ([a-z-]+)", PAGE)) <= set(NAMES)
    assert set(re.findall(r"\*([a-z]+-[a-z-]+)\*", PAGE)) <= set(NAMES)
    assert set(re.findall(r"manage\.py (\w+)", PAGE)) <= set(get_commands())


def test_the_conventions_that_mix_are_those_named():
    named = re.search(r"Where (.*?)\nsee a question", PAGE, re.DOTALL)[1]
    mixing = [convention.name for convention in CONVENTIONS if convention.unmistakable]
    assert sorted(re.findall(r"\*([\w-]+)\*", named)) == sorted(mixing)


def test_the_simplest_markup_is_understood():
    parsed = parse_transcript(block("text").encode(), "example.txt")
    assert (parsed.date, parsed.title, parsed.problems) == (DAY, "外交部长王毅举行记者会", ())
    first, second, third = parsed.exchanges
    assert (first.asked_by, first.reporter, third.topic) == ("路透社", "张三", "中美关系")
    assert [answer.role for answer in first.answers] == ["speaker", "note"]
    assert (second.follows, second.answers[0].speaker) == (0, "王毅")


def test_every_key_of_the_front_matter_is_understood():
    lines = [Line(number, words) for number, words in enumerate(block("yaml").splitlines(), 1)]
    read = split_front_matter(lines)
    assert read.problems == ()
    for key, also in re.findall(r"^(\w+):.*# also ([^;\n]+)", block("yaml"), re.MULTILINE):
        for name in (key, *also.split(", ")):
            value = "https://example.org/2" if key.endswith("_url") else "2020-05-24"
            value = "en" if key == "language" else value
            one = [Line(1, "---"), Line(2, f"{name}: {value}"), Line(3, "---")]
            assert str(getattr(split_front_matter(one).facts, key)) == value, name


def test_limits_are_those_of_the_program():
    def row(kind):
        return re.search(rf"^\| {kind}.*\| ([^|]*) \|$", PAGE, re.MULTILINE)[1]

    def megabytes(size):
        return f"{size // limits.MEGABYTE} MB"

    assert row("text") == f"{plain_text._MOST_LINES:,} lines"
    assert row("HTML") == megabytes(html._LARGEST)
    assert row("DOCX") == f"{megabytes(limits._MOST_UNPACKED)} unpacked"
    assert row("PDF") == f"{megabytes(pdf._LARGEST_PDF)}, {worker.MOST_PAGES:,} pages"
    assert row("Akoma") == megabytes(xml_tree.LARGEST_XML)
    assert row("JSON") == megabytes(dawen_json._LARGEST_JSON)
    any_file = f"{megabytes(limits.LARGEST_FILE)} ({megabytes(UPLOAD_LIMIT)} in the browser)"
    changes = f"{MOST_PARAGRAPHS:,}\nparagraphs or {MOST_TURNS:,} changes of speaker"
    assert f"{any_file}, {changes}" in PAGE


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readmes_link_to_the_page(readme):
    assert "(docs/transcripts.md)" in (ROOT / readme).read_text(encoding="utf-8")
