"""Values that a file states outside its text, in front matter or <meta>, made facts."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from archive.parsing.dates.patterns import find_dates, make_date
from archive.parsing.facts import ADDRESSES, is_web_address
from archive.text.folding import fold

# As machines write it: 20180320, 201803201405, 2018-03-20-14:05:00.
_COMPACT = re.compile(r"((?:19|20)\d{2})(-?)(\d{2})\2(\d{2})(?:\d{4}|\d{6}|-\d{2}:.{0,20})?")
_LABEL = re.compile(r"(?:来源|來源|source)\s?[:：]\s?", re.IGNORECASE)
_LONGEST_DATE = 100
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LANGUAGES = {
    **dict.fromkeys(("中文", "汉语", "漢語", "chinese"), "zh"),
    **dict.fromkeys(("简体中文", "简体", "zh-cn", "zh-hans-cn"), "zh-Hans"),
    **dict.fromkeys(("繁體中文", "繁体中文", "正體中文", "zh-tw", "zh-hk"), "zh-Hant"),
    **dict.fromkeys(("英文", "英语", "english"), "en"),
}


def stated(field: str, value: object) -> object:
    """`value` as the field of Facts takes it; None or "" when it says nothing of the kind."""
    return _MADE_BY.get(field, stated_text)(value)


def stated_date(value: object) -> dt.date | None:
    """The one day that `value` means, the time left aside; None where it can mean two, or none."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()[:_LONGEST_DATE]
    if compact := _COMPACT.fullmatch(text):
        return make_date(int(compact[1]), int(compact[3]), int(compact[4]))
    written = find_dates(fold(text))
    return written[0].date if written and written[0].other is None else None


def stated_text(value: object) -> str:
    """`value` on one line, without the word joiner that holds a title's last words together."""
    return " ".join(str(value).replace("\u2060", "").split())


def stated_source(value: object) -> str:
    """`value` without the label that some pages repeat in it."""
    return _LABEL.sub("", stated_text(value), count=1)


def stated_url(value: object) -> str:
    """`value` when it is a whole address, else ""."""
    text = str(value).strip()
    return text if is_web_address(text) else ""


def stated_language(value: object) -> str:
    """The BCP 47 tag that `value` is or names, else ""."""
    text = stated_text(value).replace("_", "-")
    tag = _LANGUAGES.get(text.lower(), text)
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


_MADE_BY: Mapping[str, Callable[[object], object]] = {
    "date": stated_date,
    "language": stated_language,
    "source_name": stated_source,
    **dict.fromkeys(ADDRESSES, stated_url),
}
