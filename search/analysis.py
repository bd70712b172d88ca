"""Words, as jieba cuts them: the same for index, query and highlight. Pure but for jieba's
dictionary, which is loaded from disk when the first word is cut."""

import hashlib
import importlib
import importlib.util
import logging
import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import snowballstemmer

from archive.text.folding import fold
from archive.text.han import HAN

# Bumped when this module's own rules change what a text's words are.
RULES = 2
TERMS = Path(__file__).parent / "data" / "terms.txt"

# A run of Han characters for jieba, or a run of other letters and digits (combining marks
# belong to their letter) that is one word as it stands.
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}][^\W_{HAN}\u0300-\u036f]*")
_WHERE = itemgetter(1, 2)
_NAME = re.compile(rf"[{HAN}]{{2,12}}")

_stemmers = threading.local()
jieba.setLogLevel(logging.WARNING)


class Word(NamedTuple):
    """A word of a text: its indexed form, and where it stands in the text."""

    text: str
    start: int
    end: int


class _Cutter:
    """jieba with the terms of the field and the names that were learnt.

    rjieba cuts the same words several times as fast, and is used where it is installed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cache: Path | None = None
        self._jieba: Any = None
        self._terms_total = 0  # of all frequencies, before any name
        self._before: dict[str, int] = {}  # what names were counted before they were names
        self._names: frozenset[str] = frozenset()
        self._ready = False
        self._cut: Any = None

    def prepare(self, *, cache: Path | None = None, names: frozenset[str] | None = None) -> None:
        """Set what is to be known when the next word is cut."""
        with self._lock:
            if cache is not None:
                self._cache = cache
            if names is not None and names != self._names:
                self._names = names
                self._ready = False

    def load(self) -> None:
        """Load the dictionary and the names, unless they are loaded. About a second at first."""
        with self._lock:
            if self._ready:
                return
            if self._jieba is None:
                self._load_terms()
            self._forget_names()
            names = [(name, self._jieba.suggest_freq(name)) for name in sorted(self._names)]
            for name, frequency in names:
                self._before[name] = self._jieba.FREQ.get(name, 0)
                self._jieba.add_word(name, frequency)
            fast = _fast_tokenizer()
            if fast is not None:
                for word, frequency in (*_terms(), *names):
                    fast.add_word(word, frequency, None)
            self._cut = (fast or self._jieba).tokenize
            self._ready = True

    def _load_terms(self) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(self._cache) if self._cache else None
        self._jieba.initialize()
        for term, frequency in _terms():
            self._jieba.add_word(term, frequency)
        self._terms_total = self._jieba.total

    def _forget_names(self) -> None:
        """Undo the names before, in place: the dictionary is too large to keep a copy of."""
        self._jieba.FREQ.update(self._before)
        self._jieba.total = self._terms_total
        self._before = {}

    def words(self, han: str) -> Iterator[tuple[str, int, int]]:
        """The words of a run of Han characters, long ones also in their parts."""
        if not self._ready:
            self.load()
        known = self._jieba.FREQ
        for word, start, end in self._cut(han, "search"):
            if len(word) > 4:
                # jieba's search mode gives parts of two and three characters only, and 一带一路
                # in 共建一带一路 is a word that people look for.
                for size in range(4, len(word)):
                    for at in range(len(word) - size + 1):
                        if known.get(word[at : at + size]):
                            yield word[at : at + size], start + at, start + at + size
            yield word, start, end


_cutter = _Cutter()


def _cutter_name() -> str:
    """The module that cuts Han characters."""
    return "jieba" if importlib.util.find_spec("rjieba") is None else "rjieba"


def _fast_tokenizer() -> Any:
    """A tokenizer of rjieba; None where it is not installed."""
    return importlib.import_module("rjieba").Jieba() if _cutter_name() == "rjieba" else None


def _terms() -> Iterator[tuple[str, int]]:
    """The terms of the field, each with the frequency that keeps it whole."""
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        term, frequency, *_tag = line.split()
        yield term, int(frequency)


def use_cache(folder: Path) -> None:
    """Keep jieba's marshalled dictionary in `folder`, which nobody else can write to."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _cutter.prepare(cache=folder)


def learn(names: Iterable[str]) -> frozenset[str]:
    """Keep these names whole from now on, and no others. Answers those that can be kept.

    An index has to be asked with the names it was made with.
    """
    kept = frozenset(name for name in map(fold, names) if _NAME.fullmatch(name))
    _cutter.prepare(names=kept)
    return kept


def load_dictionary() -> None:
    """Load jieba's dictionary now (about a second) and not in somebody's first search."""
    _cutter.load()


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order of appearance; long Chinese words also in their parts.

    Offsets are those of `text`. Nothing is dropped but punctuation: 的 is a word here.
    """
    folded = fold(text)
    for run in _RUN.finditer(folded):
        if run["han"]:
            begin = run.start()
            for word, start, end in _cutter.words(run.group()):
                yield Word(word, begin + start, begin + end)
        else:
            yield Word(_stem(run.group()), run.start(), run.end())


def words_among(text: str, wanted: Collection[str]) -> Iterator[Word]:
    """Those of words(text) that are `wanted`, in order of where they begin.

    Only runs that may have one of them are cut, each when its turn comes.
    """
    folded = fold(text)
    for run in _RUN.finditer(folded):
        if run["han"] and any(word in run.group() for word in wanted):
            for word, start, end in sorted(_cutter.words(run.group()), key=_WHERE):
                if word in wanted:
                    yield Word(word, run.start() + start, run.start() + end)
        elif not run["han"] and (stem := _stem(run.group())) in wanted:
            yield Word(stem, run.start(), run.end())


def whole_words(text: str) -> list[Word]:
    """The words of `text` that are no part of another one: one for each as it was typed."""
    return whole_among(list(words(text)))


def whole_among(found: Sequence[Word]) -> list[Word]:
    """Those of the words of one text that are no part of another one of them."""
    return [
        word
        for word in found
        if not any(
            other != word and other.start <= word.start and word.end <= other.end for other in found
        )
    ]


def is_han(text: str) -> bool:
    """Whether `text` is Han characters and nothing else."""
    run = _RUN.fullmatch(text)
    return run is not None and run["han"] is not None


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    # A stemmer keeps its state in itself, so each thread has its own.
    if not hasattr(_stemmers, "english"):
        _stemmers.english = snowballstemmer.stemmer("english")
    stem: str = _stemmers.english.stemWord(word)
    return stem


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of everything that decides what is found; an index made under another is stale."""
    with jieba.Tokenizer().get_dict_file() as dictionary:
        digest = hashlib.sha256(dictionary.read())
    digest.update(TERMS.read_bytes())
    # jieba's dictionary decides which longer parts of a word are words, whatever cuts.
    libraries = ("jieba", "opencc", "snowballstemmer")
    facts = [f"{name} {version(name)}" for name in libraries]
    facts += [f"cut by {_cutter_name()} {version(_cutter_name())}"]
    facts += [f"unicode {unicodedata.unidata_version}", f"rules {RULES}"]
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()
