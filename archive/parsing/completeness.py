"""Completeness: the promise that none of a transcript's words is lost, as a count. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from archive.parsing.records import Document, ParsedConference


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of one transcript, white space not counted."""

    body: int  # in what was read of the file; parts left out are named in its problems
    missing: int  # of these, in no field of what was understood

    @property
    def kept(self) -> float:
        """The share that arrived, from 0 to 1."""
        return 1 - self.missing / self.body if self.body else 1.0


def account(document: Document, parsed: ParsedConference) -> Account:
    """Compare the characters of a document with those in all fields made of it."""
    body = Counter(chain.from_iterable(_words(text) for text in _body(document)))
    fields = Counter(chain.from_iterable(_words(text) for text in _fields(parsed)))
    return Account(body.total(), (body - fields).total())


def _words(text: str) -> str:
    return "".join(text.split())


def _body(document: Document) -> Iterator[str]:
    yield from (paragraph.text for paragraph in document.paragraphs)
    for turn in document.turns or ():
        yield turn.marker
        yield from (paragraph.text for paragraph in turn.paragraphs)


def _fields(parsed: ParsedConference) -> Iterator[str]:
    yield from (parsed.title, parsed.headline, parsed.lead)
    for exchange in parsed.exchanges:
        yield from (exchange.topic, exchange.marker, exchange.question)
        for answer in exchange.answers:
            yield from (answer.marker, answer.text)
