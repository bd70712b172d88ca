"""Hosts and venues of conferences, as far as a heading says them beyond doubt. Pure."""

import re
from urllib.parse import urlsplit

from archive.text.folding import converter, fold
from archive.text.han import HAN

# Patterns read folded text, and the words are cut from the original.
_NOT_BEFORE = rf"(?:^|(?<=[^{HAN}])|(?<=日)|(?<=[就在]))(?![年月日就在])"
_SPOKESPERSON = re.compile(
    rf"{_NOT_BEFORE}([{HAN}]{{1,14}}?(?:部|委|局|署|办|办公室))(?:办公室)?(?:新闻)?发言人"
    rf"(?:办公室)?\s?[{HAN}·]{{0,10}}?(?:主持|就|答记者问|回答|举行|例行记者会)",
    re.MULTILINE,
)
_HOLDS = re.compile(
    rf"{_NOT_BEFORE}([{HAN}]{{1,14}}?(?:部|委|局|署|办|办公室))"
    r"(?:[0-9]{0,4}年?[0-9]{1,2}月[0-9]{1,2}日)?(?:[上下]午|今天|今日)?"
    r"(?:(?:举行|召开|举办)(?:了|例行)?(?:新闻发布会|记者会|发布会|吹风会|记者招待会)"
    r"|例行(?:记者会|新闻发布会)|就[^。！？!?]{1,80}答(?:记者)?问)",
    re.MULTILINE,
)
# What is commonly shortened, in full.
_IN_FULL = {
    **dict.fromkeys(("国台办", "国务院台办"), "国务院台湾事务办公室"),
    **dict.fromkeys(("国新办", "国务院新闻办"), "国务院新闻办公室"),
}
# Words of the heading that only one house uses.
_TOLD_BY_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^the white house\s*$|\bjames s\. brady|\bwhite house press (?:secretary|briefing)"
                r"|\baboard air force one", re.MULTILINE), "The White House"),
    (re.compile(r"\bfomc|federal open market committee|\bchair(?:man)? powell's press conference"),
     "Federal Reserve"),
    (re.compile(r"spokes(?:person|man|woman) for the secretary-general"), "United Nations"),
    (re.compile(r"department spokesperson\b|u\.s\. department of state"),
     "U.S. Department of State"),
    (re.compile(r"u\.s\. department of defense|pentagon press secretary"),
     "U.S. Department of Defense"),
    (re.compile(r"外务(?:大臣|报道官)会见记录|外务省"), "外務省"),
    (re.compile(r"외교부"), "외교부"),
    (re.compile(r"porte-parole du ministère de l'europe et des affaires étrangères"),
     "Ministère de l'Europe et des Affaires étrangères"),
)  # fmt: skip
# Web sites on which a house prints nothing but its own conferences.
_TOLD_BY_SITE = (
    ("www.whitehouse.gov", "The White House"),
    ("bidenwhitehouse.archives.gov", "The White House"),
    ("trumpwhitehouse.archives.gov", "The White House"),
    ("obamawhitehouse.archives.gov", "The White House"),
    ("georgewbush-whitehouse.archives.gov", "The White House"),
    ("federalreserve.gov", "Federal Reserve"),
    ("press.un.org", "United Nations"),
    ("state.gov", "U.S. Department of State"),
    ("defense.gov", "U.S. Department of Defense"),
    ("mofa.go.jp", "外務省"),
    ("mofa.go.kr", "외교부"),
    ("elysee.fr", "Présidence de la République"),
    ("www.fmprc.gov.cn", "外交部"),
    ("www.mfa.gov.cn", "外交部"),
    ("www.gwytb.gov.cn", "国务院台湾事务办公室"),
    ("www.scio.gov.cn", "国务院新闻办公室"),
    ("www.mofcom.gov.cn", "商务部"),
)
_VENUE = re.compile(
    rf"在((?:(?!在)[{HAN}]){{1,12}}?(?:堂|厅|馆|中心|大厦|酒店|饭店|宾馆|会议室))"
    r"(?:举行|召开|举办)"
)
_VENUE_LABELLED = re.compile(
    r"(?:地点|会场|场所|venue|place|location|lugar|lieu|ort|장소|於|于)\s?:\s{0,3}([^\n()]{1,100})"
)


def institution_in(about: str, source_url: str, filename: str) -> str:
    """The house that holds the conference, or "" where neither words nor site are certain."""
    for pattern in (_SPOKESPERSON, _HOLDS):
        if name := cut_out(pattern, about):
            return _in_full(name)
    lines = [fold(line) for line in (*about.split("\n"), filename)]
    by_words = (
        name for pattern, name in _TOLD_BY_WORDS if any(pattern.search(line) for line in lines)
    )
    return next(by_words, "") or _by_site(source_url)


def venue_in(about: str) -> str:
    """The place that a Chinese sentence or a label (地点：, 於:) names, or ""."""
    return (cut_out(_VENUE, about) or cut_out(_VENUE_LABELLED, about)).strip(" )）。")


def cut_out(pattern: re.Pattern[str], text: str) -> str:
    """The first group of `pattern`, found in the folded text and cut from the original."""
    found = pattern.search(fold(text))
    return text[found.start(1) : found.end(1)] if found else ""


def _in_full(name: str) -> str:
    folded = fold(name)
    full = _IN_FULL.get(folded)
    if full is None:
        return name
    return full if name == folded else converter("s2t").convert(full)


def _by_site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # https://[ is no address
        return ""
    sites = (name for site, name in _TOLD_BY_SITE if f".{host}".endswith(f".{site}"))
    return next(sites, "")
