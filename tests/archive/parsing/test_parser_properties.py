import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedConference, TranscriptError

HEAD = "2020年5月24日\n标题\n"
NAMES = ["王毅", "华春莹", "谢尔盖·拉夫罗夫", "Wang Yi"]
OUTLETS = ["路透社", "日本《读卖新闻》", "BBC", "《甲报》《乙报》", ""]
MARKS = ["《**{}**》记者：", "《{}》记者：", "{}记者：", "{}記者:", "**{}记者**："]

# Any character but controls, which are reported and left out, and the marks of Markdown and HTML.
weird = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters="*_\\`<&[|~"),
    max_size=30,
)
words = st.tuples(st.sampled_from(["嗯", "Er"]), weird).map("，".join)  # no label begins so


@dataclass
class Made:
    """A made-up turn: the source lines and what is to come of them."""

    kind: str
    label: str
    source: str
    spoken: str


@st.composite
def made_turns(draw, kind):
    label = draw(st.sampled_from(OUTLETS if kind == "question" else NAMES))
    marker = draw(st.sampled_from(MARKS)).format(label) if kind == "question" else f"{label}："
    # Each ends as a sentence does: a short line without an end, above a question, is a topic.
    paragraphs = [f"{text}。" for text in draw(st.lists(words, min_size=1, max_size=4))]
    source = marker + draw(st.sampled_from(["\n\n", "\n"])).join(paragraphs)
    return Made(kind, label, source, bare("".join(paragraphs)))


@st.composite
def conversations(draw):
    turns = [draw(made_turns("answer"))] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 4))):
        # An answer right after its question is accepted whoever gives it.
        turns += [draw(made_turns("question")), draw(made_turns("answer"))]
    return turns


def bare(text):
    return "".join(text.split())


def spoken_parts(parsed):
    for exchange in parsed.exchanges:
        if exchange.kind == "question":
            yield "question", bare(exchange.question)
        for answer in exchange.answers:
            yield "answer", bare(answer.text)


def parsed_or_refused(content, filename="a.txt"):
    try:
        return parse_transcript(content, filename)
    except TranscriptError as error:
        return error


@given(conversations())
def test_every_spoken_character_is_kept_in_its_turn(turns):
    parsed = parse_transcript((HEAD + "\n\n".join(t.source for t in turns)).encode(), "a.txt")
    assert list(spoken_parts(parsed)) == [(turn.kind, turn.spoken) for turn in turns]


@given(st.lists(words, min_size=1, max_size=9))
@example(["嗯，# 0"])  # a number sign inside a line makes no Markdown heading
def test_every_character_of_the_heading_is_kept(lines):
    source = "\n".join([*lines, "2020-05-24", "", "甲社记者：问？"])
    parsed = parse_transcript(source.encode(), "a.txt")
    kept = Counter(bare(parsed.title + parsed.headline + parsed.lead))
    source_characters = Counter(bare("".join(lines) + "2020-05-24"))
    assert not source_characters - kept
    # A file with a lead only takes its title from there, and the lead keeps it too.
    assert kept - source_characters in (Counter(), Counter(bare(parsed.title)))


def test_every_character_of_the_seed_is_kept_in_order(seed_bytes):
    lines = [line.strip() for line in seed_bytes.decode().split("\n") if line.strip()]
    parsed = parse_transcript(seed_bytes, "seed.txt")
    body = re.sub(r"^《\*\*.+?\*\*》记者：|^王毅：", "", "\n".join(lines[5:]), flags=re.MULTILINE)
    assert "".join(text for _, text in spoken_parts(parsed)) == bare(body)
    heading = Counter(bare(parsed.title + parsed.headline + parsed.lead))
    assert heading == Counter(bare("".join(lines[:5])))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_make_no_difference_to_the_seed(seed_bytes, end):
    other = seed_bytes.decode().replace("\n", end).encode()
    assert parse_transcript(other, "a.txt") == parse_transcript(seed_bytes, "a.txt")


@given(conversations(), st.sampled_from(["\r\n", "\r"]))
def test_line_ends_make_no_difference(turns, end):
    source = HEAD + "\n".join(turn.source for turn in turns)
    unix = parse_transcript(source.encode(), "a.txt")
    assert parse_transcript(source.replace("\n", end).encode(), "a.txt") == unix


@given(conversations())
def test_encoding_makes_no_difference(turns):
    source = HEAD + "\n".join(turn.source for turn in turns)
    utf8 = parse_transcript(source.encode(), "a.txt")
    utf16 = parse_transcript(source.encode("utf-16"), "a.txt")
    assert replace(utf16, encoding="utf-8") == utf8


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert isinstance(parsed_or_refused(content), ParsedConference | TranscriptError)


FRAGMENTS = [
    *("记者", "：", ":", "《", "》", "**", "王毅", "路透社", "\n", "\n\n", "\r", "#", "·", "问"),
    *("2020年", "五月", "十", "24日", "二〇二〇年", "2月30日", "2020-05-24", "据", "新华社", "电"),
    *(
        "十三届全国人大三次会议",
        "来源：",
        "外交部",
        "发言人",
        "在人民大会堂举行",
        "。",
        "，",
        "“",
        "？",
    ),
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40), weird)
def test_any_text_is_read_or_refused(parts, filename):
    found = parsed_or_refused("".join(parts).encode("utf-8", "surrogatepass"), filename)
    if isinstance(found, ParsedConference):
        assert found.title
        assert all(e.question for e in found.exchanges if e.kind == "question")
        assert all(answer.text for e in found.exchanges for answer in e.answers)
