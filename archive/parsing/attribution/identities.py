"""Identities: which one person each speaker's label means inside its file. Pure.

Only what the file itself says: the fullest name that its heading or the words with which somebody
is presented give. A label that nothing explains stays as it is printed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from archive.parsing.attribution import han_names as han
from archive.parsing.attribution import latin_identities as latin
from archive.parsing.attribution.labels import (
    is_interpreter_label,
    is_moderator_label,
    names_nobody,
)
from archive.parsing.attribution.latin_identities import Person
from archive.parsing.attribution.latin_words import is_office
from archive.parsing.records import Problem, Turn
from archive.text.folding import fold

__all__ = ["Person", "doubtful_people", "identify"]

_HEADING_LENGTH = 5000  # characters; more are no heading
_MANY_LABELS = 1000  # no conference has more speakers; labels beyond stay as printed
_NO_PERSON_BEHIND = ("a", "answer", "r", "答", "回答", "答复", "答覆", "答弁", "答え", "답변", "답")


def identify(turns: Sequence[Turn], texts: Sequence[str]) -> Mapping[str, Person]:
    """Label to person, for every label of those who do not ask.

    `texts` are title, headline and lead. People are found there first, then in the words that
    introduce them. Time is linear in the size of the turns.
    """
    counts = Counter(t.label for t in turns if t.label and t.kind not in ("question", "topic"))
    heading = tuple(text[:_HEADING_LENGTH] for text in texts if text)
    near = [label for label, _ in counts.most_common(_MANY_LABELS)]
    people = {
        label: person for label in near if (person := _of_no_name(label, heading)) is not None
    }
    taken = (latin.taken_apart(label, counts[label]) for label in near if label not in people)
    in_latin = [one for one in taken if one is not None]
    named = [one for one in in_latin if one.words]
    latin.identify_all(named, heading, (p.text for turn in turns for p in turn.paragraphs))
    people |= latin.named_people(named)
    people |= {label: people[other] for label, other in latin.slips(named).items()}
    own = list(people.values())
    people |= {one.text: latin.by_office(one, heading, own) for one in in_latin if not one.words}
    people |= {label: _han_person(label, heading) for label in near if label not in people}
    return {label: people.get(label, Person(label, "")) for label in counts}


def doubtful_people(turns: Sequence[Turn], people: Mapping[str, Person]) -> Iterator[Problem]:
    """Labels that may be taken for the wrong person, each with the line of its first turn.

    Problems: "misspelt_label", a label one letter off another and taken for it; "same_surname",
    two labels with one surname that were kept apart.
    """
    counts = Counter(turn.label for turn in turns if turn.label in people)
    lines = {turn.label: turn.line for turn in reversed(turns) if turn.label in people}
    taken = (latin.taken_apart(label, n) for label, n in counts.most_common(_MANY_LABELS))
    named = [one for one in taken if one is not None and one.words]
    first: dict[str, str] = {}
    for one in named:
        other = first.setdefault(one.surname, one.text)
        if not one.is_full and people[other].name != people[one.text].name:
            params = {"label": one.text, "other": other}
            yield Problem(lines[one.text], "same_surname", params)
    for label, other in latin.slips(named).items():
        if people[label] == people[other]:
            yield Problem(lines[label], "misspelt_label", {"label": label, "other": other})


def _of_no_name(label: str, heading: tuple[str, ...]) -> Person | None:
    """The person behind a label that is no name and no office; None for all other labels."""
    folded = fold(label).strip(" .:")
    if folded in _NO_PERSON_BEHIND:
        return _only_one(heading)
    if is_moderator_label(label):
        name = label.removeprefix("主持人").strip()
        named = label.startswith("主持人") and 2 <= len(name) <= 4
        return Person(name, "主持人") if named else Person("", "")
    if is_interpreter_label(label) or (names_nobody(label) and not _is_office_label(label)):
        return Person("", "")
    return None


def _only_one(heading: tuple[str, ...]) -> Person:
    """The one spokesperson whom the heading names; nobody when it names none or more."""
    names = han.spokespeople(heading)
    if len(names) == 1:
        return Person(names[0], han.speaker_role(names[0], *heading))
    offices = dict(latin.offices_in(heading)) if not names else {}
    found = {name: role for name, role in offices.items() if " " in name}
    return Person(*next(iter(found.items()))) if len(found) == 1 else Person("", "")


def _is_office_label(label: str) -> bool:
    folded = fold(label)
    return folded.endswith((*han.OFFICES, "대변인")) or is_office(label.split())


def _han_person(label: str, heading: tuple[str, ...]) -> Person:
    name, office = han.korean_officer(label, heading)
    if name or label.startswith("대변인"):
        return Person(name, office)
    office, name = han.split_label(label)
    if not office and fold(label).endswith(han.OFFICES):
        office, name = label, ""
    if not name:
        return _by_han_office(office, heading)
    name = han.full_name_of(name, heading) or name
    return Person(name, office if len(office) > 2 else han.speaker_role(name, *heading) or office)


def _by_han_office(office: str, heading: tuple[str, ...]) -> Person:
    """发言人, 大臣: whoever the heading names with that office."""
    folded = fold(office)
    if folded.endswith("发言人"):
        names = han.spokespeople(heading)
        name = names[0] if len(names) == 1 else ""
        return Person(name, (han.speaker_role(name, *heading) if name else "") or office)
    name, title = han.minister_of(heading)
    if name and fold(title).endswith(folded[-2:]):
        return Person(name, title)
    return Person("", office)
