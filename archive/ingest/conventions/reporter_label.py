"""Questions marked `路透社记者：` or `《**路透社**》记者：`, answers marked `王毅：`.

Usual in Xinhua, People's Daily and ministry transcripts. The hard part is a clause that ends in
a colon at the start of a paragraph (`建议有三点：`), which looks just like a speaker.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from archive.ingest.clean import HAN, close_gaps, strip_emphasis
from archive.ingest.conventions.base import Convention, Reading
from archive.ingest.records import Paragraph, Problem, Turn
from archive.text import fold

_COLON = r"\s{0,2}[：:](?!//)"
_QUESTION = re.compile(rf"([^，。！？；：,!?;:“”\"]{{0,40}}?)\s{{0,2}}(?:记者|記者){_COLON}")
_DOT = "[·•‧・]"
_LATIN = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ.'’\-]{0,20}"
_ANSWER = re.compile(
    rf"((?:[{HAN}]{{2,10}}"
    rf"|[{HAN}]{{1,10}}(?:{_DOT}[{HAN}]{{1,10}}){{1,3}}"
    rf"|[{HAN}]{{1,16}}(?:人|长|長|席|任|理|员|員|使)\s{{1,2}}[{HAN}·]{{2,10}}"
    rf"|{_LATIN}(?:\s{_LATIN}){{0,4}})){_COLON}"
)
# `各位记者：大家好` greets and `王毅告诉记者：` reports; neither asks.
_NO_OUTLET = re.compile(
    "(?:告诉|对|向|回答|答|给|问|请|有|的|各|位|名|中外|受访|采访|以及|和|与|同|说|些)$"
)
# Ordinary words that stand before a colon, in print or in speech. Compared folded.
_NO_SPEAKER = re.compile(
    "来源|消息来源|时间|发布时间|日期|地点|主题|题目|标题|原标题|副标题|编辑|责编|责任编辑|作者|"
    "编者按|编者注|摘要|导读|导语|全文|实录|文字实录|视频|图片|独家|快讯|附件|链接|注释|备注|"
    "关键词|语言|出席|出席人员|参加人员|"
    "(?:首先|其次|再次|最后|此外|另外|总之|例如|比如|譬如|其中|同时|因此|所以|但是|而且|目前|当前)"
    f"[{HAN}]*|"
    f"(?:我|你|您|他|她|它|这|第[一二三四五六七八九十]|[一二三四五六七八九十]是)[{HAN}]*|"
    f"[{HAN}]*(?:说|是|指|指出|强调|表示|认为|如下|呼吁|提出|问道|说道|写道|包括|以下|几点|问题)|"
    "note|source|date|time|venue|editor's note"
)
# More than either pattern can match: what has no colon so far need not be tried.
_LONGEST_LABEL = 120
# A heading names the speakers near its start; searching further would make big files slow.
_HEADING_LENGTH = 5000


@dataclass(frozen=True, slots=True)
class _Marker:
    kind: Literal["question", "answer"]
    label: str
    rest: str  # what stands after the colon, perhaps nothing


def score(reading: Reading) -> int:
    """The number of turns that were told, 0 when nobody asks anything."""
    return len(reading.turns) if any(t.kind == "question" for t in reading.turns) else 0


def read(paragraphs: Sequence[Paragraph]) -> Reading:
    """Cut `paragraphs` into the heading and the turns. Bold marks are gone from all of them."""
    bare = _without_emphasis(paragraphs)
    marked = [_marker(paragraph.text) for paragraph in bare]
    _drop_clauses(marked, bare)
    problems = _drop_empty(marked, bare)
    starts = [at for at, marker in enumerate(marked) if marker]
    turns = []
    for start, end in pairwise([*starts, len(bare)]):
        marker = marked[start]
        assert marker is not None  # noqa: S101 - says to mypy what `starts` is made of
        line = bare[start].line
        first = (Paragraph(marker.rest, line),) if marker.rest else ()
        turns.append(Turn(marker.kind, marker.label, (*first, *bare[start + 1 : end]), line))
    return Reading(tuple(bare[: starts[0]] if starts else bare), tuple(turns), problems)


def _without_emphasis(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    stripped = (
        Paragraph(strip_emphasis(p.text), p.line) if "**" in p.text else p for p in paragraphs
    )
    return [paragraph for paragraph in stripped if paragraph.text]


def _marker(text: str) -> _Marker | None:
    """The label at the start of a paragraph, if what stands there could be one."""
    start = text[:_LONGEST_LABEL]
    if "：" not in start and ":" not in start:
        return None
    if asked := _QUESTION.match(text):
        label = asked[1].strip()
        if not _NO_OUTLET.search(fold(label)):
            return _Marker("question", _unwrapped(close_gaps(label)), text[asked.end() :].strip())
    elif (answered := _ANSWER.match(text)) and not _NO_SPEAKER.fullmatch(fold(answered[1])):
        return _Marker("answer", answered[1], text[answered.end() :].strip())
    return None


def _unwrapped(label: str) -> str:
    """`《路透社》` as `路透社`, but `日本《读卖新闻》` and `《甲》《乙》` as they are."""
    inside = label[1:-1]
    wrapped = label.startswith("《") and label.endswith("》") and not set(inside) & set("《》")
    return inside.strip() if wrapped else label


def _drop_clauses(marked: list[_Marker | None], bare: Sequence[Paragraph]) -> None:
    """Unmark the answer labels that nothing but a colon speaks for."""
    counts = Counter(m.label for m in marked if m and m.kind == "answer")
    first = next((at for at, marker in enumerate(marked) if marker), 0)
    heading = "\n".join(paragraph.text for paragraph in bare[:first])[:_HEADING_LENGTH]
    before: str | None = None
    for at, marker in enumerate(marked):
        if marker is None:
            continue
        if (
            marker.kind == "question"
            or before != "answer"  # the first turn, or directly after a question
            or counts[marker.label] > 1
            or marker.label in heading
        ):
            before = marker.kind
        else:
            marked[at] = None


def _drop_empty(marked: list[_Marker | None], bare: Sequence[Paragraph]) -> tuple[Problem, ...]:
    """Unmark the labels that no words follow, so that their line stays as text; say so."""
    following = chain(marked[1:], [_Marker("question", "", "")])  # the end is as good as one
    empty = [
        at
        for at, (marker, after) in enumerate(zip(marked, following, strict=False))
        if marker and not marker.rest and after
    ]
    for at in empty:
        marked[at] = None
    return tuple(Problem(bare[at].line, "empty_turn", {"label": bare[at].text}) for at in empty)


REPORTER_LABEL = Convention("reporter-label", read, score)
