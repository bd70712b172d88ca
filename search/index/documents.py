"""A part as the index sees it: its text, and what it belongs to."""

from collections.abc import Iterator

from archive.models import Answer, Exchange
from search.engine.protocol import PARTS, Part, PartFacts, day_number

# More than one exchange has answers, so that the places of two exchanges never mix.
_STEP = 10_000


def of_question(exchange: Exchange) -> Part:
    """The question of an exchange. Its conference must be at hand."""
    return _part("question", exchange.question, exchange, exchange.pk)


def of_answer(answer: Answer) -> Part:
    """An answer. Its exchange and that one's conference must be at hand."""
    made = _part("answer", answer.text, answer.exchange, answer.pk, place=1 + answer.position)
    return made._replace(facts=made.facts._replace(speaker=answer.speaker_id or 0))


def _part(kind: str, text: str, exchange: Exchange, row: int, *, place: int = 0) -> Part:
    """A part that nobody is known to speak; `place` is its place inside the exchange."""
    facts = PartFacts(
        conference=exchange.conference_id,
        exchange=exchange.pk,
        outlet=exchange.outlet_id or 0,
        speaker=0,
        day=day_number(exchange.conference.date),
        part=PARTS.index(kind),
        place=exchange.position * _STEP + place,
        row=row,
        length=len(text),
    )
    return Part(text, facts)


def of_conference(pk: int) -> Iterator[Part]:
    """The parts of a conference as the database has it now; none unless it is published.

    Two queries.
    """
    questions = Exchange.objects.published().questions().filter(conference=pk)
    yield from map(of_question, questions.select_related("conference").order_by("position"))
    answers = Answer.objects.published().filter(exchange__conference=pk)
    answers = answers.select_related("exchange__conference")
    yield from map(of_answer, answers.order_by("exchange__position", "position"))
