"""Names as long as the archive keeps them: only a damaged file has longer ones. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.parsing.records import ParsedAnswer, ParsedExchange, ParsedSpeaker, Problem

# Characters; the tables of the archive have columns of these widths.
LONGEST_NAME, LONGEST_LABEL = 120, 200


def fit_exchanges(
    exchanges: Sequence[ParsedExchange],
) -> tuple[tuple[ParsedExchange, ...], tuple[Problem, ...]]:
    """`exchanges` with the names cut that are too long, and a problem for each that was."""
    problems = tuple(_problems(exchanges))
    if not problems:
        return tuple(exchanges), ()
    return tuple(_fitted(exchange) for exchange in exchanges), problems


def fit_speaker(speaker: ParsedSpeaker) -> ParsedSpeaker:
    return ParsedSpeaker(_cut(speaker.name, LONGEST_NAME), _cut(speaker.role, LONGEST_LABEL))


def _problems(exchanges: Sequence[ParsedExchange]) -> Iterator[Problem]:
    for exchange in exchanges:
        widths = [(exchange.asked_by, LONGEST_LABEL), (exchange.reporter, LONGEST_NAME)]
        yield from _too_long(exchange.line, widths)
        for answer in exchange.answers:
            widths = [(answer.label, LONGEST_LABEL), (answer.speaker, LONGEST_NAME)]
            yield from _too_long(answer.line, widths)


def _too_long(line: int, widths: Sequence[tuple[str, int]]) -> Iterator[Problem]:
    longest = max(len(text) - width for text, width in widths)
    if longest > 0:
        name = next(text for text, width in widths if len(text) - width == longest)
        yield Problem(line, "name_too_long", {"name": name[:40], "length": len(name)})


def _fitted(exchange: ParsedExchange) -> ParsedExchange:
    return replace(
        exchange,
        asked_by=_cut(exchange.asked_by, LONGEST_LABEL),
        reporter=_cut(exchange.reporter, LONGEST_NAME),
        answers=tuple(_fitted_answer(answer) for answer in exchange.answers),
    )


def _fitted_answer(answer: ParsedAnswer) -> ParsedAnswer:
    return replace(
        answer,
        label=_cut(answer.label, LONGEST_LABEL),
        speaker=_cut(answer.speaker, LONGEST_NAME),
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
