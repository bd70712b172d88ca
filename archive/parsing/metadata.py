"""Metadata of a conference that its file tells: date, title, lead, place, institution, source.

Pure. Whatever is not certain is left empty: an editor fills it in more easily than he finds a
wrong guess.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from archive.parsing.attribution.institutions import cut_out, institution_in, venue_in
from archive.parsing.dates.conference_date import (
    DateSources,
    conference_date,
    date_order,
    find_session,
)
from archive.parsing.facts import Facts, fit_fact, values_of
from archive.parsing.headings import DATELINE, Heading, dateline_end, original_title, read_heading
from archive.parsing.language import detect_language
from archive.parsing.records import Paragraph, Problem
from archive.text.folding import fold

# What describes a conference stands near the start; a bound keeps huge files linear.
_LEAD_LENGTH = 5000

# Patterns read folded text, and the words are cut from the original.
_SOURCE = re.compile(r"(?:来源|数据源|출처|source)\s?:\s{0,3}(\S{1,200})")
_ADDRESS = re.compile(
    r"(?:官方页|官方网页|原文|链接|网址|地址|来源|출처|source(?:[ _]url)?|url|link)\s?:\s{0,3}"
    r"(https?://[^\s<>\"]{1,500})"
)
_OFFICIAL_ACCOUNT = re.compile(r"\"([^\"]{2,20})\"\s?(?:微信)?(?:公众号|微博)(?:消息|发布)")
_FIRST_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")
_PERSON = re.compile(r"(?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.)(?: (?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.)){1,3}")


@dataclass(frozen=True, slots=True)
class Metadata(Facts):
    """What a file says about its conference, in its text and outside; its title is never empty."""

    problems: tuple[Problem, ...] = ()


def read_metadata(
    heading: Sequence[Paragraph],
    facts: Facts,
    filename: str,
    *,
    date: dt.date | None = None,
    closing: Sequence[Paragraph] = (),
) -> Metadata:
    """Everything that `facts`, the paragraphs before the first turn and the file's name say.

    `facts` win over the text, `date` over both. `closing` are the last paragraphs of the file,
    where some transcripts print the date. Problems: those of conference_date.
    """
    read = read_heading(heading, facts.title)
    if not read.title:
        read = replace(read, title=original_title(closing))
    day, problems = _date(read, facts, filename, date, closing)
    about = "\n".join((read.title, read.headline, read.lead))[:_LEAD_LENGTH]
    source_name, source_url = _source(read)
    source_url = facts.source_url or source_url
    read_here = {
        "date": day,
        "title": _title(read, filename, day),
        "headline": facts.headline or read.headline,
        "lead": _lead(read, facts),
        "institution": facts.institution
        or institution_in(about, source_url, PurePath(filename).stem),
        "venue": facts.venue or read.venue or venue_in(about),
        "occasion": facts.occasion or find_session(about),
        "source_name": facts.source_name or source_name,
        "source_url": source_url,
    }
    told = values_of(facts) | read_here
    return Metadata(**{name: fit_fact(name, one) for name, one in told.items()}, problems=problems)


def _date(
    read: Heading,
    facts: Facts,
    filename: str,
    date: dt.date | None,
    closing: Sequence[Paragraph],
) -> tuple[dt.date | None, tuple[Problem, ...]]:
    if date is not None:
        return date, ()
    title = [] if read.lines or not facts.title else [facts.title]
    words = "\n".join([*title, *(p.text for p in read.lines), read.lead])
    sources = DateSources(
        heading=(*read.lines, *read.notes),
        lead=read.texts,
        closing=closing,
        stated=facts.date,
        stated_title=facts.title,
        filename=filename,
    )
    return conference_date(sources, date_order(detect_language([words[:_LEAD_LENGTH]]), words))


def _title(read: Heading, filename: str, day: dt.date | None) -> str:
    if len(read.lines) == 1 and day and _PERSON.fullmatch(read.title):
        # American archives print the president's name and the date for a heading.
        return f"News conference, {read.title}, {day}"
    sentence = _FIRST_SENTENCE.match(read.texts[0].text) if read.texts else None
    first = sentence[0].rstrip("，,") if sentence else ""
    return read.title or first or PurePath(filename).stem or f"{day or ''} 记者会".strip()


def _lead(read: Heading, facts: Facts) -> str:
    """The lead that the file states, and what else stands before the first speaker."""
    if not facts.lead or facts.lead in read.lead:
        return read.lead
    return "\n".join(part for part in (facts.lead, read.lead) if part)


def _source(read: Heading) -> tuple[str, str]:
    """The publisher's name and address: from 来源：, else from a dateline or the site's name."""
    name = url = ""
    lead = [p.text[:_LEAD_LENGTH] for p in (*read.notes, *read.texts)]
    for text in lead:
        url = url or cut_out(_ADDRESS, text)
        said = cut_out(_SOURCE, text)
        if said and not said.startswith(("http://", "https://")):
            name = name or said
    return name or _agency(lead) or read.site, url


def _agency(lead: Sequence[str]) -> str:
    for text in lead:
        found = DATELINE.match(fold(text)) if dateline_end(text) else None
        if found:
            start, end = found.span(1) if found[1] else found.span(2)
            return text[start:end]
        if account := cut_out(_OFFICIAL_ACCOUNT, text):
            return account
    return ""
