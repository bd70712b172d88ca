"""Askers: the outlet and the reporter, from the label and the first words. Pure.

Both as printed, "" when it is not said. A wrong guess is worse than none, so words count as an
outlet only when they look like one (archive.parsing.attribution.outlet_names).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.parsing.attribution.labels import is_asker_label, is_moderator_label, names_nobody
from archive.parsing.attribution.outlet_names import is_outlet
from archive.text.han import HAN


@dataclass(frozen=True, slots=True)
class Asker:
    """Who put a question, as printed; "" for what is not said."""

    outlet: str = ""
    reporter: str = ""


_REACH = 200  # characters of a question in which somebody introduces himself
_PART = r"(?!(?:From|With|At|Of|For|Here|The)\b)[A-ZÀ-Þ][\w'’\-]{0,24}"
_PERSON = (
    rf"{_PART}(?:\s(?:[A-Z]\.\s?|van\s|von\s|der\s|den\s|de\s|la\s|du\s){{0,2}}{_PART}){{1,3}}"
)
# A full stop inside ends the introduction: `Reuters. Thank you`.
_NAME_WORD = r"(?:St\.|U\.S\.|[A-Z0-9][\w&'’\-/]{0,30}(?:\.[a-z]{2,3}\b)?)"
_OUTLET = rf"(?:the |The )?{_NAME_WORD}(?:\s(?:of |de |the |and |& )?{_NAME_WORD}){{0,5}}"
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}")

# Labels.
_NAME_AND_OUTLET = re.compile(
    r"([^,\[(（]{2,60}?(?:,\s[JS]r\.)?)"
    r"(?:,\s{1,2}| of the | of | with the | with | from the | from )([^,\[\]]{2,60})"
)
_IN_BRACKETS = re.compile(r"([^\[\]()（）]{1,60}?)\s{0,2}[\[(（]([^\[\]()（）]{2,60})[\])）]")
_REPORTER_BEHIND = re.compile(r"(.{2,40}?) (?:reporter|correspondent|journalist)", re.IGNORECASE)
_MIXED_NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’\-]{0,24})(?:\s(?:[a-z]{2,3}\s)?[A-ZÀ-Þ][\w.'’\-]{0,24}){1,4}"
)
# `NHK　岩澤記者`, `朝日新聞田中記者`; but 三立新聞台記者 and 中央社攝影記者 name nobody.
_JAPANESE = re.compile(
    rf"(?:幹事社[・、\s]{{0,2}})?(?:(.{{1,24}})\s|(.{{1,16}}?(?:新聞|通信|テレビ|放送|ニュース|NHK)))"
    rf"(?![台臺網部局社版頻攝文特採駐資])([{HAN}ァ-ヺー]{{1,6}})記者"
)
_CHINESE_LABEL = re.compile(rf"(.{{0,40}}?)(?:记者|記者)\s{{0,2}}([{HAN}·]{{0,4}})")
_KOREAN_LABEL = re.compile(r"(?:(.{2,24}?)\s)?([가-힣]{2,4})\s?기자")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,4}}")
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾"
    "肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟"
    "熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯洪施柯翁童游詹連连"
)
# In front of 记者 these are no outlet: `各位记者`, `有记者`.
_NO_OUTLET = re.compile(
    r"(?:各位|有|的|位|名|中外|在场|在場|现场|現場|外国|外國|一|女|男|本报|本報|同上|某|海外|本地|境外)$"
    r"|^(?:日本|美国|美國|韩国|韓國|英国|英國|法国|法國|德国|德國|香港|澳门|澳門|台湾|台灣|臺灣|中国|中國)$"
)

# First words.
_INTRODUCES = re.compile(
    rf"\b(?:I['’]m|I am|[Mm]y name is|[Tt]his is|[Ii]t['’]s|[Ss]oy|[Mm]i nombre es|[Jj]e suis)\s"
    rf"({_PERSON}|{_PART})(?: here)?,?\s(?:from |with |at |of |for |de |del |du |pour )?({_OUTLET})"
)
_COMES_FROM = re.compile(rf"\b(?:I['’]m|I am|[Ww]e['’]re|[Tt]his is) (?:from|with) ({_OUTLET})")
_AT_START = re.compile(
    rf"(?:(?:Hi|Hello|Hey|Yes|Yeah|Thanks|Thank you|Good (?:morning|afternoon|evening)|Sir|Okay"
    rf"|Mr\. (?:President|Chairman|Chair|Secretary)|Madam \w{{1,20}}|Chair(?:man|woman)? {_PART}"
    rf"|[Ss]o much|[Vv]ery much|Buen[oa]s (?:días|tardes)|Bonjour|[Pp]residenta?|{_PART})"
    rf"(?:[,.!—–-]\s?|\s)){{0,5}}({_PERSON})(?: here)?"
    rf"(?:, from |, with |, at |, of |, de la |, del? |, | from | with | at | of | for | de )"
    rf"({_OUTLET})(?=[.,;:?!—–\s])"
)
_BRACKET_AT_START = re.compile(r"\[([^\[\]]{3,100})\]")
_GREETING = r"(?:[^，。！？,.!?：:\n]{0,16}[，。！？,!、]\s?){0,3}"
_CHINESE_WORDS = re.compile(
    rf"{_GREETING}(?:我?(?:们)?(?:是|来自|來自)|我叫[{HAN}]{{2,4}}[，,]是)?(?:来自|來自)?"
    rf"([^，。！？,.!?：:\s]{{2,20}}?)的?(?:记者|記者)\s?([{HAN}]{{0,4}}?)(?=您好|你好|[，。！？,!：:]|$)"
)
_CHINESE_FROM = re.compile(
    rf"{_GREETING}我(?:是|来自|來自|這邊是|这边是|是来自|是來自)([^，。！？,.!?：:\s的]{{2,16}})的?([{HAN}]{{0,4}})[，。]"
)
_JAPANESE_WORDS = re.compile(
    rf"(?:[^。\n]{{0,20}}[。、])?\s?([^。、\s]{{2,16}}?)の([{HAN}ァ-ヺー]{{1,6}}?)(?:です|と申します|といいます)"
)
_KOREAN_WORDS = re.compile(
    r"(?:[^.\n]{0,20}[.,]\s)?(?:저는 )?([^\s.,]{2,16}) ([가-힣]{2,4}) 기자입니다"
)


def who_asked(label: str, words: str) -> Asker:
    """The outlet and the reporter of a question with the label `label` that begins with `words`."""
    printed = _from_label(" ".join(label.split()))
    if printed.outlet and printed.reporter:
        return printed
    said = _from_words(" ".join(words[:_REACH].split()), printed.reporter)
    return Asker(printed.outlet or said.outlet, printed.reporter or said.reporter)


def _from_label(label: str) -> Asker:
    if names_nobody(label) and not _IN_BRACKETS.fullmatch(label):
        return Asker()
    found = next(filter(None, _label_readings(label)), None)
    if found:
        return found
    if is_outlet(label):
        return Asker(outlet=label)
    return Asker(reporter=label if _is_person(label) else "")


def _label_readings(label: str) -> Iterator[Asker | None]:
    """What each way of printing a label makes of it, None where it does not fit."""
    if found := _IN_BRACKETS.fullmatch(label):
        yield _pair(found[1], found[2])
        yield _in_words_of(found[2])
    if found := _NAME_AND_OUTLET.fullmatch(label):
        yield _pair(found[1], found[2])
    if found := _REPORTER_BEHIND.fullmatch(label):
        yield Asker(outlet=found[1]) if is_outlet(found[1]) else None
    if found := _JAPANESE.fullmatch(label):
        yield Asker((found[1] or found[2]).strip(), found[3])
    if found := _CHINESE_LABEL.fullmatch(label):
        yield _chinese(found[1].strip("《》「」 "), found[2])
    if found := _KOREAN_LABEL.fullmatch(label):
        yield Asker(found[1] or "", found[2])


def _pair(name: str, outlet: str) -> Asker | None:
    name, outlet = name.strip(), outlet.strip()
    if not is_outlet(outlet):
        return None
    return Asker(outlet, "" if names_nobody(name) else name)


def _in_words_of(text: str) -> Asker | None:
    """`Vera R. Glaser of the North American Newspaper Alliance`, as brackets have it."""
    found = _NAME_AND_OUTLET.fullmatch(text)
    return _pair(found[1], found[2]) if found else None


def _chinese(outlet: str, name: str) -> Asker | None:
    if not outlet or _NO_OUTLET.search(outlet):
        return Asker("", name) if name else None
    if outlet in _SURNAMES:  # 林記者
        return Asker("", outlet)
    return Asker(outlet, name)


def _is_person(label: str) -> bool:
    if _HAN_NAME.fullmatch(label):
        return label[0] in _SURNAMES and is_asker_label(label) is None
    return _MIXED_NAME.fullmatch(label) is not None and not is_moderator_label(label)


def _from_words(words: str, reporter: str) -> Asker:
    """What the first words say; of a named reporter only the outlet, said beside the name."""
    if reporter and reporter[0].isascii():
        return _beside(words, reporter)
    if found := _BRACKET_AT_START.match(words):
        return _in_words_of(found[1]) or Asker()
    for pattern in (_INTRODUCES, _AT_START):
        found = pattern.match(words) if pattern is _AT_START else pattern.search(words)
        if found and _is_said_outlet(found[2]):
            return Asker(_trimmed(found[2]), found[1])
    if (found := _COMES_FROM.search(words)) and is_outlet(found[1]):
        return Asker(_trimmed(found[1]))
    return _from_han_words(words)


def _beside(words: str, reporter: str) -> Asker:
    """`Nick Timiraos from the Wall Street Journal.` by one whose label is NICK TIMIRAOS."""
    last = re.escape(reporter.rsplit(maxsplit=1)[-1])
    found = re.search(
        rf"\b(?i:{last})(?: here)?,?\s(?:(?:from|with|at|of|for)\s)?({_OUTLET})", words
    )
    return Asker(_trimmed(found[1]) if found and _is_said_outlet(found[1]) else "")


def _is_said_outlet(text: str) -> bool:
    """Behind `I'm Pat Wilkins from` a station's call sign can be nothing else."""
    return is_outlet(text) or _CALL_SIGN.fullmatch(text) is not None


def _trimmed(outlet: str) -> str:
    return re.sub(r"^(?:the|The) ", "", outlet).rstrip(" .,'’")


def _from_han_words(words: str) -> Asker:
    if found := _CHINESE_WORDS.match(words):
        outlet = re.sub("^(?:我们?|我們)?(?:是|来自|來自|在)*", "", found[1])
        if is_outlet(outlet):
            return Asker(outlet, found[2])
    if (found := _CHINESE_FROM.match(words)) and is_outlet(found[1]):
        return Asker(found[1], found[2] if found[2][:1] in _SURNAMES else "")
    for pattern in (_JAPANESE_WORDS, _KOREAN_WORDS):
        if (found := pattern.match(words)) and is_outlet(found[1]):
            return Asker(found[1], found[2])
    return Asker()
