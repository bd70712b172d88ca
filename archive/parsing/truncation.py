"""Names as long as the archive keeps them: only a damaged file has longer ones. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from archive.parsing.records import ParsedAnswer, ParsedExchange, ParsedSpeaker, Problem
from archive.text.truncation import truncate

# Characters; the tables of the archive have columns of these widths.
LONGEST_NAME, LONGEST_LABEL = 120, 200
_SPEAKER = {"name": LONGEST_NAME, "role": LONGEST_LABEL}
_EXCHANGE = {"asked_by": LONGEST_LABEL, "reporter": LONGEST_NAME}
_ANSWER = {"label": LONGEST_LABEL, "speaker": LONGEST_NAME}

_Row = TypeVar("_Row", ParsedExchange, ParsedAnswer, ParsedSpeaker)


def fit_exchanges(
    exchanges: Sequence[ParsedExchange],
) -> tuple[tuple[ParsedExchange, ...], tuple[Problem, ...]]:
    """`exchanges` with the names cut that are too long, and a problem for each that was."""
    problems = tuple(problem for exchange in exchanges for problem in _problems(exchange))
    if not problems:
        return tuple(exchanges), ()
    fitted = (
        replace(one, answers=tuple(_fitted(answer, _ANSWER) for answer in one.answers))
        for one in exchanges
    )
    return tuple(_fitted(one, _EXCHANGE) for one in fitted), problems


def fit_speaker(speaker: ParsedSpeaker) -> ParsedSpeaker:
    return _fitted(speaker, _SPEAKER)


def _problems(exchange: ParsedExchange) -> Iterator[Problem]:
    rows: list[tuple[ParsedExchange | ParsedAnswer, Mapping[str, int]]] = [(exchange, _EXCHANGE)]
    for row, widths in [*rows, *((answer, _ANSWER) for answer in exchange.answers)]:
        texts = ((getattr(row, name), width) for name, width in widths.items())
        text, width = max(texts, key=lambda one: len(one[0]) - one[1])
        if len(text) > width:
            yield Problem(row.line, "name_too_long", {"name": text[:40], "length": len(text)})


def _fitted(row: _Row, widths: Mapping[str, int]) -> _Row:
    cut: dict[str, Any] = {
        name: truncate(getattr(row, name), width) for name, width in widths.items()
    }
    return replace(row, **cut)
