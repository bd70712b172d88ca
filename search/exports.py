"""Exports of search results as a table or as data, for other programs to read."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from search.query_explanation import explain_complaint, explain_query
from search.results import Hit, SearchPage

EXPORT_LIMIT = 1000  # passages of one file
EXPORT_VERSION = 1  # of the data's shape
COLUMNS = (
    *("date", "conference", "part", "outlet", "speaker"),
    *("occurrences", "passage", "address"),
)
# What a spreadsheet takes for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Absolute = Callable[[str], str]  # from a path to an address with scheme and host


def write_csv(page: SearchPage, absolute: Absolute) -> str:
    """The hits of `page`, a row each; a last row says so when there are more of them.

    A spreadsheet reads it as UTF-8 by its first character, and runs nothing in it.
    """
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS, restval="")
    rows.writeheader()
    for hit in page.hits:
        row = _row(hit, absolute)
        rows.writerow({name: _inert(value) for name, value in row.items()})
    if told := truncation_note(page):
        rows.writerow({"passage": told})
    return "\ufeff" + written.getvalue()


def export_data(page: SearchPage, asked: dict[str, str], absolute: Absolute) -> dict[str, Any]:
    """The hits of `page`, what was `asked` for and how much there is of it, for json.dumps()."""
    return {
        "dawen_search": EXPORT_VERSION,
        "query": {
            **asked,
            "understood": explain_query(page.query),
            "complaints": [explain_complaint(complaint) for complaint in page.complaints],
            "some_of_the_words": page.partial,
        },
        "counts": {
            "occurrences": page.counts.occurrences,
            "passages": page.counts.parts,
            "exchanges": page.counts.exchanges,
            "conferences": page.counts.conferences,
        },
        "limit": EXPORT_LIMIT,
        "complete": page.counts.parts <= EXPORT_LIMIT,
        "hits": [{**_row(hit, absolute), "language": hit.passage.language} for hit in page.hits],
    }


def truncation_note(page: SearchPage) -> str:
    """A sentence that says how much of what was found a file holds; "" when it holds all."""
    if page.counts.parts <= EXPORT_LIMIT:
        return ""
    counts = {
        "limit": number_format(EXPORT_LIMIT, force_grouping=True),
        "found": number_format(page.counts.parts, force_grouping=True),
    }
    return _("The files hold the first %(limit)s of %(found)s passages.") % counts


def _row(hit: Hit, absolute: Absolute) -> dict[str, Any]:
    """A hit by COLUMNS."""
    passage = hit.passage
    return {
        "date": passage.date.isoformat(),
        "conference": passage.title,
        "part": passage.part,
        "outlet": passage.asker,
        "speaker": passage.speaker,
        "occurrences": hit.occurrences,
        "passage": passage.text,
        "address": absolute(hit.url),
    }


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
