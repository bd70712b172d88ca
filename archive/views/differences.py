"""The difference of two versions, or of two files, as a page shows it: a long one in pages."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from archive.editing.differences import (
    NotComparable,
    difference_of_files,
    difference_of_versions,
)
from archive.editing.version_diff import Fact
from archive.models import FIRST_PAGE, Conference, Revision, Transcript
from archive.parsing.export_diff import Difference
from archive.parsing.transcript_diff import Change


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """What `new` changed in `old`."""

    old: Revision | Transcript
    new: Revision | Transcript
    facts: tuple[Fact, ...]
    changes: Page[Change]
    is_busy: bool = False  # others are being compared just now
    is_unreadable: bool = False  # one of the two cannot be read any more


def compare_versions(
    request: HttpRequest, conference: Conference, new: Revision, old: Revision | None
) -> ShownDifference | None:
    """None for the first version, which changed nothing. One query where it was asked before."""
    if old is None:
        return None
    return _shown(request, old, new, difference_of_versions(conference, old, new))


def compare_files(
    request: HttpRequest, conference: Conference, new: Transcript, old: Transcript
) -> ShownDifference:
    return _shown(request, old, new, difference_of_files(conference, old, new))


def _shown(
    request: HttpRequest,
    old: Revision | Transcript,
    new: Revision | Transcript,
    found: Difference | NotComparable,
) -> ShownDifference:
    known = found if isinstance(found, Difference) else Difference((), ())
    pages = Paginator(known.changes, FIRST_PAGE)
    return ShownDifference(
        old,
        new,
        tuple(map(Fact.of, known.facts)),
        pages.get_page(request.GET.get("changes")),
        is_busy=found == "busy",
        is_unreadable=found == "unreadable",
    )
