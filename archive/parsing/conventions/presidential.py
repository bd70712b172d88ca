"""`Q. …` and `THE PRESIDENT. …`, with a full stop for a colon: the Public Papers of the Presidents.

Some copies of them have lost their line breaks: paragraphs are joined by a comma without a space
(`today.,Q. Mr. President,…`). `unjoin` parts them again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.parsing.attribution.labels import bare_label, is_asker_label, turn_kind
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.capital_labels import LABEL_NUMBER, UPPER, capital_marks, merged
from archive.parsing.records import Paragraph

_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr)\.|Miss|[A-Z][\w.'’\-]{0,20})"
    r"(?:\s(?:van|von|der|den|de|la|du|[A-Z][\w.'’\-]{0,20})){1,5}"
)
_PAPER = (
    r"[A-Z](?:[^:.?!,()]|(?<=\b[SFM]t)\.|\([^()]{1,20}\)){1,60}"  # Madison (Wis.) Capital Times
)
_REPORTER = rf"({_NAME}(?:,\s[JS]r\.)?(?:,\s{_PAPER})?):\s{{1,2}}"
_Q = re.compile(rf"{LABEL_NUMBER}Q\.(?:\s{{1,2}}|(?=[—–\[]))(?:{_REPORTER})?")
_NOT_NAMED = re.compile(
    r"(?:mr|madam|the)\.? (?:vice )?president|mr\.? secretary|(?:my|one|first) "
)
# With slips of the printer: `THE. PRESIDENT.`, `THE PRESIDENT,`, `THE PRESIDENT [to …].`
_PRESIDENT = re.compile(
    rf"{LABEL_NUMBER}THE\.? ((?:VICE )?PRESIDENT)(?:\s\[[^\[\]]{{1,100}}\])?[.,:;](?:\s{{1,2}}|$)"
)
# In newer volumes names are not in capitals: `The President.`, `Prime Minister Blair.`
_THE_PRESIDENT = re.compile(r"The (?:Vice )?President(?:-elect)?\. ")
_MIXED = re.compile(
    LABEL_NUMBER + r"((?:The (?:Vice )?President(?:-elect)?|Reporters?|Audience members?|Moderator"
    r"|(?:The )?Interpreter|Q|(?:Acting |Deputy |Vice |Prime |Foreign )?"
    r"(?:President|Minister|Chancellor|Secretary|Senator|Governor|Director|General|Ambassador"
    r"|Administrator|Attorney General|Mr\.|Mrs\.|Ms\.|Miss|Dr\.)"
    r"(?:\s(?:of|the|and|de|van|von|[A-Z][\w'’\-]{0,24})){1,6}))([.:])\s{1,2}(?=\S)"
)
_ALONE = re.compile(r"the (?:vice )?president|reporters?|audience members?|moderator|interpreter")
_HEADING = re.compile(rf"[{UPPER}0-9][{UPPER}0-9\s.,;:'’‘“”\"()/&\-—–]{{3,160}}")
_BRACKETED = re.compile(r"\[[^\[\]]{3,300}\]\.?")
_FOOTNOTE = re.compile(r"([0-9]{1,2})\s?(?=[A-Z\"“])")
_FOOTNOTE_REACH = 15  # paragraphs from the number in the text to the footnote

_SPEAKS = rf"{LABEL_NUMBER}(?:Q\.|THE\.? (?:VICE )?PRESIDENT\b|REPORTER\.|MR\. [A-Z]{{2,20}}\.)"
_JOINT = re.compile(
    r"(?:(?<=[.?!:)\]\"”'’—–\-])|(?<=[.?!\"”][0-9])|(?<=[.?!\"”][0-9][0-9]))"
    r",(?=[\"“'‘(\[]{0,2}[A-Z0-9—])"
    rf"|,(?={_SPEAKS})"  # also behind words that break off
    r"|,(?=[A-Z][A-Z .'’\-]{4,80}(?:[,\n]|$))|(?<=[A-Z][A-Z][A-Z]),(?=[\"“\[A-Z])"  # headings
)
_JOINED_TURN = re.compile(rf",{_SPEAKS}")
_HONORIFIC = re.compile(r"(?:MR|MRS|MISS|MS)\.? ")
_THANKS = re.compile(r"Thank you(?: very much)?(?:,? sir)?,? Mr\. (?:Vice )?President[.!]?")
_FEWEST_JOINTS, _MOST_JOINTS = 3, 50_000  # more than that is no conference
_COLUMN = 39  # characters


def unjoin(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """`paragraphs`, parted at the commas that stand for line breaks when the file has such.

    The joining commas are taken for paragraph marks; every other character stays.
    """
    joints = sum(1 for paragraph in paragraphs for _ in _JOINED_TURN.finditer(paragraph.text))
    if not _FEWEST_JOINTS <= joints <= _MOST_JOINTS:
        return paragraphs
    pieces: list[Paragraph] = []
    for paragraph in paragraphs:
        for text in filter(None, map(str.strip, _JOINT.split(paragraph.text))):
            if pieces and _goes_on(pieces[-1].text, text):
                pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {text}")
            else:
                pieces.append(replace(paragraph, text=text))
    return tuple(pieces)


def _goes_on(heading: str, text: str) -> bool:
    """Whether two headings are one that was too long for a line of the printed column."""
    both = _HEADING.fullmatch(heading) and _HEADING.fullmatch(text)
    return both is not None and len(heading) <= _COLUMN < len(
        f"{heading} {text.split(maxsplit=1)[0]}"
    )


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of a file that marks questions with `Q.`; none in any other file."""
    questions = list(_questions(paragraphs))
    if not questions:
        return []
    presidents = [
        Mark(at, 0, found.end(), "speech", f"THE {found[1]}")
        for at, paragraph in enumerate(paragraphs)
        if (found := _PRESIDENT.match(paragraph.text))
    ]
    speakers = merged(presidents, capital_marks(paragraphs, ".", _is_told))
    speakers = [_as_asker(mark, paragraphs[mark.paragraph].text) for mark in speakers]
    taken = {mark.paragraph for mark in (*questions, *speakers)}
    others = list(_mixed(paragraphs, taken))
    if len(questions) + len(speakers) + len(others) < 2:
        return []
    taken |= {mark.paragraph for mark in others}
    return merged(questions, speakers, others, list(_unspoken(paragraphs, taken)))


