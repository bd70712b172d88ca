"""Integrity checks: everything is as it was saved. Other apps register checks of their own."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from django.db import DatabaseError, connection
from django.db.models import Exists, F, Max, OuterRef

from archive.editing import tallies
from archive.editing.differences import read_kept
from archive.editing.public_change import count_anew
from archive.editing.revisions import differing, newest_of, only_names_differ
from archive.models import (
    Answer,
    Appearance,
    Conference,
    KeptDifference,
    MovedAddress,
    Outlet,
    Revision,
    Speaker,
    Transcript,
)
from archive.models.transcripts import sha256_of

_T = TypeVar("_T")
_AT_ONCE = 50  # published conferences that are written again together


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `repair` queues what makes it right, where it can."""

    what: str
    repair: Callable[[], None] | None = None


class ProgressReporter(Protocol):
    """Hands on `items` one by one, and shows how far it is."""

    def __call__(self, items: Iterable[_T], what: str, total: int) -> Iterable[_T]: ...


@dataclass(frozen=True, slots=True)
class VerificationOptions:
    """How closely to look."""

    watch: ProgressReporter
    sample: int | None  # conferences whose text is compared to the last character; None for all


Check = Callable[[VerificationOptions], Iterator[Finding]]
_registered: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Let `check` be part of every verification."""
    _registered[name] = check


def verify(how: VerificationOptions) -> Iterator[Finding]:
    """Everything that is not as it should be. Reads the whole database."""
    for name, check in (_OWN | _registered).items():
        try:
            yield from check(how)
        except DatabaseError as error:
            # A page that cannot be read ends its own check only.
            yield Finding(f"{name}: the database cannot be read: {error}")


def _database(how: VerificationOptions) -> Iterator[Finding]:
    """What the database says of itself: pages, indexes, constraints, references."""
    for _once in how.watch([1], "database", 1):
        looks = {"sqlite": _sqlite, "postgresql": _postgresql}
        yield from map(Finding, looks[connection.vendor]())


def _rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def _sqlite() -> Iterator[str]:
    # Pages, and NOT NULL and CHECK constraints; then what refers to rows that are not there.
    for (told,) in _rows("PRAGMA quick_check"):
        if told != "ok":
            yield f"SQLite: {told}"
    for table, row, other, _number in _rows("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a row of {other} that is not there"


def _postgresql() -> Iterator[str]:
    for (name,) in _rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"):
        yield f"PostgreSQL: the index {name} is not valid. Run: REINDEX INDEX {name}"
    for (name,) in _rows("SELECT conname FROM pg_constraint WHERE NOT convalidated"):
        yield f"PostgreSQL: the constraint {name} was never checked"
    damaged = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    for (count,) in _rows(damaged):
        if count not in ("0", "None"):
            yield f"PostgreSQL: {count} pages did not have their checksum"
    if _rows("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'"):
        indexes = (
            "SELECT c.oid::regclass FROM pg_class c JOIN pg_am a ON a.oid = c.relam"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname = current_schema()"
        )
        for (name,) in _rows(indexes):
            try:
                _rows(f"SELECT bt_index_check('{name}'::regclass)")
            except DatabaseError as error:
                yield f"PostgreSQL: the index {name} is damaged: {error}"


def _originals(how: VerificationOptions) -> Iterator[Finding]:
    """Every file as it was uploaded, against its checksum."""
    rows = Transcript.objects.order_by("pk").values_list("pk", "filename", "sha256", "content")
    total = Transcript.objects.count()
    for pk, filename, sha256, content in how.watch(rows.iterator(20), "originals", total):
        found = sha256_of(bytes(content))
        if found != sha256:
            yield Finding(
                f"transcript {pk} ({filename}) was altered: saved as {sha256}, it is {found} now"
            )


def _revisions(how: VerificationOptions) -> Iterator[Finding]:
    """Every state in which a conference was public, against its checksum."""
    rows = Revision.objects.order_by("pk").select_related("conference").iterator(20)
    for revision in how.watch(rows, "revisions", Revision.objects.count()):
        try:
            found = sha256_of(revision.content)
        except zlib.error as error:
            found = f"unreadable ({error})"
        if found != revision.sha256:
            yield Finding(
                f"revision {revision} was altered: saved as {revision.sha256}, it is {found} now"
            )


def _shown(how: VerificationOptions) -> Iterator[Finding]:
    """What readers see of each published conference, against its newest version, written in the
    format of that; names not where the version was made when they changed without one."""
    rows = Conference.objects.published().filter(revisions__isnull=False).distinct()
    slugs = dict(rows.order_by("pk").values_list("pk", "slug"))
    newest = iter(how.watch(newest_of(slugs), "published", len(slugs)))
    while some := list(islice(newest, _AT_ONCE)):
        for revision, content in differing(some):
            if not revision.names_kept and only_names_differ(revision, content):
                continue
            yield Finding(
                f"conference {slugs[revision.conference_id]} is not what its newest version,"
                f" {revision.number}, says"
            )


def _differences(how: VerificationOptions) -> Iterator[Finding]:
    """What versions and files changed: readable, and of those that the conference has."""
    rows = KeptDifference.objects.order_by("pk").select_related("conference")
    of_kind = {"versions": Revision, "files": Transcript}
    for kept in how.watch(rows.iterator(20), "differences", rows.count()):
        try:
            read_kept(kept)
        except (zlib.error, ValueError) as error:
            yield Finding(f"difference {kept} cannot be read ({error}); its page makes it anew")
        shas = {kept.old_sha256, kept.new_sha256}
        known = of_kind[kept.kind]._default_manager.filter(conference=kept.conference_id)
        if known.filter(sha256__in=shas).values("sha256").distinct().count() < len(shas):
            yield Finding(f"difference {kept} is of something that {kept.conference} never had")


def _orphans(how: VerificationOptions) -> Iterator[Finding]:
    """What leads nowhere, and numbers that might be given twice."""
    models: tuple[type[Conference | Outlet | Speaker], ...] = (Conference, Outlet, Speaker)
    for model in how.watch(models, "addresses", len(models)):
        slugs = model._default_manager.values("slug")
        moves = MovedAddress.objects.filter(kind=model.address_kind)
        for moved in moves.exclude(new_slug__in=slugs):
            yield Finding(f"the old address {moved} leads to nothing")
    beyond = Conference.objects.annotate(highest=Max("exchanges__ref"))
    for conference in beyond.filter(highest__gt=F("refs_given")):
        yield Finding(f"conference {conference.slug} may give the number of an exchange twice")


def _appearances(how: VerificationOptions) -> Iterator[Finding]:
    """Who answered where they do not appear: their pages would not hear of changes there."""
    appeared = Appearance.objects.filter(
        conference=OuterRef("exchange__conference"), speaker=OuterRef("speaker")
    )
    absent = Answer.objects.exclude(speaker=None).exclude(Exists(appeared)).order_by()
    names = absent.values_list("speaker__slug", "exchange__conference__slug").distinct()
    for speaker, conference in how.watch(names, "appearances", names.count()):
        yield Finding(
            f"speaker {speaker} answered at conference {conference} without appearing there"
        )


def _tallies(how: VerificationOptions) -> Iterator[Finding]:
    """What pages count by, against everything counted again."""
    for _once in how.watch([1], "counts", 1):
        different = tallies.differences()
        if different:
            kind, key = different[0]
            yield Finding(
                f"{len(different)} counts of what is public are wrong (first: {kind} {key}). Run: "
                "python manage.py verify_archive --repair",
                repair=count_anew,
            )


_OWN: dict[str, Check] = {
    "database": _database,
    "originals": _originals,
    "revisions": _revisions,
    "published": _shown,
    "differences": _differences,
    "addresses": _orphans,
    "appearances": _appearances,
    "counts": _tallies,
}
