"""Problems of a whole transcript, for an editor to look at. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from archive.parsing.cleanup import CLOSERS
from archive.parsing.conventions.question_answer import ANSWERS
from archive.parsing.records import Paragraph, ParsedExchange, Problem, Turn

_SENTENCE_END = re.compile(rf"(?:[。！？!?…]+|\.(?=\s))[{re.escape(CLOSERS)}]*")
# `谢谢。谢谢。` is how people speak; a slip of the copyist is longer, and longer still in letters.
_SHORTEST_REPEAT, _SHORTEST_REPEAT_IN_LETTERS = 6, 25
_THANKS = re.compile(
    r"(?:thank|谢|謝|感谢|感謝|gracias|muchas gracias|merci|ありがとう|감사)[^?？]{0,60}",
    re.IGNORECASE,
)


def unanswered(exchanges: Sequence[ParsedExchange]) -> Iterator[Problem]:
    """One problem per question that nothing answers.

    Where nobody says who asks (`Q`), several questions in a row are a room talking at once: only
    the last of them is reported, and only when nobody answers that one either. Thanks at the end
    ask for no answer.
    """
    for exchange, following in zip(exchanges, [*exchanges[1:], None], strict=True):
        answered = any(answer.role == "speaker" for answer in exchange.answers)
        if exchange.kind != "question" or answered:
            continue
        anonymous = not (exchange.asked_by or exchange.reporter)
        crowd = following is not None and following.kind == "question"
        closing = following is None and _THANKS.fullmatch(exchange.question) is not None
        if not (anonymous and crowd) and not closing:
            yield Problem(exchange.line, "question_without_answer")


def unasked(exchanges: Sequence[ParsedExchange]) -> Iterator[Problem]:
    """One problem when the file begins with an answer (答：), so that its start may be missing."""
    first = exchanges[0].answers[0] if exchanges and exchanges[0].answers else None
    if first and exchanges[0].kind == "statement" and first.label in ANSWERS:
        yield Problem(first.line, "answer_without_question")


def nobody_asks(exchanges: Sequence[ParsedExchange]) -> Iterator[Problem]:
    """One problem when the whole file is statements."""
    if exchanges and not any(exchange.kind == "question" for exchange in exchanges):
        yield Problem(exchanges[0].line, "no_questions")


def repeated_sentences(turns: Sequence[Turn]) -> Iterator[Problem]:
    """One problem per run of equal sentences within a turn. The text itself is not changed."""
    for turn in turns:
        numbered = ((s, p.line) for p in turn.paragraphs for s in _sentences(p))
        for sentence, run in groupby(numbered, key=lambda item: item[0]):
            lines = [line for _, line in run]
            shortest = _SHORTEST_REPEAT_IN_LETTERS if sentence[0].isascii() else _SHORTEST_REPEAT
            if len(lines) > 1 and len(sentence) >= shortest:
                params = {"sentence": sentence, "count": len(lines)}
                yield Problem(lines[0], "repeated_sentence", params)


def _sentences(paragraph: Paragraph) -> Iterator[str]:
    start = 0
    for end in (match.end() for match in _SENTENCE_END.finditer(paragraph.text)):
        yield paragraph.text[start:end].strip()
        start = end
    if rest := paragraph.text[start:].strip():
        yield rest
