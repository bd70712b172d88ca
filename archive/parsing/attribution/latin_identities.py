"""Identities behind labels in Latin script: MS. PSAKI, CHAIR POWELL, THE PRESIDENT. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.parsing.attribution.latin_names import (
    Mention,
    find_mentions,
    is_full_name,
    named_offices,
)
from archive.parsing.attribution.latin_words import gender, in_ordinary_case, key, split_words

_SPOKES = ("spokesman", "spokeswoman", "spokesperson")
# These make another office of the same head: a vice president is no president.
_MODIFIERS = frozenset("vice deputy assistant associate under acting former lady first".split())
# Whom a briefing speaks of, and who does not speak under MR. or MS. himself.
_SPOKEN_OF = frozenset(
    "president senator governor king queen minister leader representative congressman "
    "congresswoman prince premier chancellor speaker".split()
)
_NO_OFFICE = ("official", "officials", "member", "officer")  # described and not named
# A label this much rarer than another that differs in one letter is a slip of the pen.
_RARE, _TIMES, _SHORTEST = 2, 5, 8
# Bounds that no transcript reaches and that keep a hostile file linear.
_MANY, _FAMILY = 500, 50


@dataclass(frozen=True, slots=True)
class Person:
    name: str  # "" for nobody in particular: MODERATOR, 答 without a name in the heading
    role: str  # "" when the file does not say


@dataclass(slots=True)
class Label:
    """A label in Latin script, taken apart."""

    text: str
    count: int
    honorific: str
    office: list[str]
    words: list[str]  # of the name
    mentions: list[Mention] = field(default_factory=list)

    @property
    def form(self) -> tuple[str, ...]:
        """What stands before the name, for comparing."""
        return (self.honorific, *(key(word) for word in self.office))

    @property
    def is_full(self) -> bool:
        """Whether the label itself has a given name: NICK TIMIRAOS."""
        return len(self.words) > 1 and not self.honorific

    @property
    def surname(self) -> str:
        return key(self.words[-1])


def taken_apart(label: str, count: int) -> Label | None:
    if not any(char.isalpha() and char < "Ԁ" for char in label):
        return None
    honorific, office, words = split_words(label)
    return Label(label, count, honorific, office, words)


def identify_all(labels: Sequence[Label], heading: tuple[str, ...], said: Iterable[str]) -> None:
    """Give each label the places where its name stands, those of the heading first."""
    mentions: dict[tuple[str, ...], list[Mention]] = {}
    for one in labels:
        one.mentions = mentions.setdefault(tuple(key(word) for word in one.words), one.mentions)
    for rank, texts in enumerate((heading, said)):
        for mention in find_mentions(texts, mentions, rank):
            mentions[mention.words].append(mention)


def named_people(labels: Sequence[Label]) -> dict[str, Person]:
    """Label to person, once find_all has been at work."""
    families: dict[str, list[Label]] = {}
    for one in labels:
        families.setdefault(one.surname, []).append(one)
    return {one.text: _person(one, families[one.surname][:_FAMILY]) for one in labels}


def _person(one: Label, namesakes: Sequence[Label]) -> Person:
    full = _full_names(one)
    for rank in (0, 1):
        mentions = [m for m in full if m.rank == rank and _means(m, one, namesakes)]
        if mention := _agreed(mentions, one):
            return Person(_best_name(mention, full), _role(mention, one, full))
    return _by_surname(one)


def _full_names(one: Label) -> list[Mention]:
    """Where the name stands with more than the label has of it."""
    if one.is_full:
        return one.mentions
    return [m for m in one.mentions if m.given or len(m.surname.split()) > len(m.words)]


def _means(mention: Mention, one: Label, namesakes: Sequence[Label]) -> bool:
    """Whether the file says beyond doubt that this full name is the one behind the label."""
    if not _same_gender(mention, one, namesakes):
        return False
    if mention.rank == 0 or one.is_full:
        return True
    roles = {key(word) for word in mention.role.split()}
    if one.office:
        return bool(set(one.form[1:]) & roles)
    as_called = mention.honorific == one.honorific != ""
    if len({namesake.form for namesake in namesakes}) > 1:
        return as_called
    presented = bool(roles) or mention.introduced
    return as_called or (presented and not roles & _SPOKEN_OF)


def _same_gender(mention: Mention, one: Label, namesakes: Sequence[Label]) -> bool:
    """MR. PRICE and MS. PRICE cannot be one: the one who speaks more has the name."""
    told, printed = gender(mention.honorific), gender(one.honorific)
    if told and printed:
        return told == printed
    others = (n for n in namesakes if gender(n.honorific) not in ("", printed))
    return not printed or all(other.count < one.count for other in others)


def _agreed(mentions: Sequence[Mention], one: Label) -> Mention | None:
    """One of `mentions` if they all mean one person, preferring those with the label's office."""
    office = {key(word) for word in one.office}
    for wanted in (office, set()):
        fitting = [m for m in mentions if wanted <= {key(word) for word in m.role.split()}]
        first_names = {_first_name(m) for m in fitting}
        if len(first_names) == 1:
            return max(fitting, key=lambda m: (bool(m.role), len(m.name)))
        counts = Counter(_first_name(m) for m in fitting).most_common(2)
        # A name that is said again and again, and another in passing.
        if len(counts) == 2 and counts[0][1] >= _TIMES * counts[1][1]:
            return next(m for m in fitting if _first_name(m) == counts[0][0])
    return None


