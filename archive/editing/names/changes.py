"""Changes of names carried out: at once where few conferences show it, else bit by bit.

Each is one event. Every published conference that says something else after it gets a revision,
which refers to it, in the same transaction; so no reader sees a name that no version has.
"""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.editing import revisions
from archive.editing.names.kinds import Keys, KindOfChange, NameRefused, chunks
from archive.editing.names.mergers import Merging, MergingOfSpeakers
from archive.editing.names.renames import Renaming
from archive.editing.names.taking_back import TakingBack, TakingBackOfSpeakers
from archive.editing.public_change import public_change
from archive.editing.publishing_right import require_right
from archive.exports.conference_json import conferences_as_json
from archive.models import Conference, MovedAddress, NameChange, PreparedRevision, Revision
from archive.models.transcripts import sha256_of
from archive.signals import conference_changed

IN_REQUEST = 200  # published conferences that are written while an editor waits
_AT_ONCE = 50  # that are prepared in one transaction
_SPEAKER = MovedAddress.Kind.SPEAKER
_OPEN = (NameChange.State.PENDING, NameChange.State.RUNNING)


def kind_of(change: NameChange) -> KindOfChange:
    """What a change does to rows."""
    of_speakers = change.named == _SPEAKER
    match change.kind:
        case NameChange.Kind.RENAMED:
            return Renaming(change)
        case NameChange.Kind.MERGED:
            return (MergingOfSpeakers if of_speakers else Merging)(change)
    return (TakingBackOfSpeakers if of_speakers else TakingBack)(change)


def published_of(change: NameChange) -> int:
    """How many public conferences show what a change is about. Some six queries."""
    kind = kind_of(change)
    return kind.notices() + sum(len(_published(some)) for some in chunks(kind.conferences()))


def check_change(change: NameChange, *, user: User | None, reason: str) -> None:
    """Raises what carry_out() would, as far as it can be told before; for forms."""
    kind_of(change).check()
    require_right(published_of(change), user=user, reason=reason)


def _published(keys: Keys) -> set[int]:
    rows = Conference.objects.published().filter(pk__in=keys).order_by()
    return set(rows.values_list("pk", flat=True))


def carry_out(change: NameChange, *, user: User | None, reason: str) -> NameChange:
    """Do what a change that is not saved yet says, or, where many published conferences show it,
    have it wait for finish_change(); nothing shows until all is written.

    Raises RightWanted and ReasonWanted where published conferences show it, and NameRefused. One
    transaction.
    """
    try:
        with public_change():
            kind = kind_of(change)
            kind.hold()
            _require_no_other(kind)
            kind.check()
            keys, public = _held(kind)
            require_right(kind.notices() + len(public), user=user, reason=reason)
            change.made_by, change.reason = user, reason.strip()
            change.conferences = len(public)
            change.save()
            if len(public) <= IN_REQUEST:
                _write(change, kind, keys, public)
    except IntegrityError as error:  # of two at once, where neither could see the other
        raise NameRefused(_("Somebody else gave this name or address just now.")) from error
    return change


def _require_no_other(kind: KindOfChange) -> None:
    """Of two changes of one name the second would be another one when the first is done."""
    others = NameChange.objects.filter(named=kind.change.named, state__in=_OPEN)
    for other in others.exclude(pk=kind.change.pk):
        if kind.rows().isdisjoint(kind_of(other).rows()):
            continue
        said = _("A change of this name is being written: %(n)d of %(m)d. Wait for it.")
        raise NameRefused(said % {"n": prepared_of(other), "m": other.conferences})


def _held(kind: KindOfChange) -> tuple[set[int], set[int]]:
    """The conferences that show it, taken until the transaction ends, and those published.

    Drafts too: one that is published at this moment would have a version with the old name.
    """
    keys = kind.conferences()
    public: set[int] = set()
    for some in chunks(keys):
        rows = Conference.objects.select_for_update().filter(pk__in=some).order_by("pk")
        status = rows.values_list("pk", "status")
        public.update(pk for pk, what in status if what == Conference.Status.PUBLISHED)
    return keys, public


