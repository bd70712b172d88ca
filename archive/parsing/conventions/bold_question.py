"""Questions in bold, answers in ordinary type, and no label at all."""

from collections.abc import Sequence

from archive.parsing.cleanup import CLOSERS
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.records import Paragraph


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark where bold type begins and where it ends.

    None unless most of the bold passages end in a question mark: headings are bold as well.
    """
    starts = [
        at
        for at, paragraph in enumerate(paragraphs)
        if paragraph.bold and not (at and paragraphs[at - 1].bold)
    ]
    marks: list[Mark] = []
    asking = 0
    for start in starts:
        end = start
        while end < len(paragraphs) and paragraphs[end].bold:
            end += 1
        asks = any(_asks(paragraph) for paragraph in paragraphs[start:end])
        asking += asks
        if asks and end < len(paragraphs):
            marks += [Mark(start, 0, 0, "question"), Mark(end, 0, 0, "answer")]
    return marks if 2 * asking > len(starts) else []


def _asks(paragraph: Paragraph) -> bool:
    return paragraph.text.rstrip(CLOSERS).endswith(("？", "?"))


BOLD_QUESTION = Convention("bold-question", find, trust=0.6)
