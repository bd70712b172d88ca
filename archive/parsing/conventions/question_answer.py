"""`问：` and `答：`, numbered (`1.问：`) or in brackets (`【问】`), as on many ministry pages."""

import re
from collections.abc import Sequence

from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.chinese import COLON, speaker_at
from archive.parsing.conventions.reporter_label import without_clauses
from archive.parsing.records import Paragraph, TurnKind

_NUMBER = r"(?:第?[（(]?[0-9一二三四五六七八九十]{1,3}[)）]?\s?[.、．]?\s{0,2})?"
_COUNT = r"[0-9一二三四五六七八九十]{0,3}"
_MARK = re.compile(
    rf"{_NUMBER}(?:"
    rf"[【\[［]\s?(提?[问問]|问题|問題|回?答|[QＱ]|[AＡ])\s?{_COUNT}[】\]］](?:{COLON})?"
    rf"|(提?[问問]|问题|問題|回?答|[QＱ]|[AＡ])\s?{_COUNT}{COLON}"
    r"|([问問答])[)）．]\s?)"
)
ANSWERS = ("答", "回答", "A", "Ａ")


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every paragraph that begins so; the answer may be marked `毛宁：` as well."""
    marks: list[Mark] = []
    asked = False
    for at, paragraph in enumerate(paragraphs):
        if found := mark_at(paragraph.text):
            marks.append(Mark(at, 0, *found))
            asked = True
        elif spoken := speaker_at(paragraph.text):
            marks.append(Mark(at, 0, spoken[0], "answer", spoken[1]))
    return without_clauses(marks, paragraphs) if asked else []


def mark_at(text: str) -> tuple[int, TurnKind, str] | None:
    """Where the marker at the start of `text` ends, whether it asks or answers, and its word."""
    found = _MARK.match(text)
    if found is None:
        return None
    word = found[1] or found[2] or found[3]
    return found.end(), "answer" if word in ANSWERS else "question", word


QUESTION_ANSWER = Convention("question-answer", find, unmistakable=True)
