"""Differences of versions: what each changed, worked out once and never by a page of readers."""

import json
import logging
import zlib
from collections.abc import Callable
from typing import Literal

from archive.models import Conference, KeptDifference, Revision, Transcript
from archive.parsing.export_diff import Difference, difference_of_exports
from archive.parsing.records import TranscriptError
from archive.parsing.sandbox.reader import compare_safely
from archive.parsing.sandbox.wire import from_plain, plain

logger = logging.getLogger(__name__)

DIFFERENCE_FORMAT = 1  # of what is kept; bumped when the records or what they mean change
Kind = KeptDifference.Kind
# What cannot be compared, and what is being compared for somebody else just now.
NotComparable = Literal["unreadable", "busy"]


def keep_difference(conference: Conference, old: Revision, new: Revision) -> None:
    """Work out what a version that is made just now changed. Two queries."""
    if old.sha256 != new.sha256:
        difference = difference_of_exports(json.loads(old.content), json.loads(new.content))
        _keep(conference, Kind.VERSIONS, old.sha256, new.sha256, difference)


def difference_of_versions(
    conference: Conference, old: Revision, new: Revision
) -> Difference | NotComparable:
    """What a version changed. One query where it is kept; else a process apart works it out, with
    its limits of time and memory, and it is kept then."""

    def contents() -> tuple[bytes, bytes]:
        rows = Revision.objects.filter(pk__in=[old.pk, new.pk]).only("packed").in_bulk()
        return rows[old.pk].content, rows[new.pk].content

    return _difference(conference, Kind.VERSIONS, (old.sha256, new.sha256), contents, None)


def difference_of_files(
    conference: Conference, old: Transcript, new: Transcript
) -> Difference | NotComparable:
    """difference_of_versions() of two files, both read as they are read today."""

    def contents() -> tuple[bytes, bytes]:
        rows = dict(Transcript.objects.filter(pk__in=[old.pk, new.pk]).values_list("pk", "content"))
        return bytes(rows[old.pk]), bytes(rows[new.pk])

    names = (old.filename, new.filename)
    return _difference(conference, Kind.FILES, (old.sha256, new.sha256), contents, names)


def read_kept(kept: KeptDifference) -> Difference | Literal["unreadable"]:
    """Raises zlib.error or ValueError where the row was damaged."""
    kept_as = json.loads(kept.content)
    difference: Difference | Literal["unreadable"]
    difference = from_plain(Difference, kept_as) if kept_as else "unreadable"
    return difference


def _difference(
    conference: Conference,
    kind: Kind,
    shas: tuple[str, str],
    contents: Callable[[], tuple[bytes, bytes]],
    filenames: tuple[str, str] | None,
) -> Difference | NotComparable:
    old, new = shas
    kept = conference.differences.filter(
        kind=kind, old_sha256=old, new_sha256=new, format=DIFFERENCE_FORMAT
    ).first()
    if kept is not None:
        try:
            return read_kept(kept)
        except (zlib.error, ValueError) as error:
            logger.warning("The difference %s is damaged, and is made anew. %s", kept, error)
    try:
        difference = compare_safely(*contents(), filenames)
    except TranscriptError as error:
        if error.problem.code == "busy":
            return "busy"
        _keep(conference, kind, old, new, None)
        return "unreadable"
    _keep(conference, kind, old, new, difference)
    return difference


def _keep(
    conference: Conference, kind: Kind, old: str, new: str, difference: Difference | None
) -> None:
    packed = zlib.compress(json.dumps(difference or {}, default=plain).encode())
    KeptDifference.objects.bulk_create(
        [
            KeptDifference(
                conference=conference,
                kind=kind,
                old_sha256=old,
                new_sha256=new,
                format=DIFFERENCE_FORMAT,
                packed=packed,
            )
        ],
        update_conflicts=True,
        unique_fields=["conference", "kind", "old_sha256", "new_sha256"],
        update_fields=["format", "packed"],
    )
