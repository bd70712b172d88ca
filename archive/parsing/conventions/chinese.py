"""Patterns of labels in Chinese transcripts, which several conventions share. Pure."""

import re

from archive.text.folding import fold
from archive.text.han import HAN

COLON = r"\s{0,2}[：:](?!//)"
# More than any label: what has no colon so far need not be tried.
LONGEST_CHINESE_LABEL = 120

_DOT = "[·•‧・]"
_LATIN = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ.'’\-]{0,20}"
# `记者张三`, `记者（路透社）`, `记者A`; but 记者会, 记者手记 and 记者们 are other words.
_REPORTER = (
    rf"(?:(?![会會注手团團们們招见見问問提观觀协協站证證的在从從就对對])[{HAN}]{{2,4}}"
    rf"|\s{{1,2}}[{HAN}]{{2,4}}|[（(][^（()）]{{1,20}}[)）]|[A-Z0-9]{{1,2}})?"
)
_ASKS = r"(?:\s{0,2}(?:提?[问問]|追[问問]))?"
_QUESTION = re.compile(
    rf"(([^，。！？；：,!?;:“”\"]{{0,40}}?)\s{{0,2}}(?:记者|記者){_REPORTER}){_ASKS}{COLON}"
)
CHINESE_NAME = (
    rf"[{HAN}]{{2,10}}"
    rf"|[{HAN}]{{1,10}}(?:{_DOT}[{HAN}]{{1,10}}){{1,3}}"
    rf"|[{HAN}]{{1,16}}(?:人|长|長|席|任|理|员|員|使)\s{{1,2}}[{HAN}·]{{2,10}}"
    rf"|{_LATIN}(?:\s{_LATIN}){{0,4}}"
)
_ANSWER = re.compile(rf"({CHINESE_NAME}){COLON}")
# `各位记者：大家好` greets and `王毅告诉记者：` reports; neither asks.
_NO_OUTLET = re.compile(
    "(?:告诉|对|向|回答|答|给|问|请|有|的|各|位|名|中外|受访|采访|以及|和|与|同|说|些)$"
)
# Ordinary words that stand before a colon, in print or in speech. Compared folded.
_NO_SPEAKER = re.compile(
    "来源|消息来源|时间|发布时间|日期|地点|主题|题目|标题|原标题|副标题|编辑|责编|责任编辑|作者|"
    "编者按|编者注|摘要|导读|导语|全文|实录|文字实录|视频|图片|独家|快讯|附件|链接|注释|备注|"
    "关键词|语言|出席|出席人员|参加人员|记录|整理|翻译|摄影|制图|地址|电话|传真|邮箱|官方页|数据源|"
    "(?:首先|其次|再次|最后|此外|另外|总之|例如|比如|譬如|其中|同时|因此|所以|但是|而且|目前|当前)"
    f"[{HAN}]*|"
    f"(?:我|你|您|他|她|它|这|第[一二三四五六七八九十]|[一二三四五六七八九十]是)[{HAN}]*|"
    f"[{HAN}]*(?:说|是|指|指出|强调|表示|认为|如下|呼吁|提出|问道|说道|写道|包括|以下|几点|问题|来讲|来说|来看|而言|的话|"
    "录音|录影|影片|简报|连结|网址)|"
    "note|source|date|time|venue|editor's note|https?|q|a"
)


def asker_at(text: str) -> tuple[int, str] | None:
    """Where the marker of a question at the start of `text` ends, and its label; or None.

    >>> asker_at("《路透社》记者：中方怎么看？")
    (8, '《路透社》记者')
    >>> asker_at("路透社记者张三：中方怎么看？")
    (8, '路透社记者张三')
    """
    found = _match_label(_QUESTION, text)
    if found is None or _NO_OUTLET.search(fold(found[2].strip())):
        return None
    return found.end(), found[1].strip()


def _match_label(label: re.Pattern[str], text: str) -> re.Match[str] | None:
    start = text[:LONGEST_CHINESE_LABEL]
    return label.match(start) if "：" in start or ":" in start else None


def is_ordinary(label: str) -> bool:
    """Whether `label` is a word or a clause that stands before colons and names nobody (首先)."""
    return _NO_SPEAKER.fullmatch(fold(label)) is not None


def speaker_at(text: str) -> tuple[int, str] | None:
    """Where a speaker's marker at the start of `text` ends, and its label; or None.

    >>> speaker_at("外交部发言人 华春莹：好。")
    (11, '外交部发言人 华春莹')
    """
    found = _match_label(_ANSWER, text)
    if found is None or is_ordinary(found[1]) or found[1].endswith(("记者", "記者")):
        return None
    return found.end(), found[1]
