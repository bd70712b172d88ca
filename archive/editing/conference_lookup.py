"""The conference that a transcript is a corrected version of."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from archive.models import Conference, Exchange
from archive.parsing.records import ParsedConference
from archive.parsing.similarity import SoughtTexts, known_by, match_texts
from archive.text.folding import squeeze

# Of the exchanges of one conference under two titles, one in so many is the same word for word.
_FEW = 5


def conference_corrected_by(parsed: ParsedConference) -> Conference | None:
    """The conference that `parsed` is a corrected version of; None when it is a new one.

    The same day and some of the same exchanges: one is enough under the same title, under
    another title it takes half of them. Two briefings of one day share neither. One query, however
    many conferences that day has, and one for the conference that was found.
    """
    if parsed.date is None:
        return None
    texts = [squeeze(exchange.words) for exchange in parsed.exchanges]
    title, sought = squeeze(parsed.title), SoughtTexts(texts)
    for pk, known_title, known in _known_on(parsed.date):
        same_title = squeeze(known_title) == title
        most = max(len(known), len(texts))
        equal = (Counter(known) & Counter(texts)).total()
        # Comparing word by word is slow, and two meetings of one day share a 谢谢 at most.
        if same_title:
            found = equal > 0 or sought.any_alike(known)
        elif 0 < most <= _FEW * equal:
            matched = equal if 2 * equal >= most else len(match_texts(known, texts))
            found = 2 * matched >= most
        else:
            found = False
        if found:
            return Conference.objects.get(pk=pk)
    return None


def _known_on(day: dt.date) -> Iterator[tuple[int, str, list[str]]]:
    """The conferences of the day in order of their slugs: key, title, squeezed words of each
    exchange. One query."""
    rows = (
        Exchange.objects.filter(conference__date=day)
        .order_by("conference__slug", "conference", "position", "answers__position")
        .values_list("conference", "conference__title", "pk", "question", "answers__text")
    )
    for (pk, title), said in groupby(rows, key=lambda row: row[:2]):
        exchanges = (list(group) for _pk, group in groupby(said, key=lambda row: row[2]))
        words = [known_by(one[0][3], [row[4] or "" for row in one]) for one in exchanges]
        yield pk, title, [squeeze(text) for text in words]
