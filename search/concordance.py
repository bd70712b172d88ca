"""Keyword in context: every place where the words of a search stand, a line each."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from archive.models import Answer, Exchange
from search.engine.concordance import ContextSort, Line, concordance
from search.passages import published_rows
from search.results import SearchPage, address_of, needles

__all__ = ["ContextSort", "KeywordLine", "keyword_page", "keywords_in_context"]

PAGE_SIZE = 50
_AROUND = 30  # characters before and after


@dataclass(frozen=True, slots=True)
class KeywordLine:
    """One place, with what stands around it in the original characters."""

    before: str
    keyword: str
    after: str
    exchange: Exchange
    part: str  # "question" or "answer"
    who: str  # the outlet that asks, or the speaker; "" when not known
    url: str


def keywords_in_context(
    page: SearchPage, sort: ContextSort, start: int = 0, stop: int = PAGE_SIZE
) -> tuple[int, list[KeywordLine]]:
    """How many places there are, and the lines from `start` to `stop`. Two queries.

    Of words, the places are those of whole words as they were typed.
    """
    total, lines = concordance(page.matches, needles(page.query), sort, start, stop)
    rows = published_rows((line.part, line.pk) for line in lines)
    pairs = ((line, rows.get((line.part, line.pk))) for line in lines)
    return total, [_line(line, row, page) for line, row in pairs if row]


def keyword_page(
    page: SearchPage, sort: ContextSort, number: str
) -> tuple[Page[int], list[KeywordLine]]:
    """The lines of one page, and where it stands among the pages; the last when it is beyond."""
    wanted = int(number) if number.isdecimal() and len(number) < 7 else 1
    start = max(wanted - 1, 0) * PAGE_SIZE
    total, lines = keywords_in_context(page, sort, start, start + PAGE_SIZE)
    standing = Paginator(range(total), PAGE_SIZE).get_page(number)
    first = standing.start_index() - 1
    if total and first != start:
        _total, lines = keywords_in_context(page, sort, first, first + PAGE_SIZE)
    return standing, lines


def _line(line: Line, row: Exchange | Answer, page: SearchPage) -> KeywordLine:
    if isinstance(row, Exchange):
        text, exchange, who = row.question, row, str(row.outlet or row.asked_by)
    else:
        text, exchange, who = row.text, row.exchange, str(row.speaker or "")
    end = line.offset + line.length
    return KeywordLine(
        before=text[max(0, line.offset - _AROUND) : line.offset],
        keyword=text[line.offset : end],
        after=text[end : end + _AROUND],
        exchange=exchange,
        part=line.part,
        who=who,
        url=address_of(row, page.query, page.params.q),
    )
