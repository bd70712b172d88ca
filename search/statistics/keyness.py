"""Words that somebody uses more often than all others do: by Dunning's log-likelihood.

Counted in the index when they are asked for, and remembered for an hour at most (with the page that
shows them for a day), unless what is theirs in the index changes. So what is shown is exact; which
words are the most telling is as it was when they were counted, and only those that a quick estimate
finds are looked at closely.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.core.cache import caches
from django.urls import reverse
from django.utils.http import urlencode
from haystack import connections
from numpy.typing import NDArray

from archive.extension_points import RecurringWord
from archive.models import Answer, Exchange, Outlet, Speaker
from archive.text.folding import fold
from search.analysis import is_han, whole_words, words
from search.results import IndexUnavailable

SHOWN = 20
LEAST = 3  # occurrences, in two parts or more
_CERTAIN = 10.83  # of log-likelihood: by chance once in a thousand
_LOOKED_AT = 64  # words whose occurrences are counted one by one
_SAMPLE = 150_000  # words read to find those; of more every n-th part is read
_WITHIN = 0.8  # a word that is this often part of another one shown is not shown itself

_STOPWORDS = Path(__file__).parents[1] / "data" / "stopwords.txt"
_LATIN = re.compile(r"[a-z][a-z.'-]+")

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word in its indexed form, and how telling it is."""

    text: str
    count: int
    elsewhere: int
    score: float
    part: int  # the row in the database of one part that has it


@dataclass(frozen=True, slots=True)
class _Corpus:
    """One segment of the index, and which of its rows are somebody's own, which all others'."""

    segment: Any
    own: Mask
    others: Mask


def recurring_words(row: Outlet | Speaker) -> list[RecurringWord] | None:
    """The words of an outlet's questions, or of a speaker's answers; None when there is no index
    that may be asked. Up to two queries."""
    kind, part = ("outlet", "question") if isinstance(row, Outlet) else ("speaker", "answer")
    try:
        index = connections["default"].get_backend().open_index()
    except IndexUnavailable:
        return None  # the search page says what is wrong; a profile is worth reading without
    found = _keywords(index, kind, row.pk, _names(row))
    at = ("question", "answer").index(part)
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
        index = connections["default"].get_backend().open_index()
    except IndexUnavailable:
        return ()
    return _state(_corpora(index, "outlet" if model is Outlet else "speaker", pk))


def _names(row: Outlet | Speaker) -> frozenset[str]:
    """What somebody is called, which says nothing about what they talk of."""
    names = {row.name, row.name_en}
    if isinstance(row, Outlet):
        names.update(row.aliases.values_list("name", flat=True))
    return frozenset(fold(name) for name in names)


def _keywords(index: Any, kind: str, pk: int, names: frozenset[str]) -> list[Keyword]:
    """What _found_in() answers, remembered until something of theirs is indexed anew."""
    corpora = _corpora(index, kind, pk)
    facts = repr([kind, pk, sorted(names), _state(corpora)]).encode()
    key = hashlib.sha256(facts).hexdigest()
    found: list[Keyword] | None = caches["words"].get(key)
    if found is None:
        found = _found_in(corpora, names)
        if found:  # none may be because there is nobody to compare with yet
            caches["words"].set(key, found)
    return found


def _state(corpora: Sequence[_Corpus]) -> tuple[Any, ...]:
    """Another one when something of theirs is indexed anew, or all others said twice as much.

    Segments never change but that rows die, and what is corrected comes into another one.
    """
    own = [(one.segment.name, int(np.count_nonzero(one.own))) for one in corpora]
    others = sum(int(np.count_nonzero(one.others)) for one in corpora)
    return *((name, count) for name, count in own if count), others.bit_length()


def _corpora(index: Any, kind: str, pk: int) -> list[_Corpus]:
    """What the index has of the questions of an outlet or the answers of a speaker."""
    part = 0 if kind == "outlet" else 1
    corpora = []
    for segment in index.segments:
        among = segment.fact("part") == part
        if segment.alive is not None:
            among &= segment.alive
        own = among & (segment.fact(kind) == pk)
        corpora.append(_Corpus(segment, own, among & ~own))
    return corpora


def _found_in(corpora: Sequence[_Corpus], names: frozenset[str]) -> list[Keyword]:
    """The most telling words, the most telling first."""
    said = [_length(corpora, "own"), _length(corpora, "others")]
    if not all(said):
        return []  # nobody to compare with
    candidates = _candidates(corpora, names, said[0])
    found = (_keyword(word, corpora, said) for word in candidates)
    telling = sorted(
        (word for word in found if word is not None), key=lambda word: (-word.score, word.text)
    )
    return _without_pieces(telling)[:SHOWN]


def _length(corpora: Iterable[_Corpus], which: str) -> int:
    """How many words are said in the rows of one side."""
    return sum(int(one.segment.words.lengths[getattr(one, which)].sum()) for one in corpora)


def _candidates(corpora: Sequence[_Corpus], names: frozenset[str], said: int) -> list[str]:
    """Words that may be telling: those with the highest estimate."""
    step = max(1, said // _SAMPLE)
    estimates: dict[str, float] = {}
    for one in corpora:
        rows = np.flatnonzero(one.own)[::step]
        reader = one.segment.words
        numbers, counts = reader.tally(rows)
        scores = _estimate(
            counts * step, reader.spread(numbers), len(rows) * step / max(1, len(one.own))
        )
        for at in np.argsort(-scores)[: 3 * _LOOKED_AT]:
            word = reader.word(int(numbers[at]))
            if scores[at] > 0 and _may_be_shown(word, names):
                estimates[word] = estimates.get(word, 0) + float(scores[at])
    return sorted(estimates, key=lambda word: (-estimates[word], word))[:_LOOKED_AT]


def _estimate(
    counts: NDArray[np.int64], everywhere: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """Roughly the log-likelihood, from how many parts of all have a word."""
    expected = np.maximum(everywhere * share, 1e-9)
    scores: NDArray[np.float64] = counts * np.log(counts / expected) - (counts - expected)
    scores[counts < expected] = 0
    return scores


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


def _keyword(word: str, corpora: Iterable[_Corpus], said: Sequence[int]) -> Keyword | None:
    """`word` counted in every row that has it; None when it does not tell enough."""
    count = elsewhere = parts = at = 0
    for one in corpora:
        rows, frequencies = one.segment.words.find(word)
        own = one.own[rows]
        count += int(frequencies[own].sum(dtype=np.int64))
        elsewhere += int(frequencies[one.others[rows]].sum(dtype=np.int64))
        parts += int(own.sum())
        if not at and own.any():
            at = int(one.segment.fact("row")[rows[own][0]])
    if count < LEAST or parts < 2 or count * said[1] <= elsewhere * said[0]:
        return None
    score = log_likelihood(count, elsewhere, *said)
    return Keyword(word, count, elsewhere, score, at) if score >= _CERTAIN else None


def log_likelihood(count: int, elsewhere: int, said: int, said_elsewhere: int) -> float:
    """Dunning's G² of a word said `count` times in `said` words, and otherwise elsewhere."""
    rate = (count + elsewhere) / (said + said_elsewhere)
    terms = ((count, said * rate), (elsewhere, said_elsewhere * rate))
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in terms if seen)


def _without_pieces(found: list[Keyword]) -> list[Keyword]:
    """Without words that are hardly said but as a piece of another: 一带 of 一带一路."""
    return [
        word
        for word in found
        if not any(
            word is not other and word.text in other.text and other.count >= word.count * _WITHIN
            for other in found
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
