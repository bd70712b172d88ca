"""The protocol of an engine: all that the rest of the program may ask of what holds the index.

Plain values cross it and the records below, nothing else; what would be large stays behind lazy
methods (Matches, Subcorpus, IndexContents). docs/search.md says how another engine is added.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from search.query import parser

Sort = Literal["relevance", "newest", "oldest"]
Step = Literal["year", "month"]
ContextSort = Literal["date", "before", "after"]

# The parts there are; a fact is the place in this list.
PARTS = ("question", "answer")


class PartFacts(NamedTuple):
    """What one part belongs to. Numbers are primary keys; 0 stands for nobody."""

    conference: int
    exchange: int
    outlet: int
    speaker: int
    day: int  # 20200524
    part: int  # in PARTS
    place: int  # orders the parts of one conference as they were said
    row: int  # of the Exchange whose question it is, or of the Answer
    length: int  # characters


class Part(NamedTuple):
    """One searchable piece of text."""

    text: str
    facts: PartFacts


class PreparedPart(NamedTuple):
    """A part that can be written, with the words it is found by."""

    part: Part
    words: list[str]


@dataclass(frozen=True, slots=True)
class Only:
    """Parts with one of these values of a fact, or a value between two. A resolved Field."""

    fact: str
    values: tuple[int, ...] = ()
    between: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AnyWords:
    """At least one of these words: what Words becomes when no part has them all."""

    text: str


# What an engine runs: a query tree whose fields are resolved.
ResolvedNode = parser.Node | Only | AnyWords


class Match(NamedTuple):
    """One part that matches."""

    part: str  # "question" or "answer"
    pk: int  # of the Exchange whose question it is, or of the Answer
    score: float
    occurrences: int


class Counts(NamedTuple):
    """How often, in how many of each. Exact, whatever a page shows."""

    occurrences: int
    parts: int
    exchanges: int
    conferences: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month of the timeline."""

    period: int  # 2020, or 202005
    questions: int  # occurrences
    answers: int
    question_characters: int  # spoken in that period, whatever was said
    answer_characters: int


class Occurrence(NamedTuple):
    """One place in its context. `offset` and `length` are in characters of the part's text."""

    part: str
    pk: int
    offset: int
    length: int


class WordCount(NamedTuple):
    """A word in its indexed form, in how many parts it is, and one of these."""

    text: str
    parts: int
    part: int  # in PARTS
    row: int


@dataclass(frozen=True, slots=True)
class WordUse:
    """How often somebody uses a word, beside all others."""

    count: int
    elsewhere: int
    parts: int  # of theirs that have it
    row: int  # of one of these; 0 where there is none


def day_number(day: dt.date) -> int:
    """24 May 2020 as 20200524."""
    return day.year * 10_000 + day.month * 100 + day.day


def date_of(number: int) -> dt.date:
    """20200524 as 24 May 2020."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


class Matches(Protocol):
    """The parts that match a query and its filters; their number is len()."""

    def __len__(self) -> int: ...

    @property
    def counts(self) -> Counts: ...

    def facet(self, name: str) -> dict[int, int]:
        """Parts for each value of a fact ("year" too), most first; its own filter left aside."""

    def page(self, sort: Sort, start: int, stop: int) -> list[Match]:
        """The matches from `start` to before `stop` in that order. Ties: newest, then as said."""

    def first_and_last(self) -> list[Match]:
        """What was said first and what last, as they were said; nothing where nothing matches."""

    def days(self) -> list[int]:
        """The days on which there is a match, in order, as 20200524."""

    def speakers(self) -> int:
        """How many speakers have an answer that matches."""

    def timeline(self, step: Step) -> list[Bar]:
        """Occurrences for each period with a match, beside all that was said in it."""

    def context(
        self, needles: Sequence[str], sort: ContextSort, start: int, stop: int
    ) -> tuple[int, list[Occurrence]]:
        """How many places `needles` (folded) have in what matches, and those from `start` to
        before `stop`: by date, or by the characters after or before, nearest first."""


class Subcorpus(Protocol):
    """What an outlet asked or a speaker answered, beside what all others asked or answered."""

    def state(self) -> tuple[object, ...]:
        """Another one when theirs is indexed anew, or all others said twice as much."""

    def lengths(self) -> tuple[int, int]:
        """How many words they said, and all others."""

    def distinctive_words(self, *, sample: int, limit: int) -> dict[str, float]:
        """`limit` words or more that they may use more than others do, with an estimate of how
        telling each is, from `sample` words of theirs."""

    def use_of(self, word: str) -> WordUse:
        """A word counted in every part that has it."""


class IndexContents(Protocol):
    """What an index held at one moment, by conference, to be compared with the database."""

    def conferences(self) -> list[int]: ...

    def facts_of(self, conference: int) -> list[PartFacts]:
        """Those of every part of the conference; a part that is there twice comes twice."""

    def holds(self, part: Part) -> bool:
        """Whether it has every character and every word of `part`, and finds it by them."""


class IndexChanges(Protocol):
    """Changes that become visible together, or not at all."""

    def replace(self, conference: int, parts: Iterable[PreparedPart]) -> None:
        """Put `parts` in the place of all that there is of the conference."""


class NewIndex(Protocol):
    """An index beside the one in use, which nobody asks before it is swapped in."""

    def changes(self) -> AbstractContextManager[IndexChanges]: ...

    def contents(self) -> IndexContents: ...

    def swap_in(self) -> None:
        """Use it from now on, and keep the one before it."""

    def discard(self) -> None: ...


class Engine(Protocol):
    """What holds the index. Where nothing else is said a method raises IndexUnavailable when
    there is no index that may be asked, and IndexUnreadable when the system denies it."""

    def state(self) -> str:
        """A name of what the index holds now, another one after each commit."""

    def find(
        self,
        node: ResolvedNode,
        filters: Mapping[str, Only] | None = None,
        together: Sequence[str] = (),
        hidden: Sequence[int] = (),
    ) -> Matches:
        """Every part that matches, but of `hidden` conferences, which count no more. Filters are by
        the name of what they filter, so that a facet can leave its own aside; `together` are folded
        words that do better to stand close to each other."""

    def passages_of(self, fact: str) -> dict[int, int]:
        """How many parts there are of each value of a fact."""

    def words_beginning_with(
        self, prefix: str, *, limit: int, besides: frozenset[str]
    ) -> list[WordCount]:
        """The most frequent words of two letters or more, some `limit`, but those of `besides`."""

    def subcorpus(self, fact: Literal["outlet", "speaker"], pk: int) -> Subcorpus:
        """The questions of an outlet, or the answers of a speaker."""

    def contents(self) -> IndexContents: ...

    def prepare(self, parts: Iterable[Part]) -> list[PreparedPart]:
        """The parts of one conference, ready to be written. Needs no index. Raises ValueError or
        OverflowError where the index cannot hold one."""

    def writing(self, *, seconds: float) -> AbstractContextManager[None]:
        """The lock of the one writer, waited for up to `seconds`; for all that follows here. Raises
        IndexBusy, and IndexUnreadable where this process may not write."""

    def changes(self) -> AbstractContextManager[IndexChanges]:
        """Changes to the index in use, committed at the end."""

    def create(self, names: Iterable[str]) -> NewIndex:
        """A new, empty index, in which `names` are kept whole as words. Needs no index."""
