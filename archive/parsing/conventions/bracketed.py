"""`[路透社记者]` and `[胡凯红]`, alone on a line or before the words, as in live text streams."""

import re
from collections.abc import Sequence

from archive.parsing.conventions.base import Convention, Mark, without_doubtful
from archive.parsing.conventions.chinese import asker_at
from archive.parsing.records import Paragraph
from archive.text.han import HAN

_LABEL = re.compile(r"[【\[［]\s?([^【\[［\]】］]{1,40}?)\s?[】\]］]\s?[：:]?\s?")
_NAME = re.compile(rf"[{HAN}·\s]{{2,20}}|[A-Z][\w.'’\-\s]{{1,40}}")
# What stands in brackets and speaks not: stage directions, agencies' datelines, tables.
_NO_NAME = re.compile(
    "掌声|掌聲|笑声|笑聲|笑|鼓掌|大笑|全场.*|.*综合报道|.*消息|.*电|.*摄|图片.*|视频.*|.*提要|.*导读|"
    "问|問|答|提问|回答|注|编者按|.*报道"
)


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every paragraph that begins with somebody in brackets."""

    def stands_alone(mark: Mark) -> bool:
        text = paragraphs[mark.paragraph].text
        return mark.end == len(text) and not text.endswith(("：", ":"))

    marks = [mark for at, p in enumerate(paragraphs) if (mark := _mark(at, p.text))]
    return without_doubtful(marks, stands_alone)


def _mark(at: int, text: str) -> Mark | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    if asker_at(f"{found[1]}："):
        return Mark(at, 0, found.end(), "question", found[1].strip())
    if _NAME.fullmatch(found[1]) and not _NO_NAME.fullmatch(found[1]):
        return Mark(at, 0, found.end(), "speech", found[1].strip())
    return None


BRACKETED = Convention("bracketed", find, trust=0.98)
