"""Names and offices as transcripts in Latin script print them. Pure.

A name is looked for by its surname: what stands before it in capital letters is the given name,
and before that, or behind a comma, the office.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.parsing.attribution.latin_words import (
    BOUNDS,
    CONJUNCTIONS,
    CONNECTS,
    FAMILY_NAME_FIRST,
    HONORIFICS,
    NO_GIVEN_NAME,
    NO_NAME_WORD,
    OFFICE_HEADS,
    OFFICE_PARTS,
    WORD,
    in_ordinary_case,
    is_office,
    key,
)

_INTRODUCES = re.compile(
    r"\b(?:join(?:s|ed|ing)?|introduc\w{1,4}|guests?|turn(?:ing)? (?:it|this|things|the)"
    r"|hand(?:ing)? (?:it|this)|welcome|hear(?:ing)? from|here (?:today|with)|with us|i'm|i am"
    r"|my name is|this is|bring(?:ing)? (?:up|in|back|out)|invit\w{1,4}|call on|our colleague"
    r"|on the call|speakers?|go to|over to|start with|begin with|kick)\b"
)
_ACCENT = re.compile(r"[À-ɏ‐‑\u0300-\u036f\u1e00-\u1eff\u2060]")
_GAP = re.compile(r"[\s\u2060]+")
_GENITIVE = re.compile(r"['’][sS]$")
_BEHIND = re.compile(r"\s?,\s{1,2}(?:(?:the|our|a|an|and|who is)\s)?([^,.;:()—–\n]{2,110})")
_LOWER = CONNECTS | OFFICE_HEADS | OFFICE_PARTS  # may stand in an office without a capital
_LONGEST_ROLE = 18  # words
_FEW_NAMES = 50
_ENOUGH = 300  # mentions of one name tell all that more of them would
_GIVEN_NAMES, _NAME_WORDS = 3, 4
_AROUND = (200, 100)  # characters before and after a name in which it is introduced


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a text prints it."""

    given: str  # "" where the surname stands alone
    surname: str  # with the given name behind it in East Asian names
    role: str  # "" when no office stands beside it
    honorific: str  # folded: "mr", "dr"; "" when none stands before it
    introduced: bool  # in words that present somebody
    rank: int  # 0 for the heading, 1 for what is said
    words: tuple[str, ...]  # the keys of the surname that was looked for

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class _Line:
    """A text and its words."""

    text: str
    found: Sequence[re.Match[str]]

    def word(self, at: int) -> str:
        return self.found[at][0]

    def key(self, at: int) -> str:
        word = self.word(at)
        return key(word[:-2] if word[-2:-1] in ("'", "’") and word[-1] in "sS" else word)

    def touches(self, at: int, *, dot: bool = False) -> bool:
        """Whether only white space (a dot, too, if `dot`) parts word `at` from the next."""
        gap = self.text[self.found[at].end() : self.found[at + 1].start()]
        return _GAP.fullmatch(gap.removeprefix(".") if dot else gap) is not None

    def printed(self, start: int, end: int) -> str:
        """The words from `start` up to `end`, as printed, without a genitive at the end."""
        if start >= end:
            return ""
        text = self.text[self.found[start].start() : self.found[end - 1].end()]
        return _GENITIVE.sub("", text)


def find_mentions(
    texts: Iterable[str], surnames: Collection[tuple[str, ...]], rank: int
) -> Iterator[Mention]:
    """The first places in `texts` where one of `surnames` (tuples of keys) stands.

    Time is linear in the size of the texts.
    """
    wanted: dict[str, set[int]] = {}  # last word to the lengths of the names it ends
    for words in surnames:
        wanted.setdefault(words[-1], set()).add(len(words))
    met: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        # With many names it is faster to look at the words.
        if len(wanted) < _FEW_NAMES and not _may_hold(text, wanted):
            continue
        line = _Line(text, list(WORD.finditer(text)))
        for at in range(len(line.found)):
            if not line.word(at)[0].isupper():
                continue
            for length in wanted.get(line.key(at), ()):
                start = at - length + 1
                words = tuple(line.key(n) for n in range(start, at + 1)) if start >= 0 else ()
                if words in surnames and met[words] < _ENOUGH:
                    met[words] += 1
                    yield _mention(line, start, at + 1, wanted, rank)


def named_offices(text: str) -> Iterator[tuple[str, str]]:
    """Office and name of all whom a heading names with both.

    >>> list(named_offices("Remarks by President Biden and Vice President Kamala Harris"))
    [('President', 'Biden'), ('Vice President', 'Kamala Harris')]
    >>> list(named_offices("A briefing by Ned Price, Department Spokesperson"))
    [('Department Spokesperson', 'Ned Price')]
    """
    line = _Line(text, list(WORD.finditer(text)))
    at = 0
    while at < len(line.found):
        end = _end_of_name(line, at)
        role = ""
        if end > at and at and line.key(at - 1) in OFFICE_HEADS and line.touches(at - 1):
            role = _role_before(line, at, ())
        elif end > at + 1:
            role = _role_behind(line, end, ())
        if role:
            yield role, line.printed(at, end)
        at = max(end, at + 1)


def is_full_name(text: str) -> bool:
    """Whether `text` is a given name and a surname and nothing else."""
    line = _Line(text, list(WORD.finditer(text)))
    end = _end_of_name(line, 0) if line.found else 0
    return end > 1 and end == len(line.found) and not any(char.isdigit() for char in text)


