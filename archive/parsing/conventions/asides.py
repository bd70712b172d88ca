"""Asides: stage directions, captions, topics, between the turns and said by nobody. Pure."""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.cleanup import is_finished
from archive.parsing.conventions.base import Mark
from archive.parsing.records import Paragraph
from archive.text.han import HAN

# `（笑）`, `[掌声]`, `(Laughter.)`, `[At this point the President spoke off the record.]`
_DIRECTION = re.compile(r"[（(\[【〔［][^（()）\[\]【】〔〕［］]{1,80}[）)\]】〕］][。.]?")
_RULE = re.compile(r"(?:[*＊_—–=~#·.-]\s?){3,60}")
_CAPTION = re.compile(
    rf"(?:图为|圖為|[图圖](?=[：:])|资料图|資料圖|图片说明|圖說)\s?[：:，,]?.{{1,200}}"
    rf"|.{{0,200}}[（(]?[{HAN}\s/]{{0,20}}(?:记者|記者)?[{HAN}\s]{{0,8}}[摄攝][）)]?"
)
# `责任编辑：张三`, `（原标题：…）`, `来源：新华社` below the last answer or between two.
_CREDIT = re.compile(
    r"[（(]?(?:原标题|原標題|责任编辑|責任編輯|责编|責編|编辑|編輯|来源|來源|文章来源|稿源|作者|记录|记錄"
    r"|整理|翻译|翻譯|摄影|攝影)\s?[：:].{1,120}"
)
_THANKS = re.compile(r"谢|謝|好|是|Thank|Yes|No\b")
# `冒頭発言`, `<모두 발언>`: over the opening statement, and nobody's headline.
_OPENING = re.compile(
    r"\W{0,2}(?:冒頭発言|모두\s?발언|开场白|開場白|opening (?:remarks|statements?))\W{0,2}",
    re.IGNORECASE,
)
# What stands above a topic where a headline would stand above: a date, an hour, the place.
_DAY_OR_PLACE = re.compile(r"[（(\[].{4,120}[）)\]]|.{0,60}[0-9].{0,60}")
_LONGEST_CAPTION, _LONGEST_TOPIC = 240, 60


def with_asides(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> list[Mark]:
    """`marks` with a note or a topic at each paragraph between them that is one.

    A paragraph that a marker stands in, or that is all that follows a label, is left alone. The
    line right above the first turn is a topic, too, where it says so or the file has others.
    """
    if not marks:
        return []
    taken = {mark.paragraph: mark for mark in marks}
    asides = []
    for at in range(marks[0].paragraph + 1, len(paragraphs)):
        before = taken.get(at - 1)
        alone = before is not None and before.end == len(paragraphs[at - 1].text) and before.end
        if at in taken or alone:
            continue
        if _is_note(paragraphs[at].text):
            asides.append(Mark(at, 0, len(paragraphs[at].text), "note"))
        elif _is_topic(paragraphs, at, taken.get(at + 1)):
            asides.append(Mark(at, 0, len(paragraphs[at].text), "topic"))
    sectioned = any(aside.kind == "topic" for aside in asides)
    asides += _first_topic(paragraphs, marks[0], sectioned=sectioned)
    return sorted([*marks, *asides], key=lambda mark: (mark.paragraph, mark.start))


def _is_note(text: str) -> bool:
    if len(text) > _LONGEST_CAPTION:
        return False
    return any(pattern.fullmatch(text) for pattern in (_DIRECTION, _RULE, _CAPTION, _CREDIT))


def _first_topic(
    paragraphs: Sequence[Paragraph], first: Mark, *, sectioned: bool
) -> Iterator[Mark]:
    """The line above the first turn, below title and date, where it heads what follows."""
    at = first.paragraph - 1
    if at < 1 or first.start or first.kind in ("topic", "note"):
        return
    text = paragraphs[at].text
    below_date = _DAY_OR_PLACE.fullmatch(paragraphs[at - 1].text) is not None
    if _OPENING.fullmatch(text) or (
        sectioned and below_date and not _DAY_OR_PLACE.fullmatch(text) and _may_be_topic(text)
    ):
        yield Mark(at, 0, len(text), "topic")


def _is_topic(paragraphs: Sequence[Paragraph], at: int, following: Mark | None) -> bool:
    """A heading, or a short line without an end, after an answer and right above a question."""
    paragraph = paragraphs[at]
    if paragraph.heading:
        return True
    return (
        following is not None
        and following.kind == "question"
        and _may_be_topic(paragraph.text)
        and is_finished(paragraphs[at - 1].text)
    )


def _may_be_topic(text: str) -> bool:
    return (
        4 <= len(text) <= _LONGEST_TOPIC
        and not text.endswith(("，", ",", "、", "—", "-", "…"))
        and not is_finished(text)
        and not _THANKS.match(text)
    )
