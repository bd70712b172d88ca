"""Autocomplete: outlets, speakers and frequent words that begin with what is typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from archive.models import Outlet, OutletAlias, Speaker
from archive.text.folding import fold
from search.analysis import is_han
from search.engine import engine
from search.engine.protocol import WordCount
from search.statistics.keyness import as_printed, stopwords, without_pieces

CompletionKind = Literal["outlet", "speaker", "phrase"]

MOST_COMPLETIONS = 8
_NAMES = 3  # outlets, and as many speakers
_PIECES = 4  # of the end of a query that may be one name: new york ti
_LOOKED_AT = 24  # words of a segment, the most frequent ones
_LEAST = 2  # passages that have a word
_QUOTES = "\"'"  # as fold() leaves them
_PREFIXES = {"outlet": "outlet", "speaker": "speaker", "媒体": "outlet", "发言人": "speaker"}


@dataclass(frozen=True, slots=True)
class Completion:
    """One suggestion, and the whole query when it is taken."""

    kind: CompletionKind
    label: str
    count: int  # passages
    q: str
    alias: str = ""  # the name that begins as was typed, where that is another one


class _Name(NamedTuple):
    """One of the names of an outlet or a speaker."""

    key: str  # folded, without spaces
    printed: str
    pk: int
    is_first: bool  # not an alias
    passages: int


class _IndexedNames:
    """The names that an index has passages of, most frequent first. Three queries, once."""

    @cached_property
    def outlets(self) -> list[_Name]:
        aliases = OutletAlias.objects.values_list("outlet_id", "name", "outlet__name")
        return self._named("outlet", [*_own_names(Outlet), *aliases])

    @cached_property
    def speakers(self) -> list[_Name]:
        return self._named("speaker", _own_names(Speaker))

    def _named(self, fact: str, rows: Iterable[tuple[int, str, str]]) -> list[_Name]:
        """Of each row the primary key, a name, and the first name."""
        counts = engine().passages_of(fact)
        names = {
            _Name(_key(name), name, pk, name == first, counts[pk])
            for pk, name, first in rows
            if pk in counts and name
        }
        return sorted(names, key=lambda one: (not one.is_first, -one.passages, one.printed))


def _own_names(model: Any) -> list[tuple[int, str, str]]:
    """Of each row the primary key, its name or its English name, and its name."""
    rows = model.objects.values_list("pk", "name", "name_en")
    return [(pk, name, first) for pk, first, english in rows for name in (first, english)]


@lru_cache(maxsize=2)
def _known(_state: str) -> _IndexedNames:
    """The names of an index in a state of it."""
    return _IndexedNames()


def complete(typed: str) -> list[Completion]:
    """What the end of `typed` may be the beginning of, at most SHOWN. Up to four queries, and
    three more when the index is new. Raises IndexUnavailable.

    Only what passages in the index have is suggested: a name that is in drafts alone is not.
    """
    known = _known(engine().state())
    field, _colon, value = _last_piece(typed).partition(":")
    only = _PREFIXES.get(fold(field)) if value else None
    if only:
        before = typed[: len(typed) - len(_last_piece(typed))]
        return _complete_name(known, value, before, (only,))
    for before, end in _ends(typed):
        names = _complete_name(known, end, before, ("outlet", "speaker"))
        phrases = [] if " " in end else _complete_word(end, before, MOST_COMPLETIONS - len(names))
        if names or phrases:
            return [*names, *phrases]
    return []


def _last_piece(typed: str) -> str:
    return "" if not typed or typed[-1].isspace() else typed.replace("：", ":").split()[-1]


def _ends(typed: str) -> Iterator[tuple[str, str]]:
    """What stands before, and the last pieces of `typed`: the longest end first."""
    pieces = typed.split(" ")
    for count in range(min(_PIECES, len(pieces)), 0, -1):
        end = " ".join(pieces[-count:])
        if end.strip() and not end[0].isspace() and not end[-1].isspace():
            yield typed[: len(typed) - len(end)], end


def _key(name: str) -> str:
    return fold(name).replace(" ", "").strip(_QUOTES)


def _complete_name(
    known: _IndexedNames, end: str, before: str, kinds: Sequence[str]
) -> list[Completion]:
    """Outlets and speakers with a name that begins with `end`. A query for each kind."""
    key = _key(end)
    found: list[Completion] = []
    models: dict[CompletionKind, tuple[Any, list[_Name]]] = {
        "outlet": (Outlet, known.outlets),
        "speaker": (Speaker, known.speakers),
    }
    for kind, (model, names) in models.items():
        if kind not in kinds or not key:
            continue
        best: dict[int, _Name] = {}
        for name in names:
            if name.key.startswith(key) and len(best) < _NAMES:
                best.setdefault(name.pk, name)
        rows = model.objects.in_bulk(list(best)) if best else {}
        for pk, name in best.items():
            if pk in rows:  # read afresh: it may be called otherwise by now
                label = rows[pk].name
                alias = "" if name.printed == label else name.printed
                q = f"{before}{kind}:{_quoted(label)}"
                found.append(Completion(kind, label, name.passages, q, alias))
    return found


def _quoted(name: str) -> str:
    return f"“{name}”" if any(not letter.isalnum() for letter in name) else name


def _complete_word(end: str, before: str, limit: int) -> list[Completion]:
    """Frequent words that begin with `end`, as a published text prints them. Two queries."""
    prefix = _key(end)
    if not prefix:
        return []
    found = {word.text: word for word in _frequent(prefix)}
    counts = {text: word.parts for text, word in found.items()}
    # 一带 hardly stands but at the beginning of 一带一路.
    whole = without_pieces(counts, lambda piece, word: word.startswith(piece))
    enough = [word for word in whole if counts[word] >= _LEAST]
    best = sorted(enough, key=lambda word: (-counts[word], word))[:limit]
    printed = as_printed({word: (found[word].part, found[word].row) for word in best})
    return [
        Completion("phrase", printed[word], counts[word], f"{before}“{printed[word]}”")
        for word in best
        if word in printed
    ]


def _frequent(prefix: str) -> list[WordCount]:
    """Words of two characters or more that begin with `prefix`, the most frequent first."""
    found = engine().words_beginning_with(prefix, limit=_LOOKED_AT, besides=stopwords())
    words = (word for word in found if is_han(word.text) or word.text.isalpha())
    return sorted(words, key=lambda word: (-word.parts, word.text))[:_LOOKED_AT]
