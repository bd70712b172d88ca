"""Headings: each paragraph before the first speaker is title, headline, note, place or lead. Pure.

Every paragraph ends up in one of them whole, so no character of a heading is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archive.parsing.cleanup import close_gaps, is_finished, join_broken, join_pieces
from archive.parsing.dates.patterns import is_only_a_date
from archive.parsing.records import Paragraph
from archive.text.folding import fold, squeeze
from archive.text.han import HAN

# Over the text on a page with several sections; nobody's title.
_SECTION = re.compile(r"(?:#+\s)?(?:全文|正文|(?:文字|全文)?实录|transcript|noon briefings?)")
Kind = Literal["line", "note", "place", "text"]

# Patterns read folded text (simplified, half width, lower case).
_DAY = r"[0-9一二三四五六七八九十]{1,3}\s?月\s?[0-9一二三四五六七八九十]{1,3}\s?日"
DATELINE = re.compile(
    rf"[(【\[]?据?\s?([{HAN}]{{1,12}}?(?:社|报|网|台))[{HAN}]{{0,10}}?\s?"
    # Without a day the word has to end there: 全社会用电量 is no dateline.
    rf"(?:{_DAY}[电讯]|[电讯](?=[\s(,:)\]】]|$))"
    rf"|[(【\[]\s?([{HAN}]{{1,12}}?(?:社|报|网|台|新闻|客户端))[{HAN}]{{0,6}}?(?:报道|消息|讯)\s?[)】\]]"
)
_AMERICAN_TOWN = re.compile(r"[A-Z][A-Za-z]*(?:[ .'’-]{1,2}[A-Za-z]+){0,4}, (?:[A-Z]{2}|D\.C\.)")
_LABELLED = re.compile(
    r"(?:消息来源|来源|发布时间|发布日期|时间|日期|地点|责任编辑|编辑|作者|date|time|venue|place"
    r"|location|source|published|updated|where|when|fecha|lugar|lieu|datum|ort|场所|日时|日시"
    r"|일시|장소|등록일|작성일)\s{0,2}:"
    r"|[-*]\s[^:\s][^:]{0,24}:"  # - 数据源：un
    r"|[0-9]{4}\s?[-年/.][^:]{0,20}(?::[0-9]{2}){0,2}\s{0,4}来源\s?:"
    r"|(?:新华[网社]|人民网|中新[网社]|中国新闻网|央视网|环球网|外交部网站|中国政府网|国新网)\s*$"
)
_ORIGINAL_TITLE = re.compile(r"\(?原标题\s?[: ]\s{0,3}(?=\S)")
# Washington, DC · Rio de Janeiro, Brazil
_TOWN = re.compile(r"[A-Z][^\W\d_]*(?:[ .'’-]{1,2}[^\W\d_]+){0,4}, [A-Z][\w. ]{1,30}")
_HOUR = re.compile(
    r"\(?(?:begin |start |at )?[0-9]{1,2}[:.h]?[0-9]{2}\s?(?:[ap]\.?\s?m\.?)?"
    r"(?:\s?\(?(?:local|[a-z]{1,4})\)?)?(?:\s?time)?[).]{0,2}"
)
_RELEASE = re.compile(
    r"(?:the white house|office of the (?:vice president|press secretary|first lady)"
    r"|office of the spokesperson|for immediate release|immediate release|embargoed)\b"
    r".{0,80}|[\W_]{1,80}|#{3,}|end"
)
_PLACE = re.compile(
    r"(?:via|by) (?:tele\w{1,12}|conference call|video\w{0,12}|zoom|webex|phone)"
    r"|aboard (?:air force|marine) (?:one|two)\b.{0,80}|en route .{0,80}"
    r"|.{0,60}\b(?:briefing room|press room|east room|south lawn|north lawn|rose garden"
    r"|oval office|roosevelt room|cabinet room|state dining room|press theater|press center"
    r"|auditorium)\b.{0,40}"
    r"|held (?:in|at|on board) .{1,80}"
)
_HELD = re.compile(r"held (?:in|at) ", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(.{4,120}\)")
_FOLLOWS = re.compile(r"(?:如下|follows|below|suit|siguiente|folgt)\s?:$")
# A line may end with `Washington, D.C.` and be no sentence.
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:Jr|Sr|Inc|Dr|St|No|Mass|Calif|Fla|Pa|Va|Md))\.$")
_MARKDOWN = re.compile(r"^#{1,6}\s+(?=\S)")
# `Title — Name of the site`
_SITE = re.compile(r"\s{0,3}(?:\s[—–|-]{1,2}\s|[_|｜])\s{0,3}(?=[^—–|_｜]{2,60}$)")
_GOES_ON = re.compile(r"(?:by|of|on|at|in|for|with|to|and|from|following|after)\s", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"\b(?:briefing|conference|remarks|gaggle|statement|interview|call|secretary|president|minister"
    r"|spokes(?:person|man|woman)|officials?|director|ambassador|by)[ ,]"
)
_HEADLINES, _HEADLINE_LENGTH, _SHORTEST_TITLE = 8, 200, 6
_PLACE_LENGTH, _NOTE_LENGTH, _LEAD_LENGTH = 80, 130, 5000
_PARAGRAPHS = 300  # no heading has more; the rest of a huge file is text


@dataclass(frozen=True, slots=True)
class Heading:
    """The paragraphs before the first speaker, told apart."""

    title: str
    headline: str
    lines: tuple[Paragraph, ...]  # what title and headline are made of
    notes: tuple[Paragraph, ...]  # dates, hours, sources and places, as printed
    texts: tuple[Paragraph, ...]  # sentences, broken ones joined
    venue: str  # the places, without `Held in`
    site: str  # the site's name that was printed behind the title

    @property
    def lead(self) -> str:
        """Notes and texts, a line each."""
        return "\n".join(p.text for p in (*self.notes, *self.texts))


def read_heading(paragraphs: Sequence[Paragraph], stated_title: str = "") -> Heading:
    """Tell the paragraphs before the first speaker apart; `stated_title` is the file's own."""
    kinds = _kinds(paragraphs, titled=bool(stated_title))
    of = {kind: [p for p, k in zip(paragraphs, kinds, strict=True) if k == kind] for kind in _ALL}
    lines, places = of["line"], of["place"]
    texts = [_spaced(paragraph) for paragraph in join_broken(of["text"])]
    notes = [p for p, kind in zip(paragraphs, kinds, strict=True) if kind in ("note", "place")]
    if stated_title:
        title, site = stated_title, ""
        headline, repeated = _beside(lines, stated_title)
    else:
        title, headline, repeated = _title_and_headline(lines, "\n".join(p.text for p in texts))
        title, site = _without_site(title, texts)
    extra = [Paragraph(site, lines[0].line)] if site else []
    return Heading(
        title=title or original_title(notes),
        headline=headline,
        lines=tuple(lines),
        notes=(*extra, *repeated, *notes),
        texts=tuple(texts),
        venue=", ".join(_HELD.sub("", p.text).strip("* ") for p in places),
        site=site.strip(" —–-|_｜"),
    )


