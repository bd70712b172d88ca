"""The conference that a transcript is a corrected version of."""

from archive.models import Conference
from archive.parsing.records import ParsedConference
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
    texts = [exchange.words for exchange in parsed.exchanges]
    for conference in Conference.objects.filter(date=parsed.date).order_by("slug"):
        known = [exchange.words for exchange in conference.exchanges.for_reading()]
        most = max(len(known), len(texts))
        same_title = squeeze(conference.title) == squeeze(parsed.title)
        # Comparing word by word is slow, and two meetings of one day share a 谢谢 at most.
        if not same_title and _FEW * len(match_equal(known, texts)) < most:
            continue
        matched = len(match_texts(known, texts))
        if matched and (same_title or 2 * matched >= most):
            return conference
    return None
