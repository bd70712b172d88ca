"""The ways transcripts mark who speaks, one module each, and the choice between them."""

from collections.abc import Mapping, Sequence

from archive.parsing.conventions.asides import with_asides
from archive.parsing.conventions.base import Convention, Mark, Reading
from archive.parsing.conventions.bold_question import BOLD_QUESTION
from archive.parsing.conventions.bracketed import BRACKETED
from archive.parsing.conventions.capitals import CAPITALS, CAPITALS_STOP
from archive.parsing.conventions.labelled import LABELLED
from archive.parsing.conventions.name_tags import NAME_TAGS
from archive.parsing.conventions.named_reporters import NAMED_REPORTERS
from archive.parsing.conventions.named_speakers import NAMED_SPEAKERS
from archive.parsing.conventions.one_character import ONE_CHARACTER
from archive.parsing.conventions.presidential import PRESIDENTIAL
from archive.parsing.conventions.question_answer import QUESTION_ANSWER
from archive.parsing.conventions.reporter_label import REPORTER_LABEL
from archive.parsing.conventions.running_text import RUNNING_TEXT
from archive.parsing.conventions.segmentation import cut
from archive.parsing.conventions.spoken_question import SPOKEN_QUESTION
from archive.parsing.conventions.timed_speakers import TIMED_SPEAKERS
from archive.parsing.conventions.un_briefing import UN_BRIEFING
from archive.parsing.conventions.white_house import WHITE_HOUSE
from archive.parsing.records import Paragraph, TranscriptError

__all__ = ["CONVENTIONS", "Convention", "Mark", "Reading", "choose", "read_turns"]

# In order of trust: of two that score the same, the first is taken.
CONVENTIONS: tuple[Convention, ...] = (
    REPORTER_LABEL,
    QUESTION_ANSWER,
    BRACKETED,
    SPOKEN_QUESTION,
    ONE_CHARACTER,
    NAME_TAGS,
    TIMED_SPEAKERS,
    WHITE_HOUSE,
    PRESIDENTIAL,
    CAPITALS,
    UN_BRIEFING,
    LABELLED,
    CAPITALS_STOP,
    NAMED_REPORTERS,
    RUNNING_TEXT,
    NAMED_SPEAKERS,
    BOLD_QUESTION,
)
# A convention by which nobody asks has found statements, or has found nothing.
_NOBODY_ASKS = 0.5
_FEWEST_STATEMENTS = 2
# A conference of a whole week has some 6,000; what has more is a heap of files or an attack.
MOST_TURNS = MOST_PARAGRAPHS = 50_000

MarksByConvention = Mapping[str, Sequence[Mark]]


def read_turns(paragraphs: Sequence[Paragraph], name: str = "") -> tuple[str, Reading]:
    """The convention that tells the most turns, and what it reads; `name` asks for one by name.

    Where other conventions see what cannot be anything else, their marks are added, and the name
    is `one+other`. Raises TranscriptError "no_speakers" where none fits, "unknown_convention",
    "too_many_paragraphs", "too_many_turns".
    """
    marks, used = choose_convention(paragraphs, name)
    if len(marks) > MOST_TURNS:
        line = paragraphs[marks[MOST_TURNS].paragraph].line
        raise TranscriptError("too_many_turns", line, most=MOST_TURNS)
    reading = cut(paragraphs, with_asides(paragraphs, marks))
    if not reading.turns:
        raise TranscriptError("no_speakers")
    return "+".join(used), reading


def choose_convention(
    paragraphs: Sequence[Paragraph], name: str = ""
) -> tuple[list[Mark], list[str]]:
    """The marks of the best convention, with others' mixed in, and the names of those used.

    Raises TranscriptError "no_speakers", "unknown_convention" (of `name`) or "too_many_paragraphs".
    """
    if len(paragraphs) > MOST_PARAGRAPHS:
        line = paragraphs[MOST_PARAGRAPHS].line
        raise TranscriptError("too_many_paragraphs", line, most=MOST_PARAGRAPHS)
    if name and name not in {convention.name for convention in CONVENTIONS}:
        known = ", ".join(convention.name for convention in CONVENTIONS)
        raise TranscriptError("unknown_convention", name=name, known=known)
    found = {one.name: list(one.find(paragraphs)) for one in CONVENTIONS if name in ("", one.name)}
    best = max(
        (one for one in CONVENTIONS if one.name in found),
        key=lambda one: score(one, found[one.name]),
    )
    if score(best, found[best.name]) == 0:
        raise TranscriptError("no_speakers")
    return _mixed(best, found)


def score(convention: Convention, marks: Sequence[Mark]) -> float:
    """How well a convention fits: the turns it tells, by how far it is trusted."""
    speaking = [mark for mark in marks if mark.kind not in ("note", "topic")]
    if any(mark.kind == "question" for mark in speaking):
        return convention.trust * len(speaking)
    if len(speaking) < _FEWEST_STATEMENTS:
        return 0
    if any(mark.kind == "speech" for mark in speaking):
        return convention.trust * len(speaking)
    return _NOBODY_ASKS * convention.trust * len(speaking)


def _mixed(best: Convention, found: MarksByConvention) -> tuple[list[Mark], list[str]]:
    marks, used = list(found[best.name]), [best.name]
    taken = {mark.paragraph for mark in marks}
    for other in CONVENTIONS:
        if other is best or not other.unmistakable:
            continue
        more = [mark for mark in found.get(other.name, ()) if mark.paragraph not in taken]
        if any(mark.kind == "question" for mark in more):
            marks += more
            taken |= {mark.paragraph for mark in more}
            used.append(other.name)
    return sorted(marks, key=lambda mark: (mark.paragraph, mark.start)), used