_ALL: tuple[Kind, ...] = ("line", "note", "place", "text")


def dateline_end(text: str) -> int:
    """Where the dateline at the start of `text` ends; 0 when there is none."""
    found = DATELINE.match(fold(text[:_NOTE_LENGTH]))
    return found.end() if found else 0


def _kinds(paragraphs: Sequence[Paragraph], *, titled: bool) -> list[Kind]:
    kinds: list[Kind] = []
    in_text = False
    for at, paragraph in enumerate(paragraphs):
        kind: Kind = _kind(paragraph) if at < _PARAGRAPHS else "text"
        in_text = in_text or kind == "text"
        kinds.append("text" if in_text and kind == "line" and not _level(paragraph) else kind)
    if kinds.count("line") == 1 and "text" not in kinds:
        at = kinds.index("line")
        # The first question was asked within this sentence: 在例行记者会上，有记者问：
        broken_off = paragraphs[at].text.endswith(("，", ",")) and not _level(paragraphs[at])
        kinds[at] = "text" if broken_off else "line"
    _find_places(paragraphs[:_PARAGRAPHS], kinds, titled=titled)
    return kinds


def _kind(paragraph: Paragraph) -> Kind:
    text = paragraph.text
    if _SECTION.fullmatch(fold(text[:_PLACE_LENGTH])):
        return "note"
    if _level(paragraph):
        return "line"
    folded = fold(text[: _NOTE_LENGTH + 1])
    if len(text) <= _NOTE_LENGTH and (_is_note(folded) or is_only_a_date(text)):
        return "note"
    if len(text) <= _PLACE_LENGTH and _PLACE.fullmatch(folded):
        return "place"
    if _LABELLED.match(folded) or _ORIGINAL_TITLE.match(folded):
        return "note"
    finished = is_finished(text) and not _ABBREVIATED.search(text)
    return "text" if finished or dateline_end(text) or _FOLLOWS.search(fold(text[-30:])) else "line"


def _is_note(folded: str) -> bool:
    if _HOUR.fullmatch(folded) or _RELEASE.fullmatch(folded):
        return True
    # （令和5年6月20日（火曜日）11時20分 於:本省会見室）
    return ("月" in folded or ":" in folded) and _IN_BRACKETS.fullmatch(folded) is not None


