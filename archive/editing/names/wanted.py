"""Wanted changes of names, put as editors and commands put them. None is carried out here."""

from collections.abc import Iterable
from typing import Any

from archive.editing.names.kinds import NameRefused, Renamable, names_of
from archive.editing.names.renames import Renaming
from archive.models import NameChange, Outlet, Speaker
from archive.models.outlets import fold_alias


def renaming(
    row: Renamable, *, names: Iterable[str] | None = None, take: bool = False, **fields: str
) -> NameChange | None:
    """The names of a row made `names`, and its name, English name or address those of `fields`.

    With `take` names that other outlets have are moved from them. None where nothing changes.
    """
    before = names_of(row)
    after: dict[str, Any] = before | fields
    if names is not None:
        after["names"] = sorted(set(names))
    change = NameChange(
        kind=NameChange.Kind.RENAMED,
        named=row.address_kind,
        row=row.pk or 0,
        before=before,
        after=after,
        moved={"taken": True} if take else {},
    )
    return change if Renaming(change).is_any() else None


def naming(outlet: Outlet, label: str) -> NameChange | None:
    """`label` made a name of an outlet. None where it is, and nobody prints it without."""
    known: list[str] = names_of(outlet)["names"]
    if fold_alias(label) not in map(fold_alias, known):
        known = [*known, label]
    return renaming(outlet, names=known)


def merging(one: Outlet | Speaker, into: Outlet | Speaker) -> NameChange:
    """`one` made `into`. Raises ValueError for one row."""
    if one.pk == into.pk:
        raise ValueError(f"{one} cannot be merged into itself.")
    return NameChange(
        kind=NameChange.Kind.MERGED,
        named=one.address_kind,
        row=into.pk,
        other=one.pk,
        before=names_of(one),
        after=names_of(into),
    )


def taking_back(change: NameChange) -> NameChange:
    """A merger taken back. Raises NameRefused for what is none, or was taken back."""
    if change.kind != NameChange.Kind.MERGED or change.state != NameChange.State.DONE:
        raise NameRefused(f"{change} cannot be taken back.")
    return NameChange(
        kind=NameChange.Kind.TAKEN_BACK,
        named=change.named,
        row=change.row,
        before=change.after,
        after=change.before,
        undoes=change,
    )
