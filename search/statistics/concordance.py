"""Keyword in context: every place where the words of a search stand, a line each."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from search.engine.protocol import ContextSort, Occurrence
from search.passages import Passage, passages
from search.results import SearchPage, address_of, literal_terms

PAGE_SIZE = 50
_AROUND = 30  # characters before and after


@dataclass(frozen=True, slots=True)
class KeywordLine:
    """One place, with what stands around it in the original characters."""

    before: str
    keyword: str
    after: str
    passage: Passage
    url: str


def keywords_in_context(
    page: SearchPage, sort: ContextSort, start: int = 0, stop: int = PAGE_SIZE
) -> tuple[int, list[KeywordLine]]:
    """How many places there are, and the lines from `start` to `stop`. One query.

    Of words, the places are those of whole words as they were typed.
    """
    total, lines = page.matches.context(literal_terms(page.query), sort, start, stop)
    read = passages((line.part, line.pk) for line in lines)
    pairs = ((line, read.get((line.part, line.pk))) for line in lines)
    return total, [_line(line, passage, page) for line, passage in pairs if passage]


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


def _line(line: Occurrence, passage: Passage, page: SearchPage) -> KeywordLine:
    text, end = passage.text, line.offset + line.length
    return KeywordLine(
        before=text[max(0, line.offset - _AROUND) : line.offset],
        keyword=text[line.offset : end],
        after=text[end : end + _AROUND],
        passage=passage,
        url=address_of(passage, page.query, page.params.q),
    )
