"""Metadata of a debate in Akoma Ntoso, outside the speeches: when, which title, who is who."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.parsing.dates.patterns import make_date
from archive.parsing.facts import Facts
from archive.parsing.formats.stated_fields import stated_date
from archive.parsing.formats.xml_tree import Element, local_name
from archive.parsing.records import Problem, Turn

# SayIt writes the day before the title: `2016-10-01 萌典松前記者會`.
_DAY_AND_TITLE = re.compile(
    r"(\d{4})\s?[-\u2010-\u2015./年]\s?(\d{1,2})\s?[-\u2010-\u2015./月]\s?(\d{1,2})(?!\d)"
    r"\s?日?\s{0,3}[:：]?\s{0,3}"
    r"|(\d{4})(\d{2})(\d{2})\s{1,3}"
)
_DAY_INSIDE = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_NAMED = ("{*}TLCPerson", "{*}TLCOrganization", "{*}TLCRole")
# FRBRlanguage has ISO 639-2 codes; Chinese is left to the text, which knows its script.
_LANGUAGES = {
    "eng": "en",
    "spa": "es",
    "jpn": "ja",
    "kor": "ko",
    "ita": "it",
    "por": "pt",
    "rus": "ru",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "ara": "ar",
}


@dataclass(frozen=True, slots=True)
class NamedReference:
    """A person, an organization or a role of the reference table."""

    name: str
    is_organization: bool = False


def named_references(root: Element) -> Mapping[str, NamedReference]:
    """Everybody the reference table names, by id (`eId`, `id`) and by `href`."""
    table: dict[str, NamedReference] = {}
    for element in root.iter(*_NAMED):
        if name := squash(element.get("showAs") or ""):
            entry = NamedReference(name, local_name(element) == "TLCOrganization")
            for key in ("eId", "id", "wId", "href"):
                if value := (element.get(key) or "").strip():
                    table.setdefault(value, entry)
    return table


def look_up(reference: str, table: Mapping[str, NamedReference]) -> NamedReference | None:
    """What `as="#minister"` means; None when the table does not say."""
    reference = reference.strip()
    return table.get(reference.removeprefix("#").strip()) or table.get(reference)


def who_speaks(reference: str, table: Mapping[str, NamedReference]) -> NamedReference | None:
    """Whom `by="#wang-yi"` or `by="/ontology/person/wang-yi"` means; None when nobody is said.

    An id that the table does not have is a name itself.
    """
    key = reference.strip().removeprefix("#").strip()
    if not key:
        return None
    return look_up(reference, table) or NamedReference(key.rpartition("/")[2] or key)


def read_debate_facts(root: Element, first: Turn | None) -> tuple[Facts, tuple[Problem, ...]]:
    """Facts and what is doubtful about them; `first` is the heading above the first speech.

    The date is that of the heading, else of docDate, else of the work (FRBRdate).
    """
    printed = first.paragraphs[0].text if first else ""
    heading_day, heading_title = day_and_title(printed)
    title = _printed(root, "docTitle") or heading_title
    days = [day for day in (heading_day, *_marked_days(root)) if day]
    line = first.line if first else root.sourceline
    others = dict.fromkeys(day for day in days[1:] if day != days[0])
    problems = tuple(
        Problem(line, "dates_disagree", {"taken": days[0].isoformat(), "other": other.isoformat()})
        for other in others
    )
    facts = Facts(
        date=days[0] if days else None,
        title=title,
        language=_LANGUAGES.get(_attribute(root, "FRBRlanguage", "language").lower(), ""),
        source_name=_attribute(root, "publication", "showAs"),
        source_url=_address(root),
    )
    return facts, problems


def day_and_title(text: str) -> tuple[dt.date | None, str]:
    """The day a heading begins with and the title behind it; or a day inside, and all of it.

    >>> day_and_title("2016-10-01 萌典松前記者會")
    (datetime.date(2016, 10, 1), '萌典松前記者會')
    """
    found = _DAY_AND_TITLE.match(text)
    # 2016-13-45 is no date, so the words stay in the title.
    if found and (day := make_date(*(int(group) for group in found.groups() if group))):
        return day, text[found.end() :] or text
    inside = _DAY_INSIDE.search(text)
    return (make_date(*map(int, inside.groups())) if inside else None), text


def squash(text: str) -> str:
    """`text` with every run of white space made one space, and none at the ends."""
    return " ".join(text.split())


def _marked_days(root: Element) -> Iterator[dt.date | None]:
    # The dates of expression and manifestation are those of the publication.
    for path in ("{*}docDate", "{*}FRBRWork/{*}FRBRdate"):
        for element in root.iterfind(f".//{path}"):
            yield stated_date(element.get("date") or "")


def _printed(root: Element, name: str) -> str:
    found = root.find(f".//{{*}}{name}")
    return "" if found is None else squash("".join(found.itertext()))


def _attribute(root: Element, name: str, attribute: str) -> str:
    found = root.find(f".//{{*}}{name}")
    return "" if found is None else squash(found.get(attribute) or "")


def _address(root: Element) -> str:
    uri = _attribute(root, "FRBRthis", "value")
    return uri if uri.startswith(("http://", "https://")) else ""
