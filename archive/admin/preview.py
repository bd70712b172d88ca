"""What an editor sees of a parsed transcript before it is saved."""

from dataclasses import dataclass

from archive.ingest.records import ParsedConference, ParsedExchange
from archive.ingest.resolve import outlet_named
from archive.models import Outlet

BEGINNING = 120  # characters of a text that are shown


@dataclass(frozen=True, slots=True)
class PreviewText:
    """The beginning of a question or an answer, and how long all of it is."""

    who: str
    beginning: str
    length: int  # characters, line breaks included

    @classmethod
    def of(cls, who: str, text: str) -> "PreviewText":
        first_line = text.split("\n", 1)[0]
        shown = first_line[:BEGINNING]
        return cls(who, shown if shown == text else f"{shown}…", len(text))


@dataclass(frozen=True, slots=True)
class PreviewExchange:
    """One exchange as it would be saved; `outlet` is None when the asker is not known."""

    number: int
    exchange: ParsedExchange
    outlet: Outlet | None
    question: PreviewText | None
    answers: list[PreviewText]


def preview_exchanges(parsed: ParsedConference) -> list[PreviewExchange]:
    """Every exchange with the outlet that saving will give it. Two queries a label at most."""
    labels = {exchange.asked_by for exchange in parsed.exchanges} - {""}
    outlets = {label: outlet_named(label) for label in labels}
    return [
        PreviewExchange(
            number=number,
            exchange=exchange,
            outlet=outlets.get(exchange.asked_by),
            question=PreviewText.of("", exchange.question) if exchange.question else None,
            answers=[
                PreviewText.of(answer.speaker or answer.label, answer.text)
                for answer in exchange.answers
            ],
        )
        for number, exchange in enumerate(parsed.exchanges, start=1)
    ]
