"""`唐鳳：…` and `提問者：…`: everybody by name, whoever asks and whoever answers.

Minutes and interviews are printed so. Any line that has a colon near its start could be meant, so
the names are learned from the file: a label counts when it comes again, or when nearly every
paragraph begins with one.
"""

import re
from collections import Counter
from collections.abc import Sequence

from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.chinese import COLON, asker_at, is_ordinary, speaker_at
from archive.parsing.records import Paragraph
from archive.text.han import HAN

_LABEL = re.compile(rf"([^，。！？；：、!?;:“”\"\n]{{1,40}}?){COLON}")
_NAME_LIKE = re.compile(
    rf"(?![（(])[{HAN}·（）()「」\s]{{1,24}}[0-9A-Z]{{0,2}}|[^\W\d_{HAN}][\w.'’\-—–()（）&,@\s]{{0,39}}"
)
# Of all paragraphs so many begin with a label that comes again, in a file that labels everybody.
_REGULAR = 0.6
# Or so many with something that looks like a name.
_ALL_NAMED = 0.9


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every paragraph that begins with a speaker's name."""
    found = [(at, match) for at, p in enumerate(paragraphs) if (match := _LABEL.match(p.text[:60]))]
    labelled = [(at, match.end(), match[1].strip()) for at, match in found if match[1].strip()]
    counts = Counter(label for _, _, label in labelled)
    names = {label for label in counts if _is_name(label)}
    sure = {label for label in names if counts[label] > 1}
    again = sum(counts[label] for label in sure)
    named = sum(counts[label] for label in names)
    if again >= _REGULAR * len(paragraphs) or named >= _ALL_NAMED * len(paragraphs):
        sure |= {label for label in names if speaker_at(f"{label}：") or asker_at(f"{label}：")}
    return [Mark(at, 0, end, "speech", label) for at, end, label in labelled if label in sure]


def _is_name(label: str) -> bool:
    # Minutes that hide names call people A, B and C: beside the others A is no word for "answer".
    initial = len(label) == 1 and label.isascii()
    return _NAME_LIKE.fullmatch(label) is not None and (initial or not is_ordinary(label))


NAMED_SPEAKERS = Convention("named-speakers", find, trust=0.8)
