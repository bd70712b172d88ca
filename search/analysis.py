"""Words, as jieba cuts them: the same for index, query and highlight. Pure but for jieba's
dictionary, which is loaded from disk when the first word is cut."""

import hashlib
import logging
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import jieba
import snowballstemmer

from search.text import fold

# Bumped when this module's own rules change what a text's words are.
RULES = 1

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A run of Han characters for jieba, or a run of other letters and digits (combining marks
# belong to their letter) that is one word as it stands.
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}][^\W_{_HAN}\u0300-\u036f]*")

_tokenizer = jieba.Tokenizer()
_stemmers = threading.local()
jieba.setLogLevel(logging.WARNING)


class Word(NamedTuple):
    """A word of a text: its indexed form, and where it stands in the text."""

    text: str
    start: int
    end: int


def use_cache(folder: Path) -> None:
    """Keep jieba's marshalled dictionary in `folder`, which nobody else can write to."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _tokenizer.tmp_dir = str(folder)


def warm() -> None:
    """Load jieba's dictionary now (about a second) and not in somebody's first search."""
    _tokenizer.initialize()


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order of appearance; long Chinese words also in their parts.

    Offsets are those of `text`. Nothing is dropped but punctuation: 的 is a word here.
    """
    folded = fold(text)
    for run in _RUN.finditer(folded):
        if run["han"]:
            for word, start, end in _tokenizer.tokenize(run.group(), mode="search"):
                yield Word(word, run.start() + start, run.start() + end)
        else:
            yield Word(_stem(run.group()), run.start(), run.end())


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
    with _tokenizer.get_dict_file() as dictionary:
        digest = hashlib.sha256(dictionary.read())
    libraries = ("jieba", "opencc", "snowballstemmer", "whoosh")
    facts = [f"{name} {version(name)}" for name in libraries]
    facts += [f"unicode {unicodedata.unidata_version}", f"rules {RULES}"]
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()
