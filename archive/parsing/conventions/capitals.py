"""`QUESTION: / MR. PRICE:` and `Q: / A:`, `Question 1:`, with a colon; `CHAIR POWELL.` with a stop.

The State Department and many others print speakers in capitals; the Federal Reserve's PDFs put a
full stop behind them.
"""

import re
from collections.abc import Sequence
from functools import partial

from archive.parsing.attribution.labels import turn_kind
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.capital_labels import capital_marks, closing_notes, merged
from archive.parsing.records import Paragraph

_BRACKET = r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])?"
_PLAIN = re.compile(
    rf"(?:[0-9]{{1,3}}[.)]\s{{1,2}})?"
    rf"((?:Q|A)(?:uestion|nswer)?\s?(?:\#?[0-9]{{1,3}})?{_BRACKET}"
    rf"|(?:Unidentified |Unknown |Male |Female )?(?:Reporter|Journalist|Interviewer|Audience Member"
    rf"|Audience|Correspondent|Moderator|Operator|Interpreter|Speaker)\s?(?:\#?[0-9]{{1,3}})?"
    rf"{_BRACKET})\s?[:：](?:\s{{1,8}}|$|(?=[\"“—–(¿¡]))"
)


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of labels with a colon: in capitals, or plain words for who asks and answers."""
    plain = [
        Mark(at, 0, found.end(), turn_kind(found[1]), found[1].strip())
        for at, paragraph in enumerate(paragraphs)
        if (found := _PLAIN.match(paragraph.text))
    ]
    marks = merged(plain, capital_marks(paragraphs, ":", _PLAIN.match))
    return [*marks, *closing_notes(paragraphs, marks)]


find_stops = partial(capital_marks, sign=".")

CAPITALS = Convention("capitals", find)
CAPITALS_STOP = Convention("capitals-stop", find_stops)
