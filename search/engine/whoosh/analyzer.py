"""The Whoosh analyzer of the archive: the index and every question to it are cut by it."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from search.analysis import words


class JiebaAnalyzer(Analyzer):
    """The words of search.analysis as Whoosh's tokens: by jieba, folded and stemmed.

    The parts of a long word come before it, each at the position at which it was cut. Nothing is
    a stop word here.
    """

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        **kwargs: Any,
    ) -> Iterator[Token]:
        """One token that changes, as Whoosh wants it: to keep one, copy it."""
        token = Token(positions, chars, **kwargs)
        if not (positions or chars):  # as the index is written: nothing to spare a word
            for token.text, _start, _end in words(value):
                yield token
            return
        for token.pos, word in enumerate(words(value), start_pos):
            token.text = word.text
            token.startchar, token.endchar = start_char + word.start, start_char + word.end
            yield token
