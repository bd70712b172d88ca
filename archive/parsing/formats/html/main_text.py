"""The main text of a saved page: the transcript, without menus, footers and the like.

A page holds many lists of links and one long text. The text is the smallest element that holds
nearly all of what is prose and nearly all of the marks that somebody speaks.

trafilatura 2.3 (favor_recall) was tried on the four saved pages of the tests: it reads three well,
drops the title of one and puts its date last, and never says what it left out. Four pages are few;
more that are saved by editors should decide again.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.parsing.formats.html.blocks import Block, Region
from archive.text.han import HAN

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar toolbar dialog".split()
)
_FURNITURE_NAMES = frozenset(
    "nav navbar navigation menu menubar breadcrumb breadcrumbs crumb crumbs footer foot sidebar "
    "aside share sharing shares sharer social sns bdsharebuttonbox bshare related recommend "
    "recommended recommendation comment comments cookie cookies copyright pagination pager search "
    "searchbox login toolbar print subscribe newsletter promo skip advert ads banner masthead "
    "relnews rel xgnews xglj xgyd hot rank tuijian guanlian fenxiang dibu topbar location "
    "position editor-info bianji wzgn".split()
)
_NAME_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
# A block that begins so is likely to be part of a transcript.
_SPEAKER = re.compile(
    r"[^\w]{0,3}(?:Q[\s.:：]|A\s?[:：]|[A-Z][A-Z][A-Z .,'’-]{1,50}[:.]\s"
    r"|[（(]?(?:问|答|問|記者|记者)[)）]?\s?[:：]"
    r"|[^\s：:，。]{1,24}(?:记者|記者|기자|장관|대변인|大臣|発言人|发言人|發言人|主持人)\s?[:：]"
    r"|(?:Question|Answer|Moderator|Pregunta|Respuesta|Journaliste|Réponse|Spokes\w{3,8})\s?[:：]"
    r"|(?!(?:地址|电话|電話|邮编|来源|來源|日期|时间|時間|作者|编辑|责任|責任|联系|聯絡|版权|主办"
    rf"|承办|网站))[{HAN}·]{{2,6}}[:：])"
)
_IMPRINT = re.compile(
    r"©|copyright|all rights reserved|版权所有|版權所有|ICP备|ICP證|公网安备|网站标识码|主办单位|"
    r"网站地图|邮编|隐私|privacy policy|terms of use|浏览器",
    re.IGNORECASE,
)
# Short blocks that belong to the page wherever they stand.
_BUTTON = re.compile(
    r"\W{0,3}(?:分享到?|打印(?:本页|文本|此页)?|关闭(?:窗口|本页)?|字(?:号|体)|推荐(?:给朋友|阅读)?|"
    r"收藏|返回顶部|(?:阅读)?[上下]一[篇页]|扫一扫|纠错|相关(?:新闻|链接|阅读|文章|报道)|責任編輯|责任编辑|"
    r"编辑[:：]|您(?:的|当前)|当前位置|首页|share|print|e-?mail|tweet|related|back to top|"
    r"top of page|partager|imprimer|read more|see also|skip to)",
    re.IGNORECASE,
)
_LONGEST_BUTTON = 60
_SENTENCE = re.compile(r"[。！？；]|[.!?](?:\s|$)")
_DATE_OR_SOURCE = re.compile(r"\d{4}\s?[年./-]\s?\d{1,2}|来源|來源|source|\b(?:19|20)\d{2}\b", re.I)
_SHORTEST_PROSE = 20
_LINKS = 0.6  # a block of which more stands in links is no prose
# What the element has to hold of the page's prose and marks, and what a part of it may hold of
# them and be furniture.
_ENOUGH_PROSE, _ENOUGH_WITH_MARKS, _ENOUGH_MARKS, _FEW_MARKS = 0.85, 0.5, 0.95, 2
_FURNITURE_SHARE = 0.2


def main_blocks(blocks: Sequence[Block], regions: Sequence[Region], title: str) -> list[int]:
    """The indices of the blocks that are title, date and transcript."""
    marks = [int(_is_mark(block)) for block in blocks]
    prose = [_prose(block, mark) for block, mark in zip(blocks, marks, strict=True)]
    furniture = _furniture(regions, prose, marks)
    if not any(size for at, size in enumerate(prose) if at not in furniture):
        return [at for at, block in enumerate(blocks) if not block.hidden]
    prose = [0 if at in furniture else size for at, size in enumerate(prose)]
    marks = [0 if at in furniture else mark for at, mark in enumerate(marks)]
    region = _main_region(regions, prose, marks)
    last = max(at for at in range(region.start, region.end) if prose[at])
    inside = [
        at
        for at in range(region.start, region.end)
        if at not in furniture and not _is_button(blocks[at], marks[at], behind=at > last)
    ]
    front = range(_title_at(blocks, region.start, furniture, title), region.start)
    return [*_head(blocks, front, furniture, marks), *inside]


def _is_mark(block: Block) -> bool:
    """Whether somebody begins to speak in a block."""
    return not block.hidden and not _names_button(block) and bool(_SPEAKER.match(block.text))


def _names_button(block: Block) -> bool:
    return len(block.text) <= _LONGEST_BUTTON and _BUTTON.match(block.text) is not None


def _prose(block: Block, mark: int) -> int:
    """How many characters of running text a block counts for."""
    size = len(block.text)
    if block.hidden or _IMPRINT.search(block.text[:500]) or (block.linked > _LINKS and not mark):
        return 0
    if size < _SHORTEST_PROSE and not mark and not _SENTENCE.search(block.text):
        return 0
    return size


def _furniture(regions: Sequence[Region], prose: Sequence[int], marks: Sequence[int]) -> set[int]:
    """The blocks in elements that call themselves menu or footer and hold little text."""
    sizes, speakers = _sums(prose), _sums(marks)
    found: set[int] = set()
    covered = 0
    for region in regions:
        if region.end <= covered or not _looks_like_furniture(region):
            continue
        share = (sizes[region.end] - sizes[region.start]) / max(sizes[-1], 1)
        marked = speakers[region.end] - speakers[region.start]
        if share <= _FURNITURE_SHARE and marked <= speakers[-1] * _FURNITURE_SHARE:
            found.update(range(max(region.start, covered), region.end))
            covered = region.end
    return found


def _looks_like_furniture(region: Region) -> bool:
    if region.tag in _FURNITURE_TAGS or region.role in _FURNITURE_ROLES:
        return True
    parts = _NAME_PARTS.split(region.names) if region.names else ()
    return any(part.lower() in _FURNITURE_NAMES for part in parts)


def _main_region(regions: Sequence[Region], prose: Sequence[int], marks: Sequence[int]) -> Region:
    sizes, speakers = _sums(prose), _sums(marks)
    marked = speakers[-1] >= _FEW_MARKS
    enough = sizes[-1] * (_ENOUGH_WITH_MARKS if marked else _ENOUGH_PROSE)

    def holds_it(region: Region) -> bool:
        within = speakers[region.end] - speakers[region.start]
        return (
            sizes[region.end] - sizes[region.start] >= enough
            and within >= speakers[-1] * _ENOUGH_MARKS
        )

    # Regions come from the outside in, and of two that hold the same the outer one is taken: it
    # is the inner one with its title.
    fitting = [region for region in regions if holds_it(region)]
    return min(fitting, key=lambda region: region.end - region.start)


def _title_at(blocks: Sequence[Block], start: int, furniture: set[int], title: str) -> int:
    """Where the title stands in front of block `start`; `start` when it does not."""
    before = [at for at in range(start - 1, -1, -1) if at not in furniture]
    named = (at for at in before if title and blocks[at].text == title)
    headed = (at for at in before if blocks[at].heading in (1, 2))
    return next(named, next(headed, start))


def _head(
    blocks: Sequence[Block], places: range, furniture: set[int], marks: Sequence[int]
) -> Iterator[int]:
    """Title, date and source that stand between the page's title and its text."""
    for at in places:
        block = blocks[at]
        if at in furniture or _is_button(block, marks[at], behind=False):
            continue
        if at == places[0] or _DATE_OR_SOURCE.search(block.text) or _prose(block, marks[at]):
            yield at


def _is_button(block: Block, mark: int, *, behind: bool) -> bool:
    """Whether a block is a list's link, a button or, `behind` the text, an imprint."""
    if block.hidden:
        return True
    if mark or block.heading == 1:
        return False
    if block.linked > 0.8 or (behind and block.linked > 0.4):
        return True
    return _names_button(block) or (behind and _IMPRINT.search(block.text) is not None)


def _sums(values: Sequence[int]) -> list[int]:
    return list(accumulate(values, initial=0))
