"""`记：` and `涂：`: everybody by one character, the answerer by the surname."""

import re
from collections.abc import Sequence

from archive.parsing.conventions.base import Convention, Mark, without_doubtful
from archive.parsing.conventions.chinese import COLON
from archive.parsing.records import Paragraph
from archive.text.han import HAN

_MARK = re.compile(rf"([{HAN}]){COLON}")
_REPORTER = "记記"
# These label no person: 问 and 答 are a convention of their own, the others are captions.
_NO_SURNAME = "问問答图圖注曰说說是即文"


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every paragraph that begins with one character and a colon.

    None at all unless somebody asks as 记.
    """
    found = [(at, _MARK.match(p.text)) for at, p in enumerate(paragraphs)]
    marks = [
        Mark(at, 0, match.end(), "question" if match[1] in _REPORTER else "answer", match[1])
        for at, match in found
        if match and match[1] not in _NO_SURNAME
    ]
    if not any(mark.kind == "question" for mark in marks):
        return []
    return without_doubtful(marks, lambda _mark: False)


ONE_CHARACTER = Convention("one-character", find)
