"""Runs a query tree against an index: every matching part, with what it belongs to."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from whoosh import query as whoosh_query
from whoosh.searching import SearchContext

from search import query
from search.analysis import words
from search.engine.phrases import PhraseQuery
from search.engine.schema import CONTENT, EXACT, PARTS
from search.engine.searcher import PartsSearcher

# What an exact run of all the words adds to a score: more than any BM25 score is, so that parts
# with the run come first and are ranked among themselves.
_EXACT_RUN = 1000.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a part must belong to. None, or the empty part, means any."""

    part: str = ""  # "question" or "answer"
    outlet: int | None = None
    speaker: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One part that matches."""

    part: str
    pk: int  # of the Exchange whose question it is, or of the Answer
    conference: int
    exchange: int
    day: int  # 20200524
    place: int  # order within the conference
    score: float
    occurrences: int


def find(searcher: PartsSearcher, tree: query.Node, filters: Filters) -> list[Match]:
    """Every part that matches `tree` and `filters`, in no order."""
    compiled = _compile(tree)
    counted = _counted_terms(tree)
    matches: list[Match] = []
    for leaf, _offset in searcher.leaf_searchers():
        context = SearchContext(needs_current=True, weighting=searcher.weighting)
        matcher = compiled.matcher(leaf, context)
        allowed = _allowed(leaf, filters)
        while matcher.is_active():
            doc = matcher.id()
            if allowed(doc):
                occurrences = sum(_weights(matcher, doc, counted))
                matches.append(_match(leaf, doc, matcher.score(), occurrences))
            matcher.next()
    return matches


def _compile(node: query.Node) -> Any:
    match node:
        case query.Phrase(text):
            return PhraseQuery(EXACT, text, length_field=CONTENT)
        case query.Everything():
            return whoosh_query.Every()
        case query.And(children):
            return whoosh_query.And([_compile(child) for child in children])
        case query.Words(text):
            terms = dict.fromkeys(word.text for word in words(text))
            required = whoosh_query.And([whoosh_query.Term(CONTENT, term) for term in terms])
            run = PhraseQuery(EXACT, text, length_field=CONTENT, bonus=_EXACT_RUN)
            return whoosh_query.AndMaybe(required, run)


def _counted_terms(node: query.Node) -> frozenset[tuple[str, str | bytes]]:
    """The terms whose occurrences are counted: phrases, and words that are no part of a word.

    jieba's search mode gives 国家, 安全 and 国家安全 for one 国家安全 in the text.
    """
    match node:
        case query.Phrase(text):
            return frozenset({(EXACT, PhraseQuery(EXACT, text, length_field=CONTENT).phrase)})
        case query.Everything():
            return frozenset()
        case query.And(children):
            return frozenset().union(*map(_counted_terms, children))
        case query.Words(text):
            found = list(words(text))
            whole = (
                word.text
                for word in found
                if not any(
                    other != word and other.start <= word.start and word.end <= other.end
                    for other in found
                )
            )
            return frozenset((CONTENT, term.encode()) for term in whole)


def _weights(matcher: Any, doc: int, counted: frozenset[tuple[str, str | bytes]]) -> Iterator[int]:
    for leaf in matcher.term_matchers():
        if leaf.term() in counted and leaf.is_active() and leaf.id() == doc:
            yield round(leaf.weight())


def _allowed(leaf: PartsSearcher, filters: Filters) -> Callable[[int], bool]:
    """A test of one document of `leaf` against `filters`."""
    tests: list[tuple[Any, Callable[[int], bool]]] = []
    if filters.part:
        tests.append((leaf.numbers("part"), PARTS.index(filters.part).__eq__))
    for name, wanted in (("outlet", filters.outlet), ("speaker", filters.speaker)):
        if wanted is not None:
            tests.append((leaf.numbers(name), wanted.__eq__))
    if filters.since:
        tests.append((leaf.numbers("day"), day_number(filters.since).__le__))
    if filters.until:
        tests.append((leaf.numbers("day"), day_number(filters.until).__ge__))
    return lambda doc: all(test(column[doc]) for column, test in tests)


def day_number(day: dt.date) -> int:
    """24 May 2020 as 20200524."""
    return day.year * 10_000 + day.month * 100 + day.day


def _match(leaf: PartsSearcher, doc: int, score: float, occurrences: int) -> Match:
    part = PARTS[leaf.numbers("part")[doc]]
    return Match(
        part=part,
        pk=leaf.numbers("row")[doc],
        conference=leaf.numbers("conference")[doc],
        exchange=leaf.numbers("exchange")[doc],
        day=leaf.numbers("day")[doc],
        place=leaf.numbers("place")[doc],
        score=score,
        occurrences=occurrences,
    )
