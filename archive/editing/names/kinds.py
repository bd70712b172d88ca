"""Kinds of changes of names: what each of them asks of the rows, and what is alike in all."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from archive.models import Conference, MovedAddress, NameChange, Outlet, Speaker

Keys = Collection[int]
Renamable = Outlet | Speaker | Conference

MODELS: dict[str, type[Renamable]] = {
    MovedAddress.Kind.OUTLET: Outlet,
    MovedAddress.Kind.SPEAKER: Speaker,
    MovedAddress.Kind.CONFERENCE: Conference,
}
_AT_ONCE = 500  # keys in one query
_Model = TypeVar("_Model", bound=Model)


class NameRefused(ValueError):
    """A change of a name that cannot be, or not any more. The text says why, to editors."""


class KindOfChange(ABC):
    """What one kind of change does to rows.

    To be used in a transaction: hold() first. move() with some conferences is tried only, in a
    transaction that is taken back; with None it is followed by close().
    """

    def __init__(self, change: NameChange) -> None:
        self.change = change

    def hold(self) -> None:
        """Take the rows that are named until the transaction ends. Raises NameRefused when one is
        not there any more."""
        keys = self.rows()
        rows = MODELS[self.change.named]._default_manager.select_for_update().order_by("pk")
        if len(rows.filter(pk__in=keys)) < len(keys):
            raise NameRefused(_("It is not there any more: somebody merged it or took it away."))

    @abstractmethod
    def check(self) -> None:
        """Raises NameRefused for what cannot be done."""

    @abstractmethod
    def rows(self) -> set[int]:
        """Primary keys of the named rows that there are before it."""

    @abstractmethod
    def conferences(self) -> set[int]:
        """Every conference that shows it, drafts too."""

    def notices(self) -> int:
        """How many pages of withdrawn conferences show it: these stay public."""
        return 0

    @abstractmethod
    def move(self, within: Keys | None) -> None:
        """Change what conferences say, of those `within` or of all."""

    @abstractmethod
    def close(self) -> None:
        """All that no conference says: aliases, addresses, rows that go."""


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for at in range(0, len(ordered), _AT_ONCE):
        yield ordered[at : at + _AT_ONCE]


def limited(rows: "QuerySet[_Model]", path: str, within: Keys | None) -> "QuerySet[_Model]":
    return rows if within is None else rows.filter(**{f"{path}__in": within})


def names_of(row: Renamable) -> dict[str, Any]:
    """The names of a row as a change says them. A query for its aliases."""
    if isinstance(row, Conference):
        return {"name": row.title, "slug": row.slug}
    known: list[str] = []
    if row.pk:
        aliases = row.aliases.all() if isinstance(row, Outlet) else row.aliases.everywhere()
        known = sorted(aliases.values_list("name", flat=True))
    return {"name": row.name, "name_en": row.name_en, "slug": row.slug, "names": known}


def check_slug(named: str, row: int | None, slug: str) -> None:
    """Raises NameRefused for an address that is, or once was, another's."""
    model = MODELS[named]
    moved = MovedAddress.objects.new_slug(named, slug)
    own = model._default_manager.filter(pk=row or -1).values_list("slug", flat=True).first()
    taken = model._default_manager.filter(slug=slug).exclude(pk=row or -1).exists()
    if taken or moved not in (None, own):
        said = _("The address “%(slug)s” is another’s, or once was. Choose another one.")
        raise NameRefused(said % {"slug": slug})
