"""What stands between the turns and is said by nobody: stage directions, captions, topics. Pure."""

import re
from collections.abc import Sequence

from archive.ingest.clean import HAN, is_finished
from archive.ingest.conventions.base import Mark
from archive.ingest.records import Paragraph

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
_LONGEST_CAPTION, _LONGEST_TOPIC = 240, 60


def with_asides(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> list[Mark]:
    """`marks` with a note or a topic at each paragraph between them that is one.

    A paragraph that a marker stands in, or that is all that follows a label, is left alone.
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
    return sorted([*marks, *asides], key=lambda mark: (mark.paragraph, mark.start))


def _is_note(text: str) -> bool:
    if len(text) > _LONGEST_CAPTION:
        return False
    return any(pattern.fullmatch(text) for pattern in (_DIRECTION, _RULE, _CAPTION, _CREDIT))


def _is_topic(paragraphs: Sequence[Paragraph], at: int, following: Mark | None) -> bool:
    """A heading, or a short line without an end, after an answer and right above a question."""
    paragraph = paragraphs[at]
    if paragraph.heading:
        return True
    return (
        following is not None
        and following.kind == "question"
        and 4 <= len(paragraph.text) <= _LONGEST_TOPIC
        and not paragraph.text.endswith(("，", ",", "、", "—", "-", "…"))
        and not is_finished(paragraph.text)
        and not _THANKS.match(paragraph.text)
        and is_finished(paragraphs[at - 1].text)
    )
