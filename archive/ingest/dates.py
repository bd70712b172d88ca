"""The day of a conference, from what stands before the first speaker. Pure, and no clock."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from archive.ingest.records import Paragraph, Problem, TranscriptError
from archive.text import fold

# All patterns read folded text: simplified characters and half-width digits.
_DIGITS = "〇一二三四五六七八九"
_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_MONTH_AND_DAY = rf"({_NUMBER})\s{{0,2}}月\s{{0,2}}({_NUMBER})\s{{0,2}}[日号]"
_FULL = re.compile(
    rf"(?<![0-9])([0-9]{{4}}|[〇零○{_DIGITS}]{{4}})\s{{0,2}}年\s{{0,2}}{_MONTH_AND_DAY}"
)
_ISO = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9-])")
_DATELINE_DAY = re.compile(rf"(?<![0-9]){_MONTH_AND_DAY}[电讯]")
_ANY_DAY = re.compile(rf"(?<![0-9]){_MONTH_AND_DAY}")
_SESSION = re.compile(rf"第?({_NUMBER})届全国(?:人大|人民代表大会)第?({_NUMBER})次会议")
_ONLY_A_DATE = re.compile(
    rf"[((]?(?:{_FULL.pattern}|{_ISO.pattern})"
    r"[^\w]{0,3}[0-9:星期周一二三四五六日上下午 )]{0,16}"
)


def conference_date(
    heading: Sequence[Paragraph], given: dt.date | None
) -> tuple[dt.date, tuple[Problem, ...]]:
    """The day of the conference, and what is doubtful about it.

    In this order: the date that was given, the first full date, month and day with the year of
    the session of the National People's Congress. TranscriptError "no_date" when none is there.
    """
    if given is not None:
        return given, ()
    full = [(date, p.line) for p in heading for date in _full_dates(fold(p.text))]
    if full:
        return full[0][0], _disagreement(full)
    day = _day_of_session("\n".join(fold(p.text) for p in heading))
    if day is None:
        raise TranscriptError("no_date")
    return day, ()


def find_session(text: str) -> str:
    """The session of the National People's Congress as printed (十三届全国人大三次会议), or ""."""
    found = _SESSION.search(fold(text))
    return text[found.start() : found.end()] if found else ""


def is_only_a_date(text: str) -> bool:
    """Whether a line is a date, perhaps with weekday and hour, and nothing more."""
    return len(text) < 60 and _ONLY_A_DATE.fullmatch(fold(text)) is not None


def _full_dates(folded: str) -> Iterator[dt.date]:
    if "年" not in folded and "-" not in folded:
        return
    found = [*_FULL.finditer(folded), *_ISO.finditer(folded)]
    for match in sorted(found, key=lambda match: match.start()):
        date = _date(*(_number(group) for group in match.groups()))
        if date is not None:
            yield date


def _disagreement(found: Sequence[tuple[dt.date, int]]) -> tuple[Problem, ...]:
    first = found[0][0]
    other = next(((date, line) for date, line in found if date != first), None)
    if other is None:
        return ()
    dates = {"taken": str(first), "other": str(other[0])}
    return (Problem(other[1], "dates_disagree", dates),)


def _day_of_session(folded: str) -> dt.date | None:
    session = _SESSION.search(folded)
    if session is None:
        return None
    year = _session_year(_number(session[1]), _number(session[2]))
    for match in [*_DATELINE_DAY.finditer(folded), *_ANY_DAY.finditer(folded)]:
        date = _date(year, _number(match[1]), _number(match[2]))
        if date is not None:
            return date
    return None


def _session_year(congress: int, session: int) -> int:
    """The year of a session, 0 when there was none. Regular since the fifth congress of 1978."""
    if congress < 5 or not 1 <= session <= 5:
        return 0
    return 1998 + 5 * (congress - 9) + session - 1


def _number(text: str) -> int:
    """`24`, `二十四` or, for a year, `二〇二〇`; 0 for what is no number."""
    text = text.translate({ord("零"): "〇", ord("○"): "〇"})
    if "十" in text:
        tens, _, ones = text.partition("十")
        if "十" in ones:
            return 0
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(str(_DIGITS.index(char)) if char in _DIGITS else char for char in text))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:  # 2月30日 is a slip of the pen, not a reason to stop
        return None
