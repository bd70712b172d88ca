"""Renaming: other names of one outlet or speaker, or another address of a conference."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from archive.editing.names.kinds import MODELS, Keys, KindOfChange, NameRefused, check_slug, limited
from archive.editing.names.outlet_names import (
    ExchangeMove,
    moves,
    names_after,
    names_before,
)
from archive.models import (
    Answer,
    Appearance,
    Conference,
    Exchange,
    IgnoredLabel,
    MovedAddress,
    Outlet,
    OutletAlias,
    Speaker,
    SpeakerAlias,
)
from archive.models.outlets import fold_alias

_FIELDS = ("name", "name_en", "slug")


class Renaming(KindOfChange):
    """`after` instead of `before`. Names that others have move here, if `moved` says "taken"."""

    @cached_property
    def fields(self) -> dict[str, str]:
        """Of the row itself, those that change."""
        before, after = self.change.before, self.change.after
        known = [name for name in _FIELDS if name in before and before[name] != after[name]]
        is_conference = self.change.named == MovedAddress.Kind.CONFERENCE
        return {name: after[name] for name in known if not is_conference or name == "slug"}

    @property
    def _row(self) -> int:
        return self.change.row or -1  # of one that is not saved yet nothing is known

    @cached_property
    def _names(self) -> tuple[set[str], set[str]]:
        """Those that are added and those that are removed."""
        sides = (self.change.before, self.change.after)
        before, after = (set(one.get("names", ())) for one in sides)
        return after - before, before - after

    @cached_property
    def _exchange_moves(self) -> list[ExchangeMove]:
        if self.change.named != MovedAddress.Kind.OUTLET:
            return []
        before = names_before()
        return moves(before, names_after(before, self._row, *self._names), claimed_by=self._row)

    def rows(self) -> set[int]:
        return {self._row, *self._taken_from()}

    def _taken_from(self) -> set[int]:
        """Other outlets that lose a name."""
        if self.change.named != MovedAddress.Kind.OUTLET:
            return set()
        folded = [fold_alias(name) for name in self._names[0]]
        others = OutletAlias.objects.filter(folded__in=folded).exclude(outlet=self._row)
        return set(others.values_list("outlet_id", flat=True))

    def is_any(self) -> bool:
        """Whether it changes anything at all."""
        return bool(self.fields or any(self._names) or self._exchange_moves)

    def check(self) -> None:
        if "slug" in self.fields:
            check_slug(self.change.named, self.change.row, self.fields["slug"])
        added = self._names[0]
        if self.change.named == MovedAddress.Kind.OUTLET:
            others: Any = OutletAlias.objects.filter(folded__in=map(fold_alias, added))
            others = others.exclude(outlet=self._row).select_related("outlet")
            taken = None if self.change.moved.get("taken") else others.first()
            owner = taken.outlet.name if taken else ""
        else:
            others = SpeakerAlias.objects.everywhere().filter(name__in=added)
            taken = others.exclude(speaker=self._row).select_related("speaker").first()
            owner = taken.speaker.name if taken else ""
        if taken is not None:
            said = _("“%(name)s” already is a name of %(outlet)s.")
            raise NameRefused(said % {"name": taken.name, "outlet": owner})

    def conferences(self) -> set[int]:
        found: set[int] = set()
        for move in self._exchange_moves:
            found.update(move.exchanges().values_list("conference_id", flat=True))
        if self.fields and self.change.row:
            found |= shown_at(self.change.named, self.change.row)
        if self.change.named == MovedAddress.Kind.SPEAKER and self._names[1]:
            # Of an alias that goes they print it; what they say stays.
            printed = Answer.objects.filter(speaker=self.change.row, label__in=self._names[1])
            found.update(printed.order_by().values_list("exchange__conference_id", flat=True))
        return found

    def notices(self) -> int:
        is_address = self.change.named == MovedAddress.Kind.CONFERENCE
        withdrawn = Conference.objects.filter(
            pk=self.change.row, status=Conference.Status.WITHDRAWN
        )
        return withdrawn.count() if is_address else 0

    def move(self, within: Keys | None) -> None:
        if within is None:
            row: Any = MODELS[self.change.named]._default_manager.get(pk=self.change.row)
            for name, value in self.fields.items():
                setattr(row, name, value)
            if self.fields:
                touched = ["updated_at"] if isinstance(row, Conference) else []
                row.save(update_fields=[*self.fields, *touched])  # which keeps its old address
        elif self.fields:
            rows = MODELS[self.change.named]._default_manager.filter(pk=self.change.row)
            rows.update(**self.fields)
        for move in self._exchange_moves:
            exchanges = limited(move.exchanges(), "conference", within)
            if within is None:
                keys = list(exchanges.values_list("pk", flat=True))
                told = self.change.moved.setdefault("exchanges", [])
                told.append({"from": move.old, "to": move.new, "rows": keys})
            exchanges.update(outlet=move.new)

    def close(self) -> None:
        added, removed = self._names
        if self.change.named == MovedAddress.Kind.OUTLET:
            folded = {fold_alias(name): name for name in added}
            gone = OutletAlias.objects.filter(outlet=self._row, name__in=removed)
            others = OutletAlias.objects.filter(folded__in=folded).exclude(outlet=self._row)
            self.change.moved["names"] = [
                {"row": one.pk, "name": one.name, "from": one.outlet_id} for one in others
            ]
            gone.delete()
            others.delete()
            outlet = Outlet.objects.get(pk=self._row)
            for name in sorted(added):
                outlet.add_alias(name)
            IgnoredLabel.objects.filter(folded__in=folded).delete()
        elif self.change.named == MovedAddress.Kind.SPEAKER:
            aliases = SpeakerAlias.objects.everywhere().filter(speaker=self._row)
            aliases.filter(name__in=removed).delete()
            for name in sorted(added):
                SpeakerAlias.objects.create(speaker_id=self._row, name=name)


def shown_at(named: str, row: int) -> set[int]:
    """The conferences that show an outlet, a speaker, or a conference itself. Two queries."""
    if named == MovedAddress.Kind.CONFERENCE:
        return {row}
    if named == MovedAddress.Kind.OUTLET:
        asked = Exchange.objects.filter(outlet=row).order_by()
        return set(asked.values_list("conference_id", flat=True).distinct())
    answered = Answer.objects.filter(speaker=row).order_by()
    there = Appearance.objects.filter(speaker=row).order_by()
    return {
        *answered.values_list("exchange__conference_id", flat=True).distinct(),
        *there.values_list("conference_id", flat=True),
    }


def is_shown(row: Outlet | Speaker) -> bool:
    """Whether a published conference shows an outlet or a speaker. One query."""
    if isinstance(row, Speaker):
        shown = Conference.objects.published().filter(appearances__speaker=row)
    else:
        shown = Conference.objects.published().filter(exchanges__outlet=row)
    return shown.exists()
