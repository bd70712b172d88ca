"""A part as the index sees it: its text, and what it belongs to."""

from collections.abc import Iterator

from archive.models import Answer, Exchange
from search.engine.protocol import PARTS, Facts, Part, day_number

_QUESTION, _ANSWER = map(PARTS.index, ("question", "answer"))
# More than one exchange has answers, so that the places of two exchanges never mix.
_STEP = 10_000


def of_question(exchange: Exchange) -> Part:
    """The question of an exchange. Its conference must be at hand."""
    facts = _facts(exchange)
    place = exchange.position * _STEP
    return Part(
        exchange.question,
        facts._replace(part=_QUESTION, place=place, row=exchange.pk, length=len(exchange.question)),
    )


def of_answer(answer: Answer) -> Part:
    """An answer. Its exchange and that one's conference must be at hand."""
    place = answer.exchange.position * _STEP + 1 + answer.position
    return Part(
        answer.text,
        _facts(answer.exchange)._replace(
            speaker=answer.speaker_id or 0,
            part=_ANSWER,
            place=place,
            row=answer.pk,
            length=len(answer.text),
        ),
    )


def _facts(exchange: Exchange) -> Facts:
    return Facts(
        conference=exchange.conference_id,
        exchange=exchange.pk,
        outlet=exchange.outlet_id or 0,
        speaker=0,
        day=day_number(exchange.conference.date),
        part=0,
        place=0,
        row=0,
        length=0,
    )


def of_conference(pk: int) -> Iterator[Part]:
    """The parts of a conference as the database has it now; none unless it is published.

    Two queries.
    """
    questions = Exchange.objects.published().questions().filter(conference=pk)
    yield from map(of_question, questions.select_related("conference").order_by("position"))
    answers = Answer.objects.published().filter(exchange__conference=pk)
    answers = answers.select_related("exchange__conference")
    yield from map(of_answer, answers.order_by("exchange__position", "position"))
