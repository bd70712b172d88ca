"""Questions told in a sentence: `在例行记者会上，有记者问：…`, then `耿爽：` or `耿爽表示，`."""

import re
from collections.abc import Sequence

from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.chinese import speaker_at
from archive.parsing.conventions.reporter_label import without_clauses
from archive.parsing.records import Paragraph
from archive.text.han import HAN

# The first sentences of a paragraph hold it; searching all of a long one would be slow.
_REACH = 400
_ASKED = re.compile(
    r"(?:^|(?<=[，。；、,\s]))([^，。！？；：,!?;:“”\"\s]{0,24}?)(?:记者|記者)"
    r"(?:就[^。！？：]{1,80})?(?:提?[问問]|追[问問]|提[问問]道|[问問]道)\s?[：:]"
)
_SAID = re.compile(
    rf"(?:对此[，,]?)?(?:[{HAN}]{{2,12}}?发言人)?([{HAN}]{{2,4}}?)(?:在[^。：]{{1,30}}上)?"
    rf"(?:回应|表示|答|回答|指出|说|强调)(?:说|称|道|表示|指出)?\s?[：:，,]"
)
_ANYBODY = {"有", "有的", "一名", "另有", "也有", "还有", "又有", "一位", "一个"}


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark where a question is told, and at the answer in the paragraphs after it."""
    marks: list[Mark] = []
    asked = False
    for at, paragraph in enumerate(paragraphs):
        start = paragraph.text[:_REACH]
        # Looking for two characters first is what makes this quick in files of other languages.
        if ("记者" in start or "記者" in start) and (found := _ASKED.search(start)):
            outlet = "" if found[1] in _ANYBODY else found[1].removeprefix("有")
            marks.append(Mark(at, found.start(1), found.end(), "question", outlet))
            asked = True
        elif spoken := speaker_at(paragraph.text):
            marks.append(Mark(at, 0, spoken[0], "answer", spoken[1]))
        elif marks and marks[-1].kind == "question" and (said := _SAID.match(paragraph.text)):
            marks.append(Mark(at, 0, 0, "answer", said[1]))
    return without_clauses(marks, paragraphs) if asked else []


SPOKEN_QUESTION = Convention("spoken-question", find, trust=0.97)
