"""Curation of names: near names, unknown labels, and two rows that are one."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.utils.text import slugify

from archive import audit
from archive.editing.name_resolution import folds_of
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.models import (
    Exchange,
    IgnoredLabel,
    MovedAddress,
    Outlet,
    OutletAlias,
    Speaker,
    SpeakerAlias,
)
from archive.models.exchanges import ExchangeQuerySet
from archive.models.outlets import fold_alias
from archive.signals import conference_changed
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
def add_name(outlet: Outlet, label: str) -> int:
    """Make `label` a name of `outlet`, and give it the exchanges printed so.

    Answers how many those are. Raises IntegrityError when another outlet has the name.
    """
    with public_change():
        outlet.add_alias(label)
        IgnoredLabel.objects.filter(folded=fold_alias(label)).delete()
        return claim_exchanges(outlet)


@retried
def claim_exchanges(outlet: Outlet) -> int:
    """Give `outlet` every exchange without outlet that is printed with one of its names.

    As saving does it: with or without its country. Answers how many. The index hears of each
    conference.
    """
    names = set(outlet.aliases.values_list("folded", flat=True))
    labels = _WITHOUT_OUTLET.values_list("asked_by", flat=True).distinct()
    printed = [label for label in labels if not names.isdisjoint(folds_of(label))]
    return _point(_WITHOUT_OUTLET.filter(asked_by__in=printed), outlet)


def _point(exchanges: ExchangeQuerySet, outlet: Outlet) -> int:
    """Make `outlet` the one that asked `exchanges`, and say so of each conference."""
    with public_change():
        conferences = set(exchanges.values_list("conference_id", flat=True))
        count = exchanges.update(outlet=outlet)
        _tell_of(conferences)
    return count


def _tell_of(conferences: Iterable[int]) -> None:
    """One word a conference; update() of many rows sends none."""
    for pk in sorted(conferences):
        conference_changed.send(sender=Outlet, conference_id=pk)


@retried
def new_outlet(label: str, kind: str) -> Outlet:
    """A new outlet called `label`, which has that as an alias; its exchanges are given to it.

    The slug is its name, romanised like a person's. Raises IntegrityError when another outlet has
    the name.
    """
    with public_change():
        slug = Outlet.free_slug(slugify(romanise(label, is_person=True)) or "outlet")
        outlet = Outlet.objects.create(name=label, slug=slug, kind=kind)
        add_name(outlet, label)
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
def merge_outlets(one: Outlet, into: Outlet, *, user: User | None) -> int:
    """Give `into` the names and exchanges of `one`, which goes; its address leads to `into`.

    What `into` does not say of itself it takes over. Answers how many exchanges moved. One
    transaction; the index hears of each conference.
    """
    with public_change():
        _require_two(one, into)
        if not OutletAlias.objects.filter(folded=fold_alias(one.name)).exists():
            into.add_alias(one.name)
        for alias in one.aliases.all():
            # One by one: each is recorded, and pages that show the names are told.
            alias.outlet = into
            alias.save(update_fields=["outlet"])
        count = _point(one.exchanges.order_by(), into)
        _take_over(one, into, ("name_en", "country", "wikidata"))
        _replace(one, into, count=count, user=user)
    return count


@retried
def merge_speakers(one: Speaker, into: Speaker, *, user: User | None) -> int:
    """Give `into` the answers, appearances and names of `one`, which goes; its address leads there.

    Where both appear at a conference, the office that `into` has stays. What `into` does not say
    of itself it takes over. Answers how many answers moved. One transaction; the index hears of
    each conference.
    """
    with public_change():
        _require_two(one, into)
        answered = one.answers.order_by().values_list("exchange__conference_id", flat=True)
        conferences = {*answered, *one.appearances.values_list("conference_id", flat=True)}
        count = one.answers.order_by().update(speaker=into)
        _move_appearances(one, into)
        one.aliases.update(speaker=into)
        if one.name != into.name:
            SpeakerAlias.objects.get_or_create(name=one.name, defaults={"speaker": into})
        _take_over(one, into, ("name_en",))
        _tell_of(conferences)
        _replace(one, into, count=count, user=user)
    return count


def _move_appearances(one: Speaker, into: Speaker) -> None:
    theirs = {appearance.conference_id: appearance for appearance in into.appearances.all()}
    for appearance in one.appearances.all():
        other = theirs.get(appearance.conference_id)
        if other is None:
            appearance.speaker = into
            appearance.save(update_fields=["speaker"])
            continue
        appearance.delete()
        if appearance.role and not other.role:
            other.role = appearance.role
            other.save(update_fields=["role"])


def _require_two(one: NamedRow, into: NamedRow) -> None:
    """Lock both, so that nobody gives `one` another exchange while it is emptied.

    Raises DoesNotExist when somebody else was first.
    """
    if one.pk == into.pk:
        raise ValueError(f"{one} cannot be merged into itself.")
    rows = type(one)._default_manager.select_for_update().order_by("pk")
    if len(rows.filter(pk__in=[one.pk, into.pk])) < 2:
        raise type(one).DoesNotExist(f"{one} and {into} are not both there any more.")


def _take_over(one: NamedRow, into: NamedRow, fields: Iterable[str]) -> None:
    missing = [name for name in fields if getattr(one, name) and not getattr(into, name)]
    for name in missing:
        setattr(into, name, getattr(one, name))
    if missing:
        into.save(update_fields=missing)


def _replace(one: NamedRow, into: NamedRow, *, count: int, user: User | None) -> None:
    """Remove `one`, which has nothing any more, and lead its address to `into`."""
    said, slug = f"{one.name} ({one.slug}): {count}", one.slug
    one.delete()
    MovedAddress.objects.record(into.address_kind, slug, into.slug)
    audit.note(into, {"merged": ("", said)}, user=user)
