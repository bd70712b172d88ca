"""Questions marked `路透社记者：` or `《路透社》记者：`, answers marked `王毅：`.

Usual in Xinhua, People's Daily and ministry transcripts. The hard part is a clause that ends in
a colon at the start of a paragraph (`建议有三点：`), which looks just like a speaker.
"""

from collections.abc import Sequence

from archive.parsing.attribution.labels import turn_kind
from archive.parsing.conventions.base import Convention, Mark, without_doubtful
from archive.parsing.conventions.chinese import asker_at, speaker_at
from archive.parsing.records import Paragraph

# A heading names the speakers near its start; searching further would make big files slow.
_HEADING_LENGTH = 5000


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """A mark at every paragraph that begins with a label."""
    marks: list[Mark] = []
    for at, paragraph in enumerate(paragraphs):
        if asked := asker_at(paragraph.text):
            marks.append(Mark(at, 0, asked[0], "question", asked[1]))
        elif spoken := speaker_at(paragraph.text):
            marks.append(Mark(at, 0, spoken[0], "answer", spoken[1]))
    return without_clauses(marks, paragraphs)


def without_clauses(marks: Sequence[Mark], paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """`marks` less the answers that nothing but a colon speaks for.

    A speaker's label may also stand in the heading, or be a word for somebody who speaks (主持人).
    """
    heading = above(marks[0], paragraphs) if marks else ""

    def is_known(mark: Mark) -> bool:
        return bool(mark.label and mark.label in heading) or turn_kind(mark.label) != "speech"

    return without_doubtful(marks, is_known)


def above(first: Mark, paragraphs: Sequence[Paragraph]) -> str:
    """What stands before the first mark of all, as far as it may name the speakers."""
    texts = [paragraph.text for paragraph in paragraphs[: first.paragraph]]
    return "\n".join([*texts, paragraphs[first.paragraph].text[: first.start]])[:_HEADING_LENGTH]


REPORTER_LABEL = Convention("reporter-label", find, unmistakable=True)
