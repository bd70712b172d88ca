"""Which conference a transcript is a corrected version of, and by which words that is told."""

from archive.models import Conference, Exchange
from archive.parsing.records import ParsedConference, ParsedExchange
from archive.parsing.similarity import match_equal, match_texts
from archive.text.folding import squeeze

# Of the exchanges of one conference under two titles, one in so many is the same word for word.
_FEW = 5


def conference_corrected_by(parsed: ParsedConference) -> Conference | None:
    """The conference that `parsed` is a corrected version of; None when it is a new one.

    The same day and some of the same exchanges: one is enough under the same title, under
    another title it takes half of them. Two briefings of one day share neither. One query, and
    two for each conference of that day.
    """
    if parsed.date is None:
        return None
    texts = [text_of_parsed(exchange) for exchange in parsed.exchanges]
    for conference in Conference.objects.on(parsed.date).order_by("slug"):
        known = [text_of(exchange) for exchange in conference.exchanges.for_reading()]
        most = max(len(known), len(texts))
        same_title = squeeze(conference.title) == squeeze(parsed.title)
        # Comparing word by word is slow, and two meetings of one day share a 谢谢 at most.
        if not same_title and _FEW * len(match_equal(known, texts)) < most:
            continue
        matched = len(match_texts(known, texts))
        if matched and (same_title or 2 * matched >= most):
            return conference
    return None


def text_of(exchange: Exchange) -> str:
    """The words by which an exchange is known again. No query for those fetched for_reading()."""
    return "\n".join([exchange.question, *(answer.text for answer in exchange.said)])


def text_of_parsed(exchange: ParsedExchange) -> str:
    """The same of one that was only read."""
    return "\n".join([exchange.question, *(answer.text for answer in exchange.answers)])
