"""The day of a conference, from all that a file says of it. Pure, and no clock."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from archive.parsing.dates.patterns import (
    NUMBER,
    DayOfYear,
    Order,
    find_dates,
    find_days,
    make_date,
    number,
)
from archive.parsing.dates.ranks import Place, Rank, rank_of
from archive.parsing.records import Paragraph, Problem
from archive.text.folding import fold

# All patterns read folded text: simplified characters, half width, lower case.
_SESSION = re.compile(rf"第?({NUMBER})届全国(?:人大|人民代表大会)第?({NUMBER})次会议")
_AMERICAN = re.compile(
    r"white house|air force one|press secretary|briefing room|\bu\.s\.|united states|american"
    r"|federal reserve|pentagon|state department|department of (?:state|defense)|washington"
    r"|\b[ap]\.m\. [ecmp][ds]?t\b|congress|senator|president (?:obama|biden|trump|bush|clinton)"
)
# What a conference says of itself stands at the start; a bound keeps huge files linear.
_PARAGRAPHS, _LENGTH, _CLOSING_LENGTH = 200, 5000, 160

_FILE_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})([-_.年]?)([0-9]{1,2})(?:\2|月)([0-9]{1,2})日?(?![0-9])"
)
_FILE_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
# A checksum may hold eight digits that look like a date.
_CHECKSUM = re.compile(r"(?<![0-9a-z])(?=[0-9]{0,40}[a-f])(?=[a-f]{0,40}[0-9])[0-9a-f]{12,64}")

# What is said of the conference itself: of two such dates the file has to be asked which is
# right, and a day without a year is believed nowhere else.
_SAID_OF_IT = (Rank.HEADING, Rank.HEADLINE, Rank.DATELINE, Rank.SENTENCE)
# A date in the title or in the file's name is reported when it is not the one taken.
_CHECKED = (Rank.HEADING, Rank.FILE_NAME)


@dataclass(frozen=True, slots=True)
class DateSources:
    """Where a file may say its date."""

    heading: Sequence[Paragraph] = ()  # title, headlines and notes
    lead: Sequence[Paragraph] = ()
    closing: Sequence[Paragraph] = ()
    stated: dt.date | None = None
    stated_title: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: Rank
    date: dt.date
    line: int | None = None
    other: dt.date | None = None  # the other reading of 3/4/2020


def conference_date(
    sources: DateSources, order: Order = "unknown"
) -> tuple[dt.date | None, tuple[Problem, ...]]:
    """The day of the conference, and what is doubtful about it; None when no date is there.

    Problems: "no_date", "dates_disagree", "ambiguous_date", "doubtful_date".
    """
    candidates = _resolved(list(_candidates(sources, order)))
    if not candidates:
        return None, (Problem(None, "no_date"),)
    taken = min(candidates, key=lambda candidate: candidate.rank)
    return taken.date, tuple(_doubts(taken, candidates))


def date_order(language: str, text: str) -> Order:
    """Which number of 8/3/2016 is the month in a text of this language: in America the first."""
    if language not in ("en", "und"):
        return "day_first"
    return "month_first" if _AMERICAN.search(fold(text[:_LENGTH])) else "unknown"


def find_session(text: str) -> str:
    """The session of the National People's Congress as printed (十三届全国人大三次会议), or ""."""
    found = _SESSION.search(fold(text))
    return text[found.start() : found.end()] if found else ""


def _candidates(sources: DateSources, order: Order) -> list[_Candidate]:
    """Every date of the file with its rank; those of one rank in the order of the file."""
    places = [Place(fold(sources.stated_title), None, is_heading=True)]
    places += _places(sources.heading, is_heading=True)
    places += _places(sources.lead, is_heading=False)
    found = [_Candidate(Rank.STATED, sources.stated)] if sources.stated else []
    found += _dates_at(places, order)
    found += _closing_dates(sources.closing, order)
    found += [_Candidate(Rank.FILE_NAME, date) for date in _file_dates(sources.filename)]
    return found + list(_days_with_year(places, found, sources.filename))


def _places(paragraphs: Sequence[Paragraph], *, is_heading: bool) -> list[Place]:
    near = paragraphs[:_PARAGRAPHS]
    return [Place(fold(p.text[:_LENGTH]), p.line, is_heading=is_heading) for p in near]


