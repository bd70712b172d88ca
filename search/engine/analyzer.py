"""search.analysis as a Whoosh analyzer."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from search.analysis import words


class JiebaAnalyzer(Analyzer):
    """Yields one Whoosh token a word; word numbers as positions, character offsets on request."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        for number, word in enumerate(words(value)):
            token.text = word.text
            token.original = value[word.start : word.end] if keeporiginal else None
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + number
            if chars:
                token.startchar = start_char + word.start
                token.endchar = start_char + word.end
            yield token