def _may_hold(text: str, wanted: Iterable[str]) -> bool:
    """Whether the words need looking at one by one; most paragraphs name nobody."""
    folded = text.casefold().replace("’", "'")
    return _ACCENT.search(text) is not None or any(word in folded for word in wanted)


def _mention(line: _Line, start: int, end: int, wanted: Mapping[str, object], rank: int) -> Mention:
    words = tuple(line.key(at) for at in range(start, end))
    first = _first_of_name(line, start)
    last = end
    if first == start and words[-1] in FAMILY_NAME_FIRST:
        last = _end_of_given_behind(line, end)
    before = line.key(first - 1) if first and line.touches(first - 1, dot=True) else ""
    honorific = before if before in HONORIFICS else ""
    role = _role_before(line, first - 1 if honorific else first, wanted)
    near = line.text[
        max(0, line.found[first].start() - _AROUND[0]) : line.found[last - 1].end() + _AROUND[1]
    ]
    return Mention(
        given=line.printed(first, start),
        surname=line.printed(start, last),
        role=role or _role_behind(line, last, wanted),
        honorific=honorific,
        introduced=_INTRODUCES.search(near.casefold().replace("’", "'")) is not None,
        rank=rank,
        words=words,
    )


def _end_of_given_behind(line: _Line, end: int) -> int:
    """Behind the given name that follows an East Asian surname (Lee Hsien Loong)."""
    at = end
    while (
        at < min(len(line.found), end + 2)
        and line.touches(at - 1)
        and line.word(at)[0].isupper()
        and line.key(at) not in NO_NAME_WORD
        and not line.word(at).endswith("s")
    ):
        at += 1
    return at


def _first_of_name(line: _Line, surname: int) -> int:
    """The word with which the given names before word `surname` begin."""
    first = surname
    while first and surname - first < _GIVEN_NAMES and _is_given(line, first - 1):
        first -= 1
    at = first
    while at and first - at < _LONGEST_ROLE // 3 and line.touches(at - 1):
        at -= 1
        if line.key(at) in ("of", "for", "to"):
            # In Secretary of Transportation Pete Buttigieg the words belong to the office.
            near = range(surname - 1, first - 1, -1)
            return next((n for n in near if len(line.key(n)) > 1), first)
        if line.key(at) in OFFICE_HEADS or line.key(at) in BOUNDS:
            break
    return first


def _is_given(line: _Line, at: int) -> bool:
    word = line.word(at)
    # NSC, FDIC: an abbreviation, unless all is in capitals.
    abbreviation = 2 < len(word) <= 5 and word.isupper() and not line.word(at + 1).isupper()
    return (
        word[0].isupper()
        and line.touches(at)
        and (word.endswith(".") or key(word) not in NO_NAME_WORD)
        and not _GENITIVE.search(word)
        and not abbreviation
    )


def _role_before(line: _Line, end: int, wanted: Collection[str]) -> str:
    """The office in the words right before word `end`, or ""."""
    start = end
    while start and end - start < _LONGEST_ROLE and line.touches(start - 1):
        word = line.key(start - 1)
        printed = line.word(start - 1)
        starts_low = not printed[0].isupper() and key(printed) not in _LOWER
        if word in BOUNDS or word in wanted or starts_low:
            break
        if word in CONJUNCTIONS and not _joins_within(line, start - 1):
            break
        start -= 1
    while start < end and _begins_no_office(line.key(start)):
        start += 1
    words = [line.word(at) for at in range(start, end)]
    if not is_office(words) or key(words[-1]) in CONNECTS:
        return ""
    return in_ordinary_case(line.printed(start, end))


def _begins_no_office(word: str) -> bool:
    return word not in OFFICE_PARTS and (word in CONNECTS or word in NO_GIVEN_NAME)


def _joins_within(line: _Line, at: int) -> bool:
    """Whether this "and" is inside an office, as in Office of Management and Budget Director."""
    return any(line.key(before) in ("of", "for", "de") for before in range(max(0, at - 3), at))


def _role_behind(line: _Line, end: int, wanted: Collection[str]) -> str:
    """The office behind the comma after word `end - 1`, or ""."""
    found = _BEHIND.match(line.text, line.found[end - 1].end())
    if found is None:
        return ""
    behind = _Line(found[1], list(WORD.finditer(found[1])))
    if any(behind.key(at) in wanted for at in range(len(behind.found))):
        return ""  # the office of whoever is named next
    start = last = 0
    for at in range(len(behind.found)):
        if not behind.word(at)[0].isupper() and (at == 0 or behind.key(at) not in CONNECTS):
            break
        last = at + 1
    while start < last and _begins_no_office(behind.key(start)):
        start += 1
    while start < last and behind.key(last - 1) in CONNECTS:
        last -= 1
    words = [behind.word(at) for at in range(start, last)]
    return in_ordinary_case(behind.printed(start, last)) if is_office(words) else ""


def _end_of_name(line: _Line, start: int) -> int:
    """Behind the last word of the name that begins at word `start`; `start` for no name."""
    end = start
    while end < min(len(line.found), start + _NAME_WORDS):
        initial = end > start and line.word(end).endswith(".")
        if not line.word(end)[0].isupper() or (line.key(end) in NO_NAME_WORD and not initial):
            break
        goes_on = end == start or (
            line.touches(end - 1) and not _GENITIVE.search(line.word(end - 1))
        )
        if not goes_on:
            break
        end += 1
    return end
