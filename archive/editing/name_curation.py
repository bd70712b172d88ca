"""Curation of names: near names, unknown labels, and two rows that are one."""

import heapq
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.utils.text import slugify

from archive.editing.name_resolution import folds_of
from archive.editing.names.changes import carry_out
from archive.editing.names.wanted import merging, naming, taking_back
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.models import Exchange, IgnoredLabel, NameChange, Outlet, OutletAlias, Speaker
from archive.models.outlets import fold_alias
from archive.text.romanisation import romanise

# A name less like the label than this is no help, of 0 to 1; two names of Latin letters share
# half of them by chance.
_LEAST, _LEAST_LATIN = 0.5, 0.65
# So many names are compared letter by letter; the others share fewer pairs of characters.
_COMPARED = 40

NamedRow = Outlet | Speaker


class KnownNames:
    """Every name of every outlet, to be asked for those near many labels. One query."""

    def __init__(self) -> None:
        rows = OutletAlias.objects.order_by().values_list("outlet_id", "folded", "name")
        self._names = [(pk, f"^{folded}$", name) for pk, folded, name in rows]

    def nearest(self, label: str, limit: int = 5) -> dict[int, str]:
        """Primary keys of the outlets with a name like `label`, the likest first, and that name.

        Names that contain each other, or share pairs of characters, are compared. No query.
        """
        folded = fold_alias(label)
        if not folded:
            return {}
        edged = f"^{folded}$"
        pairs = {edged[at : at + 2] for at in range(len(edged) - 1)}
        scored: list[tuple[float, int, str, str]] = []
        for pk, known, name in self._names:
            shared = sum(pair in known for pair in pairs)
            if shared:
                scored.append((2 * shared / (len(edged) + len(known) - 2), pk, known, name))
        best: dict[int, tuple[float, str]] = {}
        for _score, pk, known, name in heapq.nlargest(_COMPARED, scored):
            best[pk] = max((_likeness(folded, known[1:-1]), name), best.get(pk, (0.0, "")))
        least = _LEAST_LATIN if folded.isascii() else _LEAST
        near = sorted(
            (-likeness, pk) for pk, (likeness, _name) in best.items() if likeness >= least
        )
        return {pk: best[pk][1] for _score, pk in near[:limit]}


def _likeness(one: str, other: str) -> float:
    """How much two folded names share, 0 to 1: a name within the other is half of it and more."""
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and short in long:
        return 0.5 + 0.5 * len(short) / len(long)
    return SequenceMatcher(None, other, one, autojunk=False).ratio()


def nearest_outlets(label: str, limit: int = 5) -> list[Outlet]:
    """The outlets with a name like `label`, the likest first. Two queries."""
    keys = KnownNames().nearest(label, limit)
    rows = Outlet.objects.in_bulk(keys)
    return [rows[pk] for pk in keys]


_WITHOUT_OUTLET = Exchange.objects.filter(outlet=None, asked_by__gt="").order_by()
# Put together once, for the desk asks each time.
_PRINTED = (
    _WITHOUT_OUTLET.values("asked_by")
    .annotate(count=Count("pk"), last=Max("pk"))
    .order_by("-count", "asked_by")
)


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A name that exchanges are printed with and no outlet has."""

    folded: str  # what decides that two printings are one
    label: str  # its most frequent printing
    count: int  # exchanges, of drafts too
    example: int  # the primary key of the last of them


def unknown_labels(*, ignored: bool = False) -> list[UnknownLabel]:
    """The labels of exchanges without outlet, most frequent first. Two queries.

    With `ignored` those that somebody said are no outlet, else all others.
    """
    skipped = set(IgnoredLabel.objects.values_list("folded", flat=True))
    found: dict[str, UnknownLabel] = {}
    for row in _PRINTED.all():
        folded = fold_alias(row["asked_by"])
        if not folded or (folded in skipped) is not ignored:
            continue
        label, count, last = row["asked_by"], row["count"], row["last"]
        if (before := found.get(folded)) is not None:
            label, count, last = before.label, count + before.count, max(last, before.example)
        found[folded] = UnknownLabel(folded, label, count, last)
    return sorted(found.values(), key=lambda one: -one.count)


@retried
def add_name(
    outlet: Outlet, label: str, *, user: User | None, reason: str = ""
) -> NameChange | None:
    """Make `label` a name of `outlet`, and give it the exchanges printed so.

    None where nothing changes. Raises NameRefused when another outlet has the name, and what is
    wanted where published conferences print it.
    """
    change = naming(outlet, label)
    if change is None:
        IgnoredLabel.objects.filter(folded=fold_alias(label)).delete()
        return None
    return carry_out(change, user=user, reason=reason)


@retried
def new_outlet(label: str, kind: str, *, user: User | None, reason: str = "") -> Outlet:
    """A new outlet called `label`, which has that as an alias; its exchanges are given to it.

    The slug is its name, romanised like a person's. Raises what add_name() does, and then makes
    none.
    """
    with public_change():
        slug = Outlet.free_slug(slugify(romanise(label, is_person=True)) or "outlet")
        outlet = Outlet.objects.create(name=label, slug=slug, kind=kind)
        add_name(outlet, label, user=user, reason=reason)
    return outlet


def ignore_label(label: str) -> None:
    """Take `label` from the list of unknown ones: it is no outlet."""
    IgnoredLabel.objects.get_or_create(folded=fold_alias(label), defaults={"name": label})


def heed_label(label: str) -> None:
    """Put an ignored label back on the list."""
    IgnoredLabel.objects.filter(folded=fold_alias(label)).delete()


def uses_of_aliases(outlet: Outlet) -> Counter[str]:
    """How many exchanges of `outlet` are printed with each of its folded aliases. Two queries."""
    names = set(outlet.aliases.values_list("folded", flat=True))
    uses: Counter[str] = Counter()
    printed = outlet.exchanges.order_by().values_list("asked_by").annotate(Count("pk"))
    for label, count in printed:
        folded, bare = folds_of(label)
        uses[folded if folded in names else bare] += count
    return uses


@retried
def merge(one: NamedRow, into: NamedRow, *, user: User | None, reason: str = "") -> NameChange:
    """Give `into` all that `one` has, which goes; its address leads to `into`.

    What `into` does not say of itself it takes over. Raises NameRefused when one of them is not
    there any more, and what is wanted where published conferences show `one`.
    """
    return carry_out(merging(one, into), user=user, reason=reason)


@retried
def take_back(change: NameChange, *, user: User | None, reason: str = "") -> NameChange:
    """Take a merger back, as far as what it moved is as it was left. Raises as merge() does."""
    return carry_out(taking_back(change), user=user, reason=reason)