def _write(change: NameChange, kind: KindOfChange, keys: set[int], public: set[int]) -> None:
    revisions.record_first(public)
    kind.move(None)
    kind.close()
    for pk in sorted(keys):
        conference_changed.send(sender=NameChange, conference_id=pk)
    revisions.record_name_change(change, public)
    change.prepared.all().delete()
    change.state, change.conferences = NameChange.State.DONE, len(public)
    change.save()
    if change.undoes is not None:
        NameChange.objects.filter(pk=change.undoes.pk).update(state=NameChange.State.UNDONE)


def open_changes() -> list[NameChange]:
    """Those that are not done yet, the oldest first."""
    return list(NameChange.objects.filter(state__in=_OPEN).order_by("pk"))


def prepared_of(change: NameChange) -> int:
    """How many conferences are written, of all that are published. One query."""
    return change.prepared.count()


def finish_change(change: NameChange) -> Iterator[int]:
    """Write what is still to be written of an open change, bit by bit, and do it; how many
    conferences are written, after each bit.

    It may be interrupted at any time, and goes on where it was. What cannot be done any more is
    undone, with a note.
    """
    try:
        while change.is_open:
            todo = _unprepared(change)
            for at in range(0, len(todo), _AT_ONCE):
                if not _prepare(change, todo[at : at + _AT_ONCE]):
                    return
                yield prepared_of(change)
            _close(change)
    except NameRefused as error:
        give_up(change, str(error))


def _close(change: NameChange) -> None:
    """Do it, unless so much changed meanwhile that more is to be prepared first."""
    with public_change():
        kind = kind_of(NameChange.objects.select_for_update().get(pk=change.pk))
        change.state = kind.change.state
        if not change.is_open:
            return
        kind.hold()
        kind.check()
        keys, public = _held(kind)
        if len(_unprepared(change, public)) <= IN_REQUEST:
            _write(kind.change, kind, keys, public)
            change.state = kind.change.state


def give_up(change: NameChange, note: str = "") -> None:
    """Leave the old names. Nothing of an open change was shown to anybody."""
    with transaction.atomic():
        change.prepared.all().delete()
        change.state, change.note = NameChange.State.UNDONE, note
        change.save(update_fields=["state", "note"])


def _unprepared(change: NameChange, public: set[int] | None = None) -> list[int]:
    """Published conferences of which nothing is prepared, or something that holds no more."""
    if public is None:
        keys = kind_of(change).conferences()
        public = {key for some in chunks(keys) for key in _published(some)}
    known = dict(change.prepared.values_list("follows_id", "conference_id"))
    ready = {one.conference_id for one in revisions.newest_of(public) if one.pk in known}
    return sorted(public - ready)


def _prepare(change: NameChange, keys: list[int]) -> bool:
    """Write down what conferences will say: it is tried, in a transaction that is taken back.

    Answers False where somebody else did it, or gave it up, meanwhile.
    """
    change.refresh_from_db(fields=["state"])
    if not change.is_open:
        return False
    with public_change():
        revisions.record_first(keys)
    follows = {one.conference_id: one for one in revisions.newest_of(keys)}
    with public_change():  # which is taken back: it takes no number
        kind = kind_of(NameChange.objects.get(pk=change.pk))
        kind.check()
        kind.move(keys)
        contents = dict(conferences_as_json(keys))
        transaction.set_rollback(True)
    rows = [_prepared(change, follows[key], content) for key, content in contents.items()]
    with transaction.atomic():
        # Another process may be writing the same.
        PreparedRevision.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["name_change", "conference"],
            update_fields=["follows", "packed", "sha256"],
        )
        NameChange.objects.filter(pk=change.pk, state=NameChange.State.PENDING).update(
            state=NameChange.State.RUNNING
        )
    return True


def _prepared(change: NameChange, last: Revision, content: bytes) -> PreparedRevision:
    row = PreparedRevision(
        name_change=change, conference_id=last.conference_id, follows=last, packed=None
    )
    if last.sha256 != sha256_of(content):
        packer = Revision()
        packer.content = content
        row.packed, row.sha256 = packer.packed, packer.sha256
    return row
