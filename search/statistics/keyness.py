"""Words that somebody uses more often than all others do: by Dunning's log-likelihood.

Counted in the index when they are asked for, and remembered for an hour at most (with the page that
shows them for a day), unless what is theirs in the index changes. So what is shown is exact; which
words are the most telling is as it was when they were counted, and only those that a quick estimate
finds are looked at closely.
"""

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from django.core.cache import caches
from django.urls import reverse
from django.utils.http import urlencode

from archive.extension_points import RecurringWord
from archive.models import Answer, Exchange, Outlet, Speaker
from archive.text.folding import fold
from search.analysis import is_han, whole_words, words
from search.engine import engine
from search.engine.errors import IndexUnavailable
from search.engine.protocol import PARTS, Subcorpus

SHOWN = 20
LEAST = 3  # occurrences, in two parts or more
_CERTAIN = 10.83  # of log-likelihood: by chance once in a thousand
_LOOKED_AT = 64  # words whose occurrences are counted one by one
_SAMPLE = 150_000  # words read to find those; of more every n-th part is read
_WITHIN = 0.8  # a word that is this often part of another is not shown itself

_STOPWORDS = Path(__file__).parents[1] / "data" / "stopwords.txt"
_LATIN = re.compile(r"[a-z][a-z.'-]+")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word in its indexed form, and how telling it is."""

    text: str
    count: int
    elsewhere: int
    score: float
    part: int  # the row in the database of one part that has it


def recurring_words(row: Outlet | Speaker) -> list[RecurringWord] | None:
    """The words of an outlet's questions, or of a speaker's answers; None when there is no index
    that may be asked. Up to two queries."""
    kind, part = _kind(type(row)), "question" if isinstance(row, Outlet) else "answer"
    try:
        theirs = engine().subcorpus(kind, row.pk)
    except IndexUnavailable:
        return None  # the search page says what is wrong; a profile is worth reading without
    found = _keywords(theirs, kind, row.pk, _names(row))
    at = PARTS.index(part)
    printed = as_printed({word.text: (at, word.part) for word in found})
    address = {"in": part, kind: row.slug, "sort": "newest"}
    return [
        RecurringWord(
            text=printed[word.text],
            count=word.count,
            elsewhere=word.elsewhere,
            url=f"{reverse('search:search')}?{urlencode({'q': printed[word.text], **address})}",
        )
        for word in found
        if word.text in printed
    ]


def words_state(model: type[Outlet | Speaker], pk: int) -> tuple[Any, ...]:
    """Another one whenever recurring_words() may answer something else."""
    try:
        return engine().subcorpus(_kind(model), pk).state()
    except IndexUnavailable:
        return ()


def _kind(model: type[Outlet | Speaker]) -> Literal["outlet", "speaker"]:
    return "outlet" if issubclass(model, Outlet) else "speaker"


def _names(row: Outlet | Speaker) -> frozenset[str]:
    """What somebody is called, which says nothing about what they talk of."""
    names = {row.name, row.name_en}
    if isinstance(row, Outlet):
        names.update(row.aliases.values_list("name", flat=True))
    return frozenset(fold(name) for name in names)


def _keywords(theirs: Subcorpus, kind: str, pk: int, names: frozenset[str]) -> list[Keyword]:
    """What _found_in() answers, remembered until something of theirs is indexed anew."""
    facts = repr([kind, pk, sorted(names), theirs.state()]).encode()
    key = hashlib.sha256(facts).hexdigest()
    found: list[Keyword] | None = caches["words"].get(key)
    if found is None:
        found = _found_in(theirs, names)
        if found:  # none may be because there is nobody to compare with yet
            caches["words"].set(key, found)
    return found


def _found_in(theirs: Subcorpus, names: frozenset[str]) -> list[Keyword]:
    """The most telling words, the most telling first."""
    if not all(theirs.lengths()):
        return []  # nobody to compare with
    found = (_keyword(word, theirs) for word in _candidates(theirs, names))
    telling = sorted(
        (word for word in found if word is not None), key=lambda word: (-word.score, word.text)
    )
    counts = {word.text: word.count for word in telling}
    whole = without_pieces(counts, lambda piece, word: piece in word)
    return [word for word in telling if word.text in whole][:SHOWN]


def _candidates(theirs: Subcorpus, names: frozenset[str]) -> list[str]:
    """Words that may be telling: those with the highest estimate."""
    estimates = theirs.distinctive_words(sample=_SAMPLE, limit=3 * _LOOKED_AT)
    by_estimate = sorted(estimates, key=lambda word: (-estimates[word], word))
    return list(islice((word for word in by_estimate if _may_be_shown(word, names)), _LOOKED_AT))


def _may_be_shown(word: str, names: frozenset[str]) -> bool:
    if len(word) < 2 or word in stopwords() or any(word in name for name in names):
        return False
    if not is_han(word) and not _LATIN.fullmatch(word):
        return False
    # What jieba cuts in another way when it stands alone would not be found by its link.
    return [one.text for one in whole_words(word)] == [word]


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Words that tell nothing, in their indexed form."""
    return frozenset(fold(_STOPWORDS.read_text(encoding="utf-8")).split())


def _keyword(word: str, theirs: Subcorpus) -> Keyword | None:
    """`word` counted in every part that has it; None when it does not tell enough."""
    use, (said, elsewhere) = theirs.use_of(word), theirs.lengths()
    if use.count < LEAST or use.parts < 2 or use.count * elsewhere <= use.elsewhere * said:
        return None
    score = log_likelihood(use.count, use.elsewhere, said, elsewhere)
    return Keyword(word, use.count, use.elsewhere, score, use.row) if score >= _CERTAIN else None


def log_likelihood(count: int, elsewhere: int, said: int, said_elsewhere: int) -> float:
    """Dunning's G² of a word said `count` times in `said` words, and otherwise elsewhere."""
    rate = (count + elsewhere) / (said + said_elsewhere)
    terms = ((count, said * rate), (elsewhere, said_elsewhere * rate))
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in terms if seen)


def without_pieces(counts: Mapping[str, int], is_piece: Callable[[str, str], bool]) -> list[str]:
    """Words without those that are hardly said but as a piece of another: 一带 of 一带一路."""
    return [
        word
        for word, count in counts.items()
        if not any(
            other != word and is_piece(word, other) and counts[other] >= count * _WITHIN
            for other in counts
        )
    ]


def as_printed(found: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Each indexed word as a published text prints it: World, not world. Two queries at most.

    Of each word, in which part (0 a question, 1 an answer) and row it stands. A word whose text is
    no longer public is left out.
    """
    texts: dict[tuple[int, int], str] = {}
    published: tuple[tuple[Any, str], ...] = (
        (Exchange.objects.published(), "question"),
        (Answer.objects.published(), "text"),
    )
    for part, (rows, name) in enumerate(published):
        pks = {pk for of, pk in found.values() if of == part}
        if pks:
            texts |= {
                (part, pk): text for pk, text in rows.filter(pk__in=pks).values_list("pk", name)
            }
    return {word: _surface(word, texts[place]) for word, place in found.items() if place in texts}


def _surface(word: str, text: str) -> str:
    """The first run of `text` that is indexed as `word`; the word itself when there is none."""
    folded = fold(text)
    if is_han(word):
        at = folded.find(word)
        return text[at : at + len(word)] if at >= 0 else word
    runs = re.finditer(r"[^\W_]+", folded)
    return next(
        (
            text[run.start() : run.end()]
            for run in runs
            if run.group().startswith(word[:2])  # tri is printed try
            and [one.text for one in words(run.group())] == [word]
        ),
        word,
    )
