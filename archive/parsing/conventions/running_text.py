"""A whole conference without line breaks: labels stand in the middle of paragraphs.

`…详细情况？毛宁：应德国总理邀请，…。法新社记者：两名…`: a label counts when a sentence ends
before it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.parsing.cleanup import CLOSERS
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.chinese import LONGEST_CHINESE_LABEL, asker_at, speaker_at
from archive.parsing.conventions.question_answer import ANSWERS, mark_at
from archive.parsing.conventions.reporter_label import above
from archive.parsing.records import Paragraph
from archive.text.han import HAN

# A sentence end, closing quotes and brackets, perhaps a space; the start of the paragraph; or the
# hour of publication.
_BEGINS = re.compile(
    rf"(?:^|(?<=[。！？!?…；])[{re.escape(CLOSERS)}]{{0,3}}|(?<=[0-9]:[0-9]{{2}})\s)\s{{0,4}}(?=\S)"
)
_HAN = re.compile(f"[{HAN}]")
_COLON = re.compile("[：:]")


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every label with which a sentence begins; none where each begins a line."""
    if not any(_HAN.search(paragraph.text) for paragraph in paragraphs):
        return []
    marks = [mark for at, p in enumerate(paragraphs) for mark in _marks_in(at, p.text)]
    if not any(mark.start for mark in marks):
        return []
    counts = Counter(mark.label for mark in marks if mark.kind == "answer")
    heading = above(marks[0], paragraphs)
    kept: list[Mark] = []
    for mark in marks:
        again = counts[mark.label] > 1
        # Within a paragraph a name must do more than at the start of a line.
        sure = again or mark.start == 0 or mark.label in ANSWERS or mark.label in heading
        if mark.kind == "question" or again or (sure and kept and kept[-1].kind == "question"):
            kept.append(mark)
    return kept


def _marks_in(at: int, text: str) -> Iterator[Mark]:
    """Every label in one paragraph. Each colon is looked at once, so time stays linear."""
    end = 0
    starts = [found.end() for found in _BEGINS.finditer(text)] if _COLON.search(text) else []
    for start, before_next in pairwise([*starts, len(text)]):
        if start < end:
            continue
        sentence = text[start : min(before_next, start + LONGEST_CHINESE_LABEL)]
        if mark := _mark(at, start, sentence):
            end = mark.end
            yield mark


def _mark(at: int, start: int, sentence: str) -> Mark | None:
    if asked := mark_at(sentence):
        return Mark(at, start, start + asked[0], asked[1], asked[2])
    if labelled := asker_at(sentence):
        return Mark(at, start, start + labelled[0], "question", labelled[1])
    if spoken := speaker_at(sentence):
        return Mark(at, start, start + spoken[0], "answer", spoken[1])
    return None


RUNNING_TEXT = Convention("running-text", find, trust=0.95)