def _first_name(mention: Mention) -> str:
    return key((mention.given or mention.name).split()[0])


def _best_name(taken: Mention, full: Sequence[Mention]) -> str:
    """The fullest printing of the name, in ordinary case where there is one."""
    same = [m for m in full if _first_name(m) == _first_name(taken)]
    cased = [m for m in same if not m.name.isupper()] or same
    return " ".join(max(cased, key=lambda m: (-m.rank, len(m.name))).name.split())


def _role(taken: Mention, one: Label, full: Sequence[Mention]) -> str:
    """The office of the heading, else of the label in full, else of an introduction."""
    same = [m for m in full if m.role and _first_name(m) == _first_name(taken)]
    heading = [m.role for m in same if m.rank == 0]
    if heading:
        return heading[0]
    office = {key(word) for word in one.office}
    fitting = [m.role for m in same if office <= {key(word) for word in m.role.split()}]
    if fitting:
        return Counter(fitting).most_common(1)[0][0]
    return in_ordinary_case(" ".join(one.office))


def _by_surname(one: Label) -> Person:
    """Only the surname is known: with its office, or as MR. X is called."""
    spelled = Counter(m.surname for m in one.mentions if not m.surname.isupper())
    surname = spelled.most_common(1)[0][0] if spelled else " ".join(one.words)
    if one.office:
        heading = [m.role for m in one.mentions if m.role and m.rank == 0]
        role = heading[0] if heading else in_ordinary_case(" ".join(one.office))
        return Person(surname, role)
    if one.honorific and spelled:
        return Person(f"{one.text.split()[0].capitalize()} {surname}", "")
    return Person(surname if spelled else " ".join(one.text.split()), "")


def slips(labels: Sequence[Label]) -> dict[str, str]:
    """Rare labels that nobody is called by, one letter off a common one, and that one."""
    if len(labels) > _MANY:
        return {}
    rare = [one for one in labels if one.count <= _RARE and not one.mentions]
    return {
        one.text: other.text
        for one in rare
        for other in labels
        if other.count >= _TIMES * one.count and _is_slip(one, other)
    }


def _is_slip(one: Label, other: Label) -> bool:
    if one.honorific != other.honorific:
        return False
    whole, others = (" ".join(map(key, [*n.office, *n.words])) for n in (one, other))
    return min(len(whole), len(others)) >= _SHORTEST and _one_letter_apart(whole, others)


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter added, missing or changed, or two neighbours that changed places."""
    same = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    start = next(same, min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    swapped = others[1::-1] + others[2:]
    return one != other and (
        rest[1:] == others[1:] or rest == others[1:] or rest[1:] == others or rest == swapped
    )


def by_office(one: Label, heading: tuple[str, ...], people: Iterable[Person]) -> Person:
    """THE PRESIDENT, Spokesman: whoever the heading names with that office.

    Where it names two, `people`, who have labels of their own, are left out.
    """
    if any(key(word) in _NO_OFFICE for word in one.office[-2:]):
        return Person(" ".join(one.text.split()), "")
    office = _office_key(one.office)
    found = {
        name: role
        for name, role in offices_in(heading)
        if office <= (told := _office_key(role.split()))
        and told & _MODIFIERS == office & _MODIFIERS
    }
    found = {n: r for n, r in found.items() if not any(n != o and o.endswith(n) for o in found)}
    known = {person.name: person for person in people}
    if len(found) > 1:
        found = {n: r for n, r in found.items() if not any(k.endswith(n) for k in known)}
    if len(found) == 1:
        name, role = next(iter(found.items()))
        return next((known[k] for k in known if k.endswith(name)), Person(name, role))
    role = in_ordinary_case(" ".join(one.office))
    return Person(_person_of_title(heading) if not found else "", role)


def offices_in(heading: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((name, role) for text in heading for role, name in named_offices(text))


def _office_key(words: Sequence[str]) -> set[str]:
    return {"spokesperson" if key(word) in _SPOKES else key(word) for word in words}


def _person_of_title(heading: tuple[str, ...]) -> str:
    """The one name that stands in the title between commas: News conference, John F. Kennedy."""
    parts = [part.strip() for part in heading[0].split(",")] if heading else []
    names = [part for part in parts if is_full_name(part)]
    return names[0] if len(names) == 1 else ""
