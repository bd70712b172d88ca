"""Ranks of dates: how well one is believed to be the conference's, by where it stands. Pure."""

import re
from dataclasses import dataclass
from enum import IntEnum

from archive.parsing.dates.patterns import DayOfYear, Written, is_only_a_date

# All patterns read folded text. What a line is about, when it is not the day of the conference:
_FETCHED = re.compile(
    r"[-*\s]{0,4}(?:抓取|采集|访问|下载|打印|更新|修改|编辑)[^:]{0,6}:"
    r"|[-*\s]{0,4}(?:retrieved|accessed|fetched|crawled|downloaded|(?:last )?(?:updated|modified)"
    r"|copyright|©)"
)
_PUBLISHED = re.compile(
    r"[-*\s]{0,4}(?:发布|发表|发稿|刊发|公布|上传|入库)[^:]{0,6}:|[-*\s]{0,4}(?:消息)?来源\s?:"
    r"|[-*\s]{0,4}(?:for immediate release|immediate release|embargo|published|posted|publié"
    r"|publicado|veröffentlicht|등록일|작성일)"
)
_EVENT = re.compile(
    r"[-*\s]{0,4}(?:会议|发布会|记者会)?(?:时间|日期|日时|date|when|fecha|datum|일시|일자|날짜)\s?:"
)
# What a sentence about a press conference speaks of.
_ABOUT = (
    r"(?:举行|召开|主持|记者会|记者招待会|发布会|吹风会|记者问|回答|提问|采访|会见记录|网上公开"
    r"|press |news conference|briefing|remarks|interview|gaggle|transcript|held a|spoke"
    r"|conférence de presse|point de presse|rueda de prensa|conferencia|pressekonferenz"
    r"|coletiva|브리핑|기자회견|пресс-конференц|брифинг)"
)
_ABOUT_BEHIND = re.compile(rf"[^。！？!?;；\n]{{0,120}}?{_ABOUT}")
_ABOUT_BEFORE = re.compile(rf"{_ABOUT}[^。！？!?;；\n]{{0,30}}$")
_BEFORE = 60  # characters before a date that may be about it
_DATELINE_BEHIND = re.compile(r"\s{0,2}(?:[电讯]|(?:\([^()]{1,30}\)\s?)?-)")
_DATELINE_PLACE = 45  # characters at most before the date of a dateline


class Rank(IntEnum):
    """The lowest is taken."""

    STATED = 0  # front matter, <meta>
    HEADING = 1  # a line that is a date, or the start or the end of a headline
    HEADLINE = 2  # inside a headline
    DATELINE = 3
    SENTENCE = 4  # with words about the conference
    SESSION = 5  # month and day, the year from the session of the National People's Congress
    YEAR_ELSEWHERE = 6  # month and day, the year from the day of publication or the file's name
    CLOSING = 7  # behind the last speaker
    PUBLISHED = 8
    FILE_NAME = 9
    RUNNING_TEXT = 10  # in words about something else


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the file where a date may stand."""

    folded: str
    line: int | None  # None for a title from outside the text
    is_heading: bool  # title, headline or note, and not the text of the lead


def rank_of(place: Place, written: Written | DayOfYear) -> Rank | None:
    """The rank of a date in its line; None when it is not the conference that it dates."""
    folded = place.folded
    if _FETCHED.match(folded):
        return None
    if _PUBLISHED.match(folded):
        return Rank.PUBLISHED
    if place.is_heading or _EVENT.match(folded) or is_only_a_date(folded):
        return _rank_in_heading(folded, written)
    if _is_dateline(folded, written):
        return Rank.DATELINE
    before = folded[max(0, written.start - _BEFORE) : written.start]
    if _ABOUT_BEHIND.match(folded, written.end) or _ABOUT_BEFORE.search(before):
        return Rank.SENTENCE
    return Rank.RUNNING_TEXT


def _rank_in_heading(folded: str, written: Written | DayOfYear) -> Rank:
    before, behind = folded[: written.start].strip(" ([,-"), folded[written.end :].strip(" )].,-")
    at_an_end = not before or not behind or is_only_a_date(folded) or _EVENT.match(folded)
    return Rank.HEADING if at_an_end else Rank.HEADLINE


def _is_dateline(folded: str, written: Written | DayOfYear) -> bool:
    found = _DATELINE_BEHIND.match(folded, written.end)
    if found is None:
        return False
    return written.start <= _DATELINE_PLACE or found[0].strip() == "电"