def _find_places(paragraphs: Sequence[Paragraph], kinds: list[Kind], *, titled: bool) -> None:
    """The short lines right before the hour of the White House's transcripts say where."""
    marked = titled or any(_level(paragraph) for paragraph in paragraphs)
    first = 0 if marked else kinds.index("line") + 1 if "line" in kinds else 0
    hours = (at for at, p in enumerate(paragraphs) if _HOUR.fullmatch(fold(p.text[:40])))
    at = next(hours, 0) - 1
    if at < 0 and "line" in kinds:
        at = max(n for n, kind in enumerate(kinds) if kind == "line")  # none behind _PARAGRAPHS
        town = _TOWN if marked else _AMERICAN_TOWN
        at = at if town.fullmatch(paragraphs[at].text) else -1
    if at >= first and _AMERICAN_TOWN.fullmatch(paragraphs[at].text):
        kinds[at] = "place"
    while at >= first and (kinds[at] == "place" or _may_be_place(paragraphs[at], kinds[at])):
        kinds[at] = "place"
        at -= 1


def _may_be_place(paragraph: Paragraph, kind: Kind) -> bool:
    text = paragraph.text
    short = kind == "line" and not _level(paragraph) and len(text) <= _PLACE_LENGTH
    return short and not text.isupper() and not _NO_PLACE.search(fold(text) + " ")


def _level(paragraph: Paragraph) -> int:
    """1 to 6 for a heading, by markup or by Markdown's number signs; 0 for text."""
    if paragraph.heading:
        return paragraph.heading
    found = _MARKDOWN.match(paragraph.text)
    return found[0].count("#") if found else 0


def _beside(lines: Sequence[Paragraph], title: str) -> tuple[str, list[Paragraph]]:
    """The headline where the file states its title elsewhere, and lines that say that title again.

    One line that is the title to the letter is in neither: the title holds it.
    """
    whole = squeeze(title)
    bare = [replace(p, text=_MARKDOWN.sub("", p.text, count=1)) for p in lines]
    again = [
        p for p in bare if squeeze(p.text) == whole or (_level(p) and squeeze(p.text) in whole)
    ]
    left = [p for p in bare if p not in again]
    joined = join_pieces(p.text for p in left)
    if squeeze(joined) in whole:
        again, joined = bare, ""
    itself = next((p for p in again if p.text.split() == title.split()), None)
    return joined, [p for p in again if p is not itself]


def _title_and_headline(lines: Sequence[Paragraph], lead: str) -> tuple[str, str, list[Paragraph]]:
    """Title, headline, and lines that only print the title again."""
    bare = [_MARKDOWN.sub("", p.text, count=1) for p in lines]
    marked = _marked(lines, bare)
    again = {at for at in marked[1:] if squeeze(bare[at]) == squeeze(bare[marked[0]])}
    chosen = (
        marked[:1]
        or _lines_inside(bare, squeeze(lead[:_LEAD_LENGTH]))
        or _alternate_lines(bare)
        or _first_lines(bare)
    )
    title = join_pieces(bare[at] for at in chosen)
    others = (line for at, line in enumerate(bare) if at not in again and at not in chosen)
    return title, join_pieces(others), [replace(lines[at], text=bare[at]) for at in sorted(again)]


def _marked(lines: Sequence[Paragraph], bare: Sequence[str]) -> list[int]:
    """The heading of the first level, printed once or more; or the only heading there is."""
    levels = [_level(paragraph) for paragraph in lines]
    for wanted in ([1], [1, 2, 3, 4, 5, 6]):
        found = [at for at, level in enumerate(levels) if level in wanted]
        if len({squeeze(bare[at]) for at in found}) == 1:
            return found
    return []


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


def _first_lines(lines: Sequence[str]) -> list[int]:
    """The first line, with those that go on with it: PRESS BRIEFING / BY PRESS SECRETARY …"""
    end = 1
    while end < min(len(lines), _HEADLINES) and _GOES_ON.match(lines[end]):
        end += 1
    return list(range(min(end, len(lines))))


def _without_site(title: str, texts: Sequence[Paragraph]) -> tuple[str, str]:
    """The title and what a web page puts behind it, when the text repeats the one alone."""
    found = _SITE.search(title)
    if found and len(title) <= _HEADLINE_LENGTH:
        alone = title[: found.start()]
        said = squeeze("\n".join(p.text[:_LEAD_LENGTH] for p in texts[:3]))
        if len(alone) >= _SHORTEST_TITLE and squeeze(alone) in said:
            return alone, title[found.start() :].strip()
    return title, ""


def original_title(paragraphs: Sequence[Paragraph]) -> str:
    """What `原标题：` in one of these paragraphs says, or ""."""
    for paragraph in paragraphs:
        if found := _ORIGINAL_TITLE.match(fold(paragraph.text[:20])):
            title = paragraph.text[found.end() : _HEADLINE_LENGTH]
            return title.rstrip(")） ") if found[0].startswith("(") else title
    return ""


def _spaced(paragraph: Paragraph) -> Paragraph:
    """Without stray gaps; the space after `据新华社北京5月24日电` is printed on purpose."""
    text = paragraph.text
    end = dateline_end(text)
    gap = " " if text[end : end + 1].isspace() else ""
    spaced = close_gaps(text[:end]) + gap + close_gaps(text[end:].lstrip())
    return Paragraph(spaced, paragraph.line)
