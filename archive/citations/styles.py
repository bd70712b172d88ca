"""The styles that people read: GB/T 7714-2015, APA 7, Chicago 17. Pure.

GB/T 7714-2015: sequence style, 4.6 electronic resources, 4.2 parts of a whole. APA 7: section
10.16, a work on a website, described in brackets. Chicago 17: 14.217, papers and talks.
"""

from collections.abc import Sequence

from archive.citations.names import Name
from archive.citations.work import GENRE, SITE, Work, english_date

_ENDS = ".?!。？！…"
# Inside quotation marks the double ones of a title become single.
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def gbt7714(work: Work) -> str:
    """王毅. 答路透社记者问[EB/OL]//题名. (2020-05-24)[2020-06-01]. https://…"""
    title = f"{work.title}[EB/OL]" + (f"//{work.whole}" if work.whole else "")
    authors = _gbt_authors(work.authors)
    start = f"{_stop(authors)} " if authors else ""
    return f"{start}{_stop(title)} ({work.date})[{work.accessed}]. {work.url}."


def _gbt_authors(names: Sequence[Name]) -> str:
    """Three at most; names in Latin letters with the family in capitals and initials bare."""
    said = [_gbt_name(name) for name in names[:3]]
    if len(names) > 3:
        said.append("等" if names[0].is_han else "et al")
    return ", ".join(said)


def _gbt_name(name: Name) -> str:
    if not name.family:
        return name.printed
    given = name.given if name.family_first else " ".join(name.initials)
    return " ".join(filter(None, (name.family.upper(), given, name.suffix.rstrip("."))))


def apa(work: Work) -> str:
    """Blinken, A. J. (2020, May 24). Title [Press conference transcript]. Site. https://…"""
    date = f"({work.date.year}, {english_date(work.date).rsplit(',', 1)[0]})."
    if work.whole:
        title = f"{_stop(work.title)} In {work.whole} [{GENRE}]."
    else:
        title = f"{work.title} [{GENRE}]."
    authors = _apa_authors(work.authors)
    start = f"{_stop(authors)} {date} {title}" if authors else f"{title} {date}"
    return f"{start} {SITE}. {work.url}"


def _apa_authors(names: Sequence[Name]) -> str:
    """All up to twenty; of more the first nineteen and the last."""
    said = [_apa_name(name) for name in names]
    if len(said) > 20:
        return ", ".join(said[:19]) + f", . . . {said[-1]}"
    return said[0] if len(said) == 1 else ", & ".join(filter(None, _but_last(said)))


def _apa_name(name: Name) -> str:
    if not name.family:
        return name.printed
    initials = " ".join(f"{one.replace('-', '.-')}." for one in name.initials)
    return ", ".join(filter(None, (name.family, initials, name.suffix)))


def chicago_note(work: Work) -> str:
    """Antony Blinken, “Title” (press conference, place, May 24, 2020), transcript, Site, URL."""
    names = [name.printed for name in work.authors]
    if len(names) > 3:
        authors = f"{names[0]} et al."
    elif len(names) == 3:
        authors = f"{names[0]}, {names[1]}, and {names[2]}"
    else:
        authors = " and ".join(names)
    part = f"{_part(work)}, in " if work.is_part else ""
    title = f"“{work.conference_title.translate(_INNER)}”"
    where = ", ".join(filter(None, ("press conference", work.place, english_date(work.date))))
    start = f"{authors}, {part}" if authors else _capital(part)
    return f"{start}{title} ({where}), transcript, {SITE}, {work.url}."


def chicago_bibliography(work: Work) -> str:
    """Blinken, Antony. “Title.” Press conference, place, May 24, 2020. Transcript, Site. URL."""
    authors = _chicago_authors(work.authors)
    start = f"{_stop(authors)} " if authors else ""
    part = f"{_stop(_capital(_part(work)))} In " if work.is_part else ""
    inner = work.conference_title.translate(_INNER)
    bare = inner.rstrip("’'")
    # The full stop goes inside all quotation marks.
    title = f"“{_stop(bare)}{inner[len(bare) :]}”"
    where = ", ".join(filter(None, ("Press conference", work.place, english_date(work.date))))
    return f"{start}{part}{title} {where}. Transcript, {SITE}. {work.url}."


def _chicago_authors(names: Sequence[Name]) -> str:
    """The first turned round; all up to ten, of more the first seven."""
    said = [name.inverted if at == 0 else name.printed for at, name in enumerate(names)]
    if len(said) > 10:
        return ", ".join(said[:7]) + ", et al."
    turned = bool(said) and "," in said[0]
    if len(said) == 2 and not turned:
        return " and ".join(said)
    return ", and ".join(filter(None, _but_last(said)))


def _part(work: Work) -> str:
    """What an exchange is, in the words of a note."""
    match work.kind:
        case "question":
            return f"question from {work.asker}" if work.asker else "question"
        case "statement":
            return "statement"
        case _:
            return f"answer to {work.asker or 'a question'}"


def _but_last(said: Sequence[str]) -> tuple[str, str]:
    """All but the last with commas between them, and the last."""
    return (", ".join(said[:-1]), said[-1]) if said else ("", "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stop(text: str) -> str:
    """`text` with a full stop, unless it ends a sentence already."""
    return text if text.rstrip("”’」』\"'").endswith(tuple(_ENDS)) else f"{text}."
