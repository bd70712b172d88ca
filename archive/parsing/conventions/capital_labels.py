"""Labels printed in capitals (`MS. PSAKI:`, `THE PRESIDENT.`), found where a speaker can begin.

Pure, and linear: every pattern is bounded and begins where a paragraph or a sentence does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from archive.parsing.attribution.labels import (
    bare_label,
    is_interpreter_label,
    is_moderator_label,
    names_nobody,
    turn_kind,
)
from archive.parsing.conventions.base import Mark
from archive.parsing.records import Paragraph

# Letters a name in capitals is written with: Latin with its accents, Greek, Cyrillic.
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x530)) if unicodedata.category(c) == "Lu")
_PARTICLE = r"(?:de|la|las|los|del|della|di|da|dos|van|von|der|den|bin|al|el|ben|of|and|the|y|e)"
_HONORIFIC = r"(?:Mr|Ms|Mrs|Miss|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Adm|Amb|Sec|Sr|Sra|Srta|Mme|M)\.?"
# McENANY, O’CONNELL, SHERWOOD-RANDALL, J.D., HAMMERSTRÖM
_WORD = rf"(?:M[ac]{{1,2}}|Le|La|De|Di|Van|al-|d['’])?[{UPPER}][{UPPER}'’\-/&]{{0,29}}\.?"
_NUMBER = r"(?:\s#?[0-9]{1,2})?"
_BRACKET = r"(?:\s{1,2}(?:\([^()\n]{1,50}\)|\[[^\[\]\n]{1,100}\]))?"
# `[1.] REPORTER.`; scanned pages have `[4.[` and `[ 16.]`, too.
LABEL_NUMBER = r"(?:\[\s?[0-9IlO]{1,3}[.,]?\s?[\]\[]\s{0,2})?"
LABEL = (
    rf"(?:{_HONORIFIC}\s{{1,2}})?{_WORD}"
    rf"(?:\s{{1,2}}(?:{_PARTICLE}\s{{1,2}}){{0,2}}{_WORD}){{0,6}}{_NUMBER}"
)
_START = {
    ":": re.compile(
        rf"{LABEL_NUMBER}({LABEL}{_BRACKET}(?<![.'’\-/&]))\s?[:：](?!//)(?:\s{{1,8}}|(?=[\"“—–(\[]|$))"
    ),
    ".": re.compile(
        rf"{LABEL_NUMBER}({LABEL}{_BRACKET}(?<![.'’\-/&])(?<![\s.][{UPPER}]))\.(?:\s{{1,2}}|(?=[—–]))(?=\S)"
    ),
}
# Where a blank line was lost, the label stands behind the end of a sentence or the hour.
_BEHIND = (
    r"(?:(?<=[.?!…)\]”\"’—–\-])|(?<=\b[ECMPGB][SD]T)|(?<=\b[ECMP]T))\s{1,2}"
    r"(?!(?:[ECMPGB][SD]?T|GMT|UTC|CET)\b)"
)
_INSIDE = {sign: re.compile(_BEHIND + pattern.pattern) for sign, pattern in _START.items()}
# What stands behind labels. Of such places few follow a capital, and only those are looked at.
_SIGN = {":": re.compile(r"[:：](?=[\s\"“—–(\[])"), ".": re.compile(r"\.(?=[\s—–])")}
_ENDS = {":": "0123456789)] ", ".": "0123456789)]"}
# `MR.` ends no label, and neither does an initial.
_ABBREVIATED = re.compile(r"(?:\b(?:M[RS]|MRS|DR|ST|LT|GEN|COL|SEN|REP|GOV)|[\s.,][A-Z])$")
_LONGEST = 200
_SHORTEST = 4  # `Q` and acronyms in the middle of a paragraph are words like others
_WORDS = re.compile(r"\w[\w'’\-]{0,40}")
_NEAR, _CALL = 60, 120  # characters in which a name is said, and is called up
# `SECRETARY BLINKEN (via translation):` says how it was said, `HELEN THOMAS [UPI]` who she is.
_HOW = re.compile(
    r"\s{0,2}[(\[](?:via|through|as|to|in|by|from|on|off|cont|speaking|voice|laugh|continu)[^()\[\]]*[)\]]$",
    re.IGNORECASE,
)
_PART = rf"[{UPPER}][^\W\d_][\w.'’\-]{{0,24}}|[{UPPER}]\."
_NAME = re.compile(
    rf"((?:{_PART})(?:\s(?:{_PARTICLE}\s){{0,2}}(?:{_PART})){{0,5}}{_NUMBER}"
    r"(?:\s?\([^()]{1,40}\))?)\s?[:：](?!//)(?:\s{1,8}|$)"
)
_NO_NAME = re.compile(
    r"^(?:(?:mr|madam|mister)\.? (?:vice )?(?:president|secretary|chairman|minister|speaker)"
    r"|so|and|but|first|second|third|lastly|finally|look|again|also|now|here|one|two|three|today"
    r"|question|well|yes|no|okay|remember|example|note|source|date|time|photo|video|read|more"
    r"|bottom line|inflation|iran|china|russia|ukraine|israel|covid.{0,4})$"
)
# Capitals before a colon that are no speaker, by any word of them.
_NO_SPEAKER = re.compile(
    r"\b(?:note|notes|update|updated|correction|corrected|release|contact|contacts|date|time|place"
    r"|location|subject|topic|topics|background|readout|rsvp|source|title|agenda|attendees|present"
    r"|transcript|event|venue|link|website|tel|fax|e-?mail|cc|re|to|from|attn|p\.?s|who|what|when"
    r"|where|why|how|sheet|statement|remarks|briefing|summary|contents|participants|speakers"
    r"|answers?|deadline|photo|video|audio|watch|read|more|related|tags|category|share|warning"
    r"|copyright|disclaimer|key|english|via|teleconference|conference|embargoed|washington)\b"
)
# A first word that only somebody who speaks has.
_TITLED = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|sen|rep|gov|gen|lt|sir|the (?:vice )?president|the prime minister"
    r"|(?:vice )?president|prime minister|premier|chancellor|secretary|under ?secretary|assistant"
    r"|deputy|acting|chair|chairman|chairwoman|minister|foreign minister|governor|mayor|senator"
    r"|ambassador|admiral|general|lieutenant|colonel|major|captain|director|administrator|coach"
    r"|commissioner|surgeon general|attorney general|king|queen|prince|senior|white house"
    r"|representative|congress(?:man|woman)|aide|customer|participant|staff|official|voice)\b"
)


_CLOSING = re.compile(
    r"(?:-?\s?END\s?-?\s{0,60})?[0-9]{1,2}:[0-9]{2}\s{0,3}[AaPp]\.?[Mm]\.?(?:\s{1,3}\(?[A-Z]{2,4}\)?)?"
    r"|-{0,3}\s?END\s?-{0,3}"
)
_MOST_BELOW = 20  # paragraphs


def capital_marks(
    paragraphs: Sequence[Paragraph], sign: str, taken: Callable[[str], object] | None = None
) -> list[Mark]:
    """Marks of the labels in capitals before `sign` (":" or "."), at the start of paragraphs and,
    when they are sure, behind the end of a sentence.

    In paragraphs of which `taken` says that another marker of the convention already begins them,
    only labels further in are looked for.
    """
    heads = [_head(p.text, sign, taken) for p in paragraphs]
    counts = Counter(bare_label(m[1]) for m in heads if m)
    known = {label for label in counts if _is_sure(label) or counts[label] > 1}
    marks = []
    for at, (paragraph, head) in enumerate(zip(paragraphs, heads, strict=True)):
        text = paragraph.text
        # `AMBASSADOR CHARLES W. YOST` in capitals throughout is a heading.
        heading = sign == "." and text.isupper()
        if head and not heading:
            before = paragraphs[at - 1].text if at and known else ""
            count = counts[bare_label(head[1])]
            if _is_speaker(head[1], count, sign) or _is_called(head, before):
                marks.append(_mark(at, head, head.start()))
        marks += _inside(at, text, head.end() if head else 0, sign, known)
    return marks


def _head(text: str, sign: str, taken: Callable[[str], object] | None) -> re.Match[str] | None:
    start = text[:_LONGEST]
    if not (sign in start or (sign == ":" and "：" in start)) or start[:1].islower():
        return None
    return None if taken and taken(text) else _START[sign].match(text)


def closing_notes(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> list[Mark]:
    """Notes for `END`, the hour at which it ended, and what stands below: nobody says them."""
    first = marks[-1].paragraph + 1 if marks else len(paragraphs)
    first = max(first, len(paragraphs) - _MOST_BELOW)
    below = range(first, len(paragraphs))
    end = next((at for at in below if _CLOSING.fullmatch(paragraphs[at].text[:_LONGEST])), None)
    if end is None:
        return []
    return [Mark(at, 0, len(paragraphs[at].text), "note") for at in range(end, len(paragraphs))]


def _is_clause(printed: str) -> bool:
    label = bare_label(printed)
    return _NO_NAME.search(label) is not None or (printed.isupper() and _says_no_speaker(label))


def merged(*found: Sequence[Mark]) -> list[Mark]:
    """All marks in order; of two that overlap, the one that begins first, then the first given."""
    marks: list[Mark] = []
    every = sorted(chain.from_iterable(found), key=lambda mark: (mark.paragraph, mark.start))
    for mark in every:
        last = marks[-1] if marks else None
        if last is None or (last.paragraph, max(last.end, last.start + 1)) <= (
            mark.paragraph,
            mark.start,
        ):
            marks.append(mark)
    return marks


def name_marks(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """Marks of names in mixed letters before a colon, where the same label begins two paragraphs.

    A clause with a colon (`Let me be clear:`) may come again, too: only words that begin with a
    capital, or of a script without capitals, make a name.
    """
    found = [
        (at, m)
        for at, p in enumerate(paragraphs)
        if (":" in p.text[:_LONGEST] or "：" in p.text[:_LONGEST]) and (m := _NAME.match(p.text))
    ]
    counts = Counter(bare_label(m[1]) for _, m in found)
    return [
        Mark(at, 0, m.end(), turn_kind(m[1]), m[1])
        for at, m in found
        if counts[bare_label(m[1])] > 1 and not _is_clause(m[1])
    ]


def _inside(at: int, text: str, done: int, sign: str, known: set[str]) -> Iterator[Mark]:
    for end in _SIGN[sign].finditer(text, done):
        at_end = end.start()
        last = text[at_end - 1 : at_end]
        if not (last.isupper() or last in _ENDS[sign]):
            continue
        if sign == "." and _ABBREVIATED.search(text, max(0, at_end - 5), at_end):
            continue
        begin, done = max(done, at_end - _LONGEST), end.end()
        if at_end - begin <= _SHORTEST:
            continue
        # The pattern looks one character back, for the end of the sentence.
        for found in _INSIDE[sign].finditer(text, begin, min(done + 2, len(text))):
            label = bare_label(found[1])
            sure = label in known or _is_sure(label)
            if sure and not _says_no_speaker(label) and len(found[1]) > _SHORTEST:
                yield _mark(at, found, found.start(1))
                break


def _mark(at: int, found: re.Match[str], start: int) -> Mark:
    label = _HOW.sub("", " ".join(found[1].split()))
    return Mark(at, start, found.end(), turn_kind(label), label)


def _is_speaker(printed: str, count: int, sign: str) -> bool:
    label = bare_label(printed)
    if _says_no_speaker(label):
        return False
    if _is_sure(label):
        return True
    if " " in label:  # a name; before a stop, where sentences end too, it must come again
        return sign == ":" or count > 1 or printed.endswith("]")
    return count > 1 and len(label) > 2


def _is_called(head: re.Match[str], before: str) -> bool:
    """Whether a name that comes but once is called up right before it, or says itself who it is:
    `MICHELLE SMITH. Nick.` and `NICK TIMIRAOS. Nick Timiraos with …`."""
    label = head[1]
    if " " not in label or _says_no_speaker(bare_label(label)):
        return False
    # Not in capitals, as only names of people are said.
    parts = label.title().split()
    says_it = _WORDS.findall(head.string[head.end() : head.end() + _NEAR])
    called = _WORDS.findall(before) if len(before) <= _CALL else ()
    return " ".join(parts) in " ".join(says_it) or not set(parts).isdisjoint(called)


@lru_cache(maxsize=4096)
def _says_no_speaker(label: str) -> bool:
    return _NO_SPEAKER.search(label) is not None and not is_moderator_label(label)


@lru_cache(maxsize=4096)
def _is_sure(label: str) -> bool:
    return (
        (names_nobody(label) and len(label) > 1)
        or is_moderator_label(label)
        or is_interpreter_label(label)
        or _TITLED.match(label) is not None
    )
