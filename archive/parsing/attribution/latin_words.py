"""The words that names and offices are made of in Latin script. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-"})


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """A word without case, accents, soft marks and the dot of an abbreviation, for comparing.

    >>> key("NUNEZ-SMITH") == key("Núñez-Smith")
    True
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = (c for c in plain if not unicodedata.combining(c) and c != "\u2060")
    return "".join(letters).translate(_SAME).rstrip(".")


def _keys(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())


HONORIFICS = _keys(
    "mr ms mrs miss mx dr prof professor sir madam dame rev mme mlle sr sra srta señor señora "
    "don doña herr frau monsieur madame dott hon drs doctors doctor"
)
_FEMALE = _keys("ms mrs miss madam dame mme mlle sra srta señora doña frau madame")
_MALE = _keys("mr sir m sr señor don herr monsieur")

# One word of these makes an office of the words around it.
OFFICE_HEADS = _keys(
    "president vice-president chair chairman chairwoman chairperson secretary secretary-general "
    "undersecretary minister premier chancellor director administrator advisor adviser "
    "ambassador senator governor mayor general admiral colonel captain lieutenant major sergeant "
    "commander commissioner spokesman spokeswoman spokesperson coordinator king queen prince "
    "princess chief coach representative speaker congressman congresswoman justice judge "
    "inspector counselor counsel treasurer leader comptroller controller envoy lady gentleman "
    "advisers advisors councilor superintendent archbishop bishop cardinal pope rabbi sheriff "
    "officer official member aide "
    "deputy assistant manager strategist economist scientist physician "
    "présidente président presidente presidenta ministre ministro ministra chancelier canciller "
    "bundeskanzler bundeskanzlerin kanzler kanzlerin ministerin porte-parole portavoz vocero "
    "vocera secretario secretaria secrétaire premier-ministre primeiro-ministro sprecher "
    "sprecherin regierungssprecher regierungssprecherin presidência"
)
OFFICE_PARTS = _keys(
    "vice prime principal acting press national security first second surgeon attorney senior "
    "associate under foreign defense treasury state interior special white house nsc nec omb cea "
    "fema cdc fda epa hhs hud cabinet interim executive brigadier rear crown supreme high home "
    "communications policy economic domestic public affairs primer primera première premier "
    "former general-designate director-general staff"
)
# Those who are described and not named.
_DESCRIBES = _keys("official officials member officer aide staff staffer participant participants")
# "and", which joins two people or the two halves of one office.
CONJUNCTIONS = ("and", "et", "y", "und", "e", "&")
CONNECTS = _keys("of for the to and & de la le du des del der die für pour et y")
# Words with a capital letter that begin a sentence and no name.
NO_GIVEN_NAME = _keys(
    "and but so with our thanks thank hi hello hey well okay ok yes no now then the a an as by for "
    "from to of in on at that this these those what when where who how why if because while also "
    "i i'm it's he she we you they my his her their its your please welcome good afternoon morning "
    "evening sorry sure right yeah like before after again over ask asked tell let go next first "
    "last both former late young old dear both between under since q a or not all even only just "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december biden-harris question press briefing "
    "remarks statement statements conference gaggle interview transcript call conferencia rueda "
    "versión conférence rencontre entretien point déclaration declaración coletiva pressekonferenz"
)
# Where the given name comes behind.
FAMILY_NAME_FIRST = _keys(
    "lee xi yoon moon kim park wang li zhang chen liu yang zhao huang zhou wu nguyen pham tran vo "
    "hun qin han ho lam tsai lai ma cho choi jung chung mao geng hua lu dai jiang hu deng"
)
BOUNDS = _keys("by with from featuring including par por von mit avec con")
WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_](?:[\w'’\-‐‑\u2060]*\w)?")
NO_NAME_WORD = OFFICE_HEADS | OFFICE_PARTS | NO_GIVEN_NAME | BOUNDS | CONNECTS | HONORIFICS


def is_office(words: Sequence[str]) -> bool:
    """Whether these words are an office, such as Deputy Press Secretary."""
    return any(key(word) in OFFICE_HEADS for word in words)


def split_words(label: str) -> tuple[str, list[str], list[str]]:
    """Honorific, words of the office and words of the name in a label.

    >>> split_words("SURGEON GENERAL MURTHY")
    ('', ['SURGEON', 'GENERAL'], ['MURTHY'])
    >>> split_words("MS.  PSAKI")
    ('ms', [], ['PSAKI'])
    """
    label = re.sub(r"\s?[(（\[].*", "", label[:200])
    first, comma, second = label.partition(",")
    if comma:
        return _around_comma(first, second)
    words = [match[0] for match in WORD.finditer(label)]
    words = words[1:] if len(words) > 1 and key(words[0]) in ("the", "le", "la", "el") else words
    # M. is French for Mr., and elsewhere somebody's initial.
    titled = len(words) > 1 and (key(words[0]) in HONORIFICS or key(words[0]) == "m")
    honorific = key(words[0]) if titled else ""
    words = words[1:] if honorific else words
    if any(key(word) in _DESCRIBES for word in words[-2:]):
        return honorific, words, []  # SENIOR ADMINISTRATION OFFICIAL ONE
    end = 0
    while end < len(words) and _of_office(words, end):
        end += 1
    while end and not is_office(words[:end]):
        end -= 1
    if end == len(words) > 1 and _ends_in_name(words):
        end -= 1
    return honorific, words[:end], words[end:]


def _around_comma(first: str, second: str) -> tuple[str, list[str], list[str]]:
    """PRESIDENTA DE MÉXICO, CLAUDIA SHEINBAUM · NED PRICE, DEPARTMENT SPOKESPERSON"""
    parts = [[match[0] for match in WORD.finditer(part)] for part in (first, second)]
    if parts[1] and is_office(parts[0]) and not is_office(parts[1]):
        return "", *parts  # type: ignore[return-value]
    honorific, office, words = split_words(first)
    return honorific, office or (parts[1] if is_office(parts[1]) else []), words


def _ends_in_name(words: Sequence[str]) -> bool:
    """CHIEF WHITE: a word that is often part of an office is none at its end."""
    folded = [key(word) for word in words]
    return folded[-1] not in OFFICE_HEADS and not {"of", "for", "de"} & set(folded)


def _of_office(words: Sequence[str], at: int) -> bool:
    word = key(words[at])
    return (
        word in OFFICE_HEADS
        or word in OFFICE_PARTS
        or (word in CONNECTS and at > 0)
        # SECRETARY OF STATE, MINISTER FOR FOREIGN AFFAIRS
        or (at > 0 and key(words[at - 1]) in ("of", "for") and at < len(words) - 1)
    )


def gender(honorific: str) -> str:
    """ "f", "m", or "" for what does not tell."""
    return "f" if honorific in _FEMALE else "m" if honorific in _MALE else ""


def in_ordinary_case(office: str) -> str:
    """PRIME MINISTER as Prime Minister; what is not all in capitals stays.

    >>> in_ordinary_case("SECRETARY OF STATE"), in_ordinary_case("NEC Director")
    ('Secretary of State', 'NEC Director')
    """
    office = " ".join(office.split())
    if not office.isupper():
        return office
    words = [w.lower() if key(w) in CONNECTS else _capital(w) for w in office.split(" ")]
    return " ".join(words)


def _capital(word: str) -> str:
    short = len(word) <= 4 and not set(word.upper()) & set("AEIOUY")  # NSC
    return word if short else "-".join(part.capitalize() for part in word.split("-"))
