"""Questions that move with the names of outlets: those that print a name go where it goes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.editing.name_resolution import folds_of
from archive.models import Correction, Exchange, MovedAddress, Outlet, OutletAlias, Transcript
from archive.models.exchanges import ExchangeQuerySet
from archive.models.outlets import fold_alias

Names = dict[str, int]  # of each folded name the outlet that has it


@dataclass(frozen=True, slots=True)
class ExchangeMove:
    """Exchanges printed with some labels that change from one outlet to another. None: to nobody,
    or from nobody."""

    old: int | None
    new: int | None
    labels: tuple[str, ...]
    stay: frozenset[int] = frozenset()  # exchanges whose outlet an editor chose

    def exchanges(self) -> ExchangeQuerySet:
        rows = Exchange.objects.filter(outlet=self.old, asked_by__in=self.labels).order_by()
        return rows.exclude(pk__in=self.stay) if self.stay else rows


def names_before() -> Names:
    """Every name of every outlet, folded. One query."""
    return dict(OutletAlias.objects.order_by().values_list("folded", "outlet_id"))


def names_after(before: Names, row: int, added: Iterable[str], removed: Iterable[str]) -> Names:
    """What would be known with these names added to an outlet, and others taken from it."""
    gone = {fold_alias(name) for name in removed}
    kept = {name: pk for name, pk in before.items() if pk != row or name not in gone}
    return kept | {fold_alias(name): row for name in added}


def moves(before: Names, after: Names, *, claimed_by: int) -> list[ExchangeMove]:
    """What moves when names change, and what the outlet `claimed_by` gets of what nobody has.

    A query for each outlet that loses or gives a name away, and three where any does.
    """
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    found = [*_claims(after, claimed_by)]
    for owner in {before[name] for name in changed if name in before}:
        found += _departures(owner, changed, before, after)
    return found


def _resolve(label: str, names: Mapping[str, int]) -> int | None:
    whole, bare = folds_of(label)
    return names.get(whole) or names.get(bare)


def _labels(outlet: int | None) -> list[str]:
    rows = Exchange.objects.filter(outlet=outlet, asked_by__gt="").order_by()
    return list(rows.values_list("asked_by", flat=True).distinct())


def _claims(after: Names, outlet: int) -> Iterator[ExchangeMove]:
    labels = tuple(one for one in _labels(None) if _resolve(one, after) == outlet)
    if labels:
        yield ExchangeMove(None, outlet, labels)


def _departures(
    owner: int, changed: set[str], before: Names, after: Names
) -> Iterator[ExchangeMove]:
    leaving: dict[int | None, list[str]] = defaultdict(list)
    for label in _labels(owner):
        # What is with the owner for another reason than its label stays: an editor chose it.
        old, new = _resolve(label, before), _resolve(label, after)
        if old == owner != new and not changed.isdisjoint(folds_of(label)):
            leaving[new].append(label)
    if not leaving:
        return
    stay = _chosen(owner, {label for labels in leaving.values() for label in labels})
    for new, labels in leaving.items():
        yield ExchangeMove(owner, new, tuple(labels), stay)


def _chosen(outlet: int, labels: set[str]) -> frozenset[int]:
    """Exchanges printed with these labels whose outlet an editor chose by a correction."""
    slug = Outlet.objects.values_list("slug", flat=True).get(pk=outlet)
    old = MovedAddress.objects.filter(kind=MovedAddress.Kind.OUTLET, new_slug=slug)
    slugs = [slug, *old.values_list("old_slug", flat=True)]
    current = Transcript.objects.current().exclude(conference=None)
    made = Correction.objects.filter(
        kind=Correction.Kind.ASKER, value__outlet__in=slugs, transcript__in=current
    )
    pairs = made.values_list("transcript__conference_id", "value__asked_by").distinct()
    chosen: set[int] = set()
    for conference, label in pairs:
        if label in labels:
            rows = Exchange.objects.filter(conference=conference, asked_by=label, outlet=outlet)
            chosen.update(rows.values_list("pk", flat=True))
    return frozenset(chosen)