def _dates_at(places: Sequence[Place], order: Order) -> Iterator[_Candidate]:
    for place in places:
        for written in find_dates(place.folded, order):
            rank = rank_of(place, written)
            if rank is not None:
                yield _Candidate(rank, written.date, place.line, written.other)


def _closing_dates(closing: Sequence[Paragraph], order: Order) -> Iterator[_Candidate]:
    """Dates that stand alone, in a dateline or under a label behind the last speaker."""
    near = [p for p in closing if len(p.text) <= _CLOSING_LENGTH]
    for found in _dates_at(_places(near, is_heading=False), order):
        if found.rank in (Rank.HEADING, Rank.DATELINE):
            yield replace(found, rank=Rank.CLOSING)
        elif found.rank == Rank.PUBLISHED:
            yield found


def _days_with_year(
    places: Sequence[Place], full: Sequence[_Candidate], filename: str
) -> Iterator[_Candidate]:
    """Months and days without a year, in the year that something else tells."""
    days = [
        (rank, day, place.line)
        for place in places
        for day in find_days(place.folded)
        if (rank := rank_of(place, day)) in _SAID_OF_IT
    ]
    days.sort(key=lambda found: found[0])
    session = _session_year("\n".join(place.folded for place in places))
    for _, day, line in days:
        if session and (date := day.in_year(session)):
            yield _Candidate(Rank.SESSION, date, line)
        elif date := _year_elsewhere(day, full, filename):
            yield _Candidate(Rank.YEAR_ELSEWHERE, date, line)


def _year_elsewhere(day: DayOfYear, full: Sequence[_Candidate], filename: str) -> dt.date | None:
    published = [c.date for c in full if c.rank in (Rank.PUBLISHED, Rank.CLOSING)]
    if published:
        date = day.in_year(published[0].year)
        # What was said on 31 December is published in January.
        return day.in_year(published[0].year - 1) if date and date > published[0] else date
    years = {int(match[1]) for match in _FILE_YEAR.finditer(filename)}
    years |= {date.year for date in _file_dates(filename)}
    return day.in_year(years.pop()) if len(years) == 1 else None


def _file_dates(filename: str) -> Iterator[dt.date]:
    stem = _CHECKSUM.sub(" ", fold(PurePath(filename).name[:255]))
    for match in _FILE_DATE.finditer(stem):
        if match[2] or len(match[3]) == len(match[4]) == 2:
            date = make_date(int(match[1]), int(match[3]), int(match[4]))
            if date:
                yield date
    words = re.sub("[-_]", " ", stem)
    yield from (written.date for written in find_dates(words) if not written.other)


def _resolved(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """3/4/2020 read as the file's other dates bear it out, where they do."""
    certain = {candidate.date for candidate in candidates if not candidate.other}
    return [
        replace(c, date=c.date if c.date in certain else c.other, other=None)
        if c.other and certain & {c.date, c.other}
        else c
        for c in candidates
    ]


def _doubts(taken: _Candidate, candidates: Sequence[_Candidate]) -> Iterator[Problem]:
    ranks = {*_CHECKED, taken.rank} if taken.rank in _SAID_OF_IT else set(_CHECKED)
    ranks |= {Rank.HEADLINE} if taken.rank == Rank.STATED else set()
    others = (c for c in candidates if c.date != taken.date and c.rank in ranks)
    if other := min(others, key=lambda candidate: candidate.rank, default=None):
        dates = {"taken": str(taken.date), "other": str(other.date)}
        yield Problem(other.line, "dates_disagree", dates)
    if taken.rank == Rank.RUNNING_TEXT:
        yield Problem(taken.line, "doubtful_date", {"taken": str(taken.date)})
    if taken.other:
        dates = {"taken": str(taken.date), "other": str(taken.other)}
        yield Problem(taken.line, "ambiguous_date", dates)


def _session_year(folded: str) -> int:
    """The year of the session that is spoken of, 0 when there is none.

    Regular since the fifth congress of 1978.
    """
    found = _SESSION.search(folded)
    congress, session = (number(found[1]), number(found[2])) if found else (0, 0)
    if congress < 5 or not 1 <= session <= 5:
        return 0
    return 1998 + 5 * (congress - 9) + session - 1