def _questions(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    for at, paragraph in enumerate(paragraphs):
        found = _Q.match(paragraph.text)
        if not found:
            continue
        if found[1] and not _NOT_NAMED.match(found[1].casefold()):
            yield Mark(at, 0, found.end(), "question", found[1])
        else:
            end = found.start(1) if found[1] else found.end()
            yield Mark(at, 0, end, "question", "Q")


def _is_told(text: str) -> bool:
    return _Q.match(text) is not None or _PRESIDENT.match(text) is not None


def _as_asker(mark: Mark, text: str) -> Mark:
    """The reporter who ends the conference is no speaker: `MR. CORMIER. Thank you, Mr. President.`

    A guest of the President's who thanks him bears an office.
    """
    by_name = _HONORIFIC.match(mark.label) or is_asker_label(mark.label) is None
    thanks = mark.kind == "speech" and by_name and _THANKS.fullmatch(text, mark.end)
    return replace(mark, kind="question") if thanks else mark


def _mixed(paragraphs: Sequence[Paragraph], taken: set[int]) -> Iterator[Mark]:
    """Names that are not in capitals: with a full stop in a file that prints `The President.`."""
    stops = any(_THE_PRESIDENT.match(p.text) for p in paragraphs)
    found = [
        (at, m)
        for at, p in enumerate(paragraphs)
        if at not in taken and (m := _MIXED.match(p.text)) and (stops or m[2] == ":")
    ]
    labels = [bare_label(m[1]) for _, m in found]
    for (at, m), label in zip(found, labels, strict=True):
        sure = m[2] == ":" or _ALONE.fullmatch(label) or labels.count(label) > 1
        if sure and label != "mr. president":
            yield Mark(at, 0, m.end(), turn_kind(m[1]), m[1])


def _unspoken(paragraphs: Sequence[Paragraph], taken: set[int]) -> Iterator[Mark]:
    """Headings in capitals, footnotes, and what brackets say of the scene."""
    for at, paragraph in enumerate(paragraphs):
        if at in taken:
            continue
        text = paragraph.text
        if _HEADING.fullmatch(text) and sum(map(str.isalpha, text)) > len(text) / 2:
            yield Mark(at, 0, len(text), "topic")
        elif _BRACKETED.fullmatch(text) or _is_footnote(paragraphs, at):
            yield Mark(at, 0, len(text), "note")


def _is_footnote(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a paragraph begins with a number that hangs on a word shortly before."""
    found = _FOOTNOTE.match(paragraphs[at].text)
    if not found:
        return False
    hanging = re.compile(rf"(?:[A-Za-z.,;:?!\"”'’)\]]|: |[a-z] ){found[1]}(?![0-9])")
    before = paragraphs[max(0, at - _FOOTNOTE_REACH) : at]
    return any(hanging.search(paragraph.text) for paragraph in before)


PRESIDENTIAL = Convention("presidential", find)
