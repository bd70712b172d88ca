"""From the names in a query to the rows they stand for. Reads the database."""

import datetime as dt
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import cast

from django.db.models import Q

from archive.models import OutletAlias, shown_outlets, shown_speakers
from archive.models.outlets import fold_alias
from archive.text.folding import fold
from search.engine.protocol import PARTS, AnyWords, Only, ResolvedNode, day_number
from search.query import parser
from search.query.parser import Complaint


def resolve(node: parser.Node) -> tuple[ResolvedNode | None, tuple[Complaint, ...]]:
    """`node` with its fields resolved; a field that names nobody is left out and complained of.

    One or two queries a field.
    """
    complaints: list[Complaint] = []
    return _resolve(node, complaints), tuple(complaints)


def _resolve(node: parser.Node, complaints: list[Complaint]) -> ResolvedNode | None:
    if isinstance(node, parser.Field):
        return _field(node, complaints)
    return _rebuild(node, lambda child: _resolve(child, complaints))


def drop_unresolved(node: parser.Node, complaints: tuple[Complaint, ...]) -> parser.Node | None:
    """`node` without the fields that were complained of: what was really asked."""
    unknown = {complaint.position for complaint in complaints}
    if isinstance(node, parser.Field):
        return None if node.position in unknown else node
    # Only fields are left out here, so what comes back is a query's own tree.
    return cast(
        "parser.Node | None", _rebuild(node, lambda child: drop_unresolved(child, complaints))
    )


def _rebuild(
    node: parser.Node, change: Callable[[parser.Node], ResolvedNode | None]
) -> ResolvedNode | None:
    """`node` with its children changed; those that become None are left out."""
    match node:
        case parser.And(children) | parser.Or(children):
            changed = (change(child) for child in children)
            left = tuple(child for child in changed if child is not None)
            if len(left) == 1 and isinstance(left[0], parser.Not):
                # What stood beside it was left out; a Not takes away from something.
                left = (parser.Everything(), *left)
            if len(left) < 2:
                return next(iter(left), None)
            return type(node)(cast("tuple[parser.Node, ...]", left))
        case parser.Not(child):
            inner = change(child)
            return None if inner is None else parser.Not(cast("parser.Node", inner))
    return node


def _field(field: parser.Field, complaints: list[Complaint]) -> Only | None:
    match field.name:
        case "in":
            return Only("part", (PARTS.index(field.value),))
        case "date":
            first_and_last = parser.narrowed_dates(field.value)
            return between_days(*first_and_last) if first_and_last else None
        case "outlet":
            found = find_outlet_keys(field.value)
        case "speaker":
            found = find_speaker_keys(field.value)
    if not found:
        complaints.append(Complaint(f"unknown_{field.name}", field.position, field.value))
        return None
    return Only(field.name, tuple(found))


def between_days(first: dt.date | None, last: dt.date | None) -> Only:
    """The parts said from `first` to `last`; None leaves that side open."""
    low = day_number(first) if first else 0
    return Only("day", between=(low, day_number(last) if last else 99_999_999))


def find_outlet_keys(name: str) -> list[int]:
    """The primary keys of the outlets that are called or slugged `name`, or have it in a name.

    Only of those that something published shows, as with speakers: what an outlet or a speaker
    of a draft is called could be found out character by character.
    """
    shown = shown_outlets()
    exact = shown.filter(aliases__folded=fold_alias(name)).first()
    if exact:
        return [exact.pk]
    wanted = Q(slug__iexact=name) | Q(aliases__folded__contains=fold(name).replace(" ", ""))
    return list(shown.filter(wanted).values_list("pk", flat=True).distinct())


def find_speaker_keys(name: str) -> list[int]:
    """The primary keys of the speakers that are called or slugged `name`, or have it in a name."""
    wanted = Q(name=name) | Q(name__icontains=name) | Q(slug__iexact=name)
    shown = shown_speakers()
    found = shown.filter(wanted | Q(name_en__icontains=name))
    exact = [speaker.pk for speaker in found if name in {speaker.name, speaker.slug}]
    if exact or found:
        return exact or [speaker.pk for speaker in found]
    folded = fold(name)
    return [pk for pk, other in shown.values_list("pk", "name") if fold(other) == folded]


def similar_names(texts: Iterable[str], *, limit: int = 3) -> list[str]:
    """Names of outlets and speakers spelled much like one of `texts`, at most `limit` for each.

    Of those that something published shows. Two queries.
    """
    names = [
        *OutletAlias.objects.filter(outlet__in=shown_outlets()).values_list("name", flat=True),
        *shown_speakers().values_list("name", flat=True),
    ]
    by_folded = {fold(name): name for name in names}
    close: dict[str, str] = {}
    for text in map(fold, texts):
        # Comparing spellings is slow, and names without a common letter are not alike.
        candidates = [name for name in by_folded if not set(text).isdisjoint(name)]
        found = get_close_matches(text, candidates, n=limit, cutoff=0.6)
        close |= {name: by_folded[name] for name in found if name != text}
    return list(close.values())


def loosen_words(node: ResolvedNode) -> ResolvedNode | None:
    """`node` with any of the words of each Words enough; None when there is nothing to loosen."""
    match node:
        case parser.Words(text):
            return AnyWords(text)
        case parser.And(children) | parser.Or(children):
            loose = [loosen_words(child) for child in children]
            if any(child is not None for child in loose):
                mixed = tuple(a or b for a, b in zip(loose, children, strict=True))
                return type(node)(cast("tuple[parser.Node, ...]", mixed))
    return None
