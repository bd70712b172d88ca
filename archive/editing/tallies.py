"""Tallies of what published conferences hold, kept as they change."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from archive.models import Answer, Appearance, Conference, ConferenceTally, Exchange, Tally

TallyCounts = dict[tuple[str, int], int]  # by kind and key of Tally

CONFERENCES, QUESTIONS, OUTLET, SPEAKER = Tally.Kind
_AT_ONCE = 500  # conferences
_IS_QUESTION = Count("pk", filter=Q(kind=Exchange.Kind.QUESTION))


def recount(keys: Sequence[int], change: int) -> None:
    """Bring tallies up to date with the conferences of `keys`, which changed as number `change`.

    Seven queries for some hundred.
    """
    rows = ConferenceTally.objects.filter(pk__in=keys).values_list("pk", "counts")
    before = {pk: _unpacked(counts) for pk, counts in rows}
    now = counts_of(keys)
    moved: Counter[tuple[str, int]] = Counter()
    for pk in keys:
        old, new = before.get(pk, {}), now.get(pk, {})
        for name in old.keys() | new.keys():
            moved[name] += new.get(name, 0) - old.get(name, 0)
    Tally.objects.add(moved, change)
    _keep({pk: now.get(pk, {}) for pk in keys if before.get(pk) != now.get(pk, {})})
    there = set(Conference.objects.filter(pk__in=keys).values_list("pk", flat=True))
    ConferenceTally.objects.filter(pk__in=set(keys) - there).delete()


def count_all(change: int) -> None:
    """Count every public conference anew."""
    Tally.objects.all().delete()
    ConferenceTally.objects.all().delete()
    for some in _public():
        recount(some, change)


def _public() -> Iterator[list[int]]:
    """The primary keys of all that is or was public, some hundred at a time."""
    keys = list(Conference.objects.ever_public().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def differences() -> list[tuple[str, int]]:
    """Kind and key of each tally that is not what counting every public conference gives."""
    counts: Counter[tuple[str, int]] = Counter()
    for some in _public():
        for one in counts_of(some).values():
            counts.update(one)
    rows = Tally.objects.values_list("kind", "key", "count")
    known = {(kind, key): count for kind, key, count in rows}
    return sorted(
        name for name in counts.keys() | known.keys() if counts[name] != known.get(name, 0)
    )


def counts_of(keys: Sequence[int]) -> dict[int, TallyCounts]:
    """What each conference of `keys` that is published holds, by its primary key. Four queries."""
    published = Conference.objects.published().filter(pk__in=keys)
    months = {pk: day.year * 100 + day.month for pk, day in published.values_list("pk", "date")}
    counts: dict[int, TallyCounts] = {
        pk: {(CONFERENCES, month): 1, (QUESTIONS, month): 0} for pk, month in months.items()
    }
    for pk, kind, key, count in _parts(list(counts)):
        if kind == OUTLET:
            counts[pk][QUESTIONS, months[pk]] += count
        if key is not None:
            counts[pk][kind, key] = counts[pk].get((kind, key), 0) + count
    return counts


def _parts(keys: list[int]) -> Iterator[tuple[int, str, int | None, int]]:
    """Conference, kind, outlet or speaker if known, and how many questions or answers."""
    asked = Exchange.objects.filter(conference__in=keys).order_by()
    for row in asked.values_list("conference", "outlet").annotate(count=_IS_QUESTION):
        yield row[0], OUTLET, row[1], row[2]
    answers = Answer.objects.filter(exchange__conference__in=keys).order_by()
    by = ("exchange__conference", "speaker")
    for row in answers.values_list(*by).annotate(count=Count("pk")):
        yield row[0], SPEAKER, row[1], row[2]
    there = Appearance.objects.filter(conference__in=keys).order_by()
    for conference, speaker in there.values_list("conference", "speaker"):
        yield conference, SPEAKER, speaker, 0


def _unpacked(counts: list[tuple[str, int, int]]) -> TallyCounts:
    return {(kind, key): count for kind, key, count in counts}


def _keep(counts: dict[int, TallyCounts]) -> None:
    rows = [
        ConferenceTally(pk, [[*name, count] for name, count in sorted(one.items())])
        for pk, one in counts.items()
    ]
    if rows:
        ConferenceTally.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["conference_id"], update_fields=["counts"]
        )
