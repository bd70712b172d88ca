"""The facts of a conference: the one list that files, corrections, rows and exports go by. Pure.

A new one is a field here, a column of archive.models.Conference and a field of the review page's
form (archive.admin.review.forms.AboutForm).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, get_type_hints

_WEB_ADDRESS = re.compile(r"https?://\S{1,2000}")


class _Rules(NamedTuple):
    """What holds of one fact wherever it is said."""

    keys: str = ""  # in front matter; the first that says something is taken
    longest: int | None = None  # characters, the width of its column
    is_address: bool = False
    # Than the format of exports: in one only where it is given, and what is an address is checked.
    is_later: bool = False


_DATE = (
    "date 日期 会议日期 會議日期 date_published published published_time 发布日期 发布时间 發布時間"
    " 时间 時間 fecha datum"
)
_HOST = "institution host organization 机构 機構 主办 主辦 单位"
_SOURCE = "source_url url link canonical 官方页 原文链接 网址 链接 網址 連結"
_RECORDING = "recording_url recording video_url video audio_url audio 录像 视频 录音 錄影 影片 錄音"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a conference as a whole; "" and None for what is not."""

    date: Annotated[dt.date | None, _Rules(_DATE)] = None
    title: Annotated[str, _Rules("title 标题 標題 题目 titre título titulo")] = ""
    headline: Annotated[str, _Rules("headline subtitle 副标题 副標題")] = ""
    lead: Annotated[str, _Rules()] = ""
    institution: Annotated[str, _Rules(_HOST, 200)] = ""
    venue: Annotated[str, _Rules("venue location place 地点 地點 会场 場地", 200)] = ""
    occasion: Annotated[str, _Rules("occasion event 场合 場合 活动", 200)] = ""
    language: Annotated[str, _Rules("language lang 语言 語言")] = ""
    source_name: Annotated[str, _Rules("source_name source 来源 來源 publisher 数据源", 200)] = ""
    source_url: Annotated[str, _Rules(_SOURCE, 500, is_address=True)] = ""
    recording_url: Annotated[str, _Rules(_RECORDING, 500, is_address=True, is_later=True)] = ""


_RULES: dict[str, _Rules] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Facts, include_extras=True).items()
}
FACTS = tuple(_RULES)
TEXTS = tuple(name for name in FACTS if name != "date")
ADDRESSES = tuple(name for name, rules in _RULES.items() if rules.is_address)
LATER = tuple(name for name, rules in _RULES.items() if rules.is_later)
KEYS = {name: rules.keys.split() for name, rules in _RULES.items()}


def values_of(facts: Facts) -> dict[str, Any]:
    """Every fact by its name."""
    return {name: getattr(facts, name) for name in FACTS}


def fit_fact(name: str, value: Any) -> Any:
    """`value` as its column holds it: words are cut, and of a longer address nothing is left."""
    longest = _RULES[name].longest
    if longest is None or len(value) <= longest:
        return value
    return "" if name in ADDRESSES else value[:longest]


def can_be(name: str, value: str) -> bool:
    """Whether a conference can be said to have that text for the fact."""
    return not value or name not in LATER or name not in ADDRESSES or is_web_address(value)


def is_web_address(value: str) -> bool:
    return _WEB_ADDRESS.fullmatch(value) is not None
