"""Title, headline, lead, date, offices and language, from what stands before the first turn.

Pure. Whatever is not certain is left empty: an editor fills it in more easily than he finds a
wrong guess.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import opencc

from archive.ingest.clean import HAN, close_gaps, is_finished, join_broken, join_pieces
from archive.ingest.dates import conference_date, find_session, is_only_a_date
from archive.ingest.records import Paragraph, Problem
from archive.text import fold, squeeze

# Patterns read folded text (simplified, half width), and the words are cut from the original.
_DAY = r"[0-9一二三四五六七八九十]{1,3}\s?月\s?[0-9一二三四五六七八九十]{1,3}\s?日"
_DATELINE = re.compile(
    rf"[(【\[]?据?\s?([{HAN}]{{1,12}}?(?:社|报|网|台))[{HAN}]{{0,10}}?\s?"
    # Without a day the word has to end there: 全社会用电量 is no dateline.
    rf"(?:{_DAY}[电讯]|[电讯](?=[\s(,:)\]】]|$))"
)
_SOURCE = re.compile(r"来源\s?:\s{0,3}(\S{1,200})")
_LABELLED = re.compile(r"(?:消息来源|来源|发布时间|时间|日期|地点)\s?:")
_VENUE = re.compile(
    rf"在((?:(?!在)[{HAN}]){{1,12}}?(?:堂|厅|馆|中心|大厦|酒店|饭店|宾馆|会议室))"
    r"(?:举行|召开|举办)"
)
_HOST = re.compile(
    rf"(?:^|(?<=[^{HAN}])|(?<=日))(?![年月日])"
    rf"([{HAN}]{{1,14}}?(?:部|委|局|署|办|办公室))(?:新闻)?发言人\s?[{HAN}·]{{2,10}}?主持",
    re.MULTILINE,
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_FIRST_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")
_HAN_RUN_BEFORE = re.compile(rf"([{HAN}]{{1,30}})$")
_OFFICES = (
    *("部长", "发言人", "主任", "总理", "主席", "委员", "委员长", "大使", "司长", "局长", "院长"),
    *("秘书长", "秘书", "省长", "市长", "书记", "代表", "特使", "行长", "总裁", "总统", "首相"),
    *("外长", "防长", "财长", "署长", "处长", "总干事", "议长", "参赞", "检察长", "总领事", "长官"),
    *("专员", "司令", "理事长", "会长", "校长", "助理"),
)
_LABEL_WITH_OFFICE = re.compile(
    rf"([{HAN}]{{2,20}}(?:{'|'.join(_OFFICES)}))(\s{{0,2}})([{HAN}·]{{2,10}})"
)
# What describes a conference stands near the start; a bound keeps huge files linear.
_LEAD_LENGTH, _NOTE_LENGTH = 5000, 100
_HEADLINES, _HEADLINE_LENGTH, _SHORTEST_TITLE = 8, 200, 6

_TO_SIMPLIFIED, _TO_TRADITIONAL = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
_KANA_OR_HANGUL = re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a heading says about its conference."""

    date: dt.date
    title: str
    headline: str
    lead: str
    institution: str
    venue: str
    occasion: str
    source_name: str
    source_url: str
    problems: tuple[Problem, ...]


def read_metadata(
    heading: Sequence[Paragraph], filename: str, *, date: dt.date | None = None
) -> Metadata:
    """Everything that the paragraphs before the first turn say; `date` wins over theirs.

    Raises TranscriptError "no_date" when the date is neither given nor written there.
    """
    day, problems = conference_date(heading, date)
    lines, notes, texts = _lines_and_lead(heading)
    lead = "\n".join((*notes, *texts))
    title, headline = _title_and_headline(lines, lead)
    about = "\n".join((title, headline, lead))[:_LEAD_LENGTH]
    source_name, source_url = _source((*notes, *texts))
    return Metadata(
        date=day,
        title=title or _title_without_heading(texts, filename, day),
        headline=headline,
        lead=lead,
        institution=_cut(_HOST, about),
        venue=_cut(_VENUE, about),
        occasion=find_session(about),
        source_name=source_name,
        source_url=source_url,
        problems=problems,
    )


def split_label(label: str) -> tuple[str, str]:
    """The office and the name in a speaker's label.

    >>> split_label("外交部发言人 华春莹")
    ('外交部发言人', '华春莹')
    >>> split_label("王毅")
    ('', '王毅')
    """
    found = _LABEL_WITH_OFFICE.fullmatch(fold(label))
    # Without a space only a name of ordinary length can be told from more of the office.
    if found and (found[2] or len(found[3]) <= 4):
        return label[: found.end(1)], label[found.start(3) :]
    return "", label


def speaker_role(name: str, *texts: str) -> str:
    """The office written right before `name` in the first of `texts` that has one, or ""."""
    for text in texts:
        near = text[:_LEAD_LENGTH]
        at = near.find(name)
        while at > 0:
            run = _HAN_RUN_BEFORE.search(near[max(0, at - 30) : at])
            if run and fold(run[1]).endswith(_OFFICES):
                return re.sub("^[年月日]", "", run[1])
            at = near.find(name, at + 1)
    return ""


def detect_language(texts: Iterable[str]) -> str:
    """zh-Hans, zh-Hant, zh where no character tells which, en, or und."""
    counts = Counter("".join(texts))
    letters = {char: count for char, count in counts.items() if char.isalpha()}
    total = sum(letters.values())
    if 2 * sum(n for char, n in letters.items() if char.isascii()) > total:
        return "en"
    if 10 * sum(n for char, n in letters.items() if _KANA_OR_HANGUL.match(char)) > total:
        return "und"
    han = {char: count for char, count in letters.items() if _HAN.match(char)}
    as_traditional = sum(n for char, n in han.items() if _TO_SIMPLIFIED.convert(char) != char)
    as_simplified = sum(n for char, n in han.items() if _TO_TRADITIONAL.convert(char) != char)
    if as_traditional == as_simplified:
        return "zh" if han else "und"
    return "zh-Hant" if as_traditional > as_simplified else "zh-Hans"


def _lines_and_lead(heading: Sequence[Paragraph]) -> tuple[list[str], list[str], list[str]]:
    """The heading lines; notes such as 来源：新华社 and bare dates; the text of the lead."""
    notes: list[str] = []
    rest: list[Paragraph] = []
    for paragraph in heading:
        if _is_note(paragraph.text):
            notes.append(paragraph.text)
        else:
            rest.append(paragraph)
    start = len(rest)
    while start and is_finished(rest[start - 1].text):
        start -= 1
    datelines = (at for at, p in enumerate(rest[:start]) if _dateline_end(p.text))
    start = min(start, next(datelines, start))
    texts = [_close_gaps_after_dateline(p.text) for p in join_broken(rest[start:])]
    return [p.text for p in rest[:start]], notes, texts


def _is_note(text: str) -> bool:
    folded = fold(text[:_NOTE_LENGTH])
    return _LABELLED.match(folded) is not None or is_only_a_date(text)


def _dateline_end(text: str) -> int:
    """Where the dateline at the start of `text` ends; 0 when there is none."""
    found = _DATELINE.match(fold(text[:_NOTE_LENGTH]))
    return found.end() if found else 0


def _close_gaps_after_dateline(text: str) -> str:
    """The space after `据新华社北京5月24日电` is printed on purpose."""
    end = _dateline_end(text)
    gap = " " if text[end : end + 1].isspace() else ""
    return close_gaps(text[:end]) + gap + close_gaps(text[end:].lstrip())


def _title_and_headline(lines: Sequence[str], lead: str) -> tuple[str, str]:
    """Which heading lines are the title, and which the headline above or between it."""
    marked = [at for at, line in enumerate(lines) if line.startswith("# ")]
    bare = [_MARKDOWN_HEADING.sub("", line, count=1) for line in lines]
    chosen = (
        (marked if len(marked) == 1 else [])
        or _lines_inside(bare, squeeze(lead[:_LEAD_LENGTH]))
        or _alternate_lines(bare)
        or [0]
    )
    title = join_pieces(line for at, line in enumerate(bare) if at in chosen)
    return title, join_pieces(line for at, line in enumerate(bare) if at not in chosen)


def _lines_inside(lines: Sequence[str], lead: str) -> list[int]:
    """The lines that, read as one, stand word for word in the lead: the longest such choice."""
    if len(lines) > _HEADLINES:
        return []
    short = [at for at, line in enumerate(lines) if len(line) <= _HEADLINE_LENGTH]
    squeezed = {at: squeeze(lines[at]) for at in short if squeeze(lines[at]) in lead}
    best: list[int] = []
    longest = _SHORTEST_TITLE - 1
    for mask in range(1, 1 << len(squeezed)):
        choice = [at for bit, at in enumerate(squeezed) if mask >> bit & 1]
        joined = "".join(squeezed[at] for at in choice)
        if len(joined) > longest and joined in lead:
            best, longest = choice, len(joined)
    return best


def _alternate_lines(lines: Sequence[str]) -> list[int]:
    """Two headlines printed as alternating lines, when the second line is left hanging."""
    if len(lines) >= 4 and len(lines) % 2 == 0 and lines[1].endswith(("，", ",")):
        return list(range(0, len(lines), 2))
    return []


def _title_without_heading(texts: Sequence[str], filename: str, day: dt.date) -> str:
    first = _FIRST_SENTENCE.match(texts[0]) if texts else None
    return (first[0] if first else "") or PurePath(filename).stem or f"{day} 记者会"


def _source(lead: Sequence[str]) -> tuple[str, str]:
    """The agency's name and address: from 来源：, else from a dateline."""
    name = url = ""
    for text in lead:
        folded = fold(text[:_LEAD_LENGTH])
        if found := _SOURCE.search(folded):
            value = text[found.start(1) : found.end(1)]
            if value.startswith(("http://", "https://")):
                url = url or value
            else:
                name = name or value
    datelines = (
        _cut(_DATELINE, text[: _dateline_end(text)]) for text in lead if _dateline_end(text)
    )
    return name or next(datelines, ""), url


def _cut(pattern: re.Pattern[str], text: str) -> str:
    """The first group of `pattern`, found in the folded text and cut from the original."""
    found = pattern.search(fold(text))
    return text[found.start(1) : found.end(1)] if found else ""
