"""Merging: two outlets or two speakers that are one. What moves is kept, to be taken back."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from archive.editing.names.kinds import MODELS, Keys, KindOfChange, Renamable, limited
from archive.editing.names.renames import shown_at
from archive.models import (
    Answer,
    Appearance,
    Exchange,
    MovedAddress,
    OutletAlias,
    Speaker,
    SpeakerAlias,
)
from archive.models.outlets import fold_alias


class Merging(KindOfChange):
    """Everything of the row `other` becomes that of `row`. Of outlets; what differs with speakers
    is below."""

    taken_over: ClassVar[tuple[str, ...]] = ("name_en", "country", "wikidata")

    @property
    def gone(self) -> int:
        """The row that goes."""
        if self.change.other is None:
            raise ValueError("A merger is of two rows.")
        return self.change.other

    def rows(self) -> set[int]:
        return {self.change.row, self.gone}

    def check(self) -> None:
        """Any two rows can be merged."""

    def conferences(self) -> set[int]:
        return shown_at(self.change.named, self.gone)

    def _row(self, key: int) -> Any:
        return MODELS[self.change.named]._default_manager.get(pk=key)

    def move(self, within: Keys | None) -> None:
        exchanges = limited(Exchange.objects.filter(outlet=self.gone), "conference", within)
        if within is None:
            self.change.moved["exchanges"] = _keys(exchanges)
            # What comes later and prints a name of it is known by having a higher key.
            last = Exchange.objects.order_by("-pk").values_list("pk", flat=True).first()
            self.change.moved["last_exchange"] = last or 0
        exchanges.order_by().update(outlet=self.change.row)

    def close(self) -> None:
        one, into = self._row(self.gone), self._row(self.change.row)
        self._keep_row(one)
        self._move_names(one, into)
        self._take_over(one, into)
        old = MovedAddress.objects.filter(kind=self.change.named, new_slug=one.slug)
        self.change.moved["addresses"] = list(old.values_list("old_slug", flat=True))
        one.delete()
        MovedAddress.objects.record(self.change.named, one.slug, into.slug)

    def _keep_row(self, one: Renamable) -> None:
        fields = [field.attname for field in one._meta.concrete_fields]
        self.change.moved["row"] = {name: getattr(one, name) for name in fields}

    def _move_names(self, one: Any, into: Any) -> None:
        aliases = OutletAlias.objects.filter(outlet=one)
        self.change.moved["names"] = _keys(aliases)
        aliases.update(outlet=into)
        self.change.moved["added"] = None
        if not OutletAlias.objects.filter(folded=fold_alias(one.name)).exists():
            self.change.moved["added"] = into.add_alias(one.name).pk

    def _take_over(self, one: Any, into: Any) -> None:
        """What `into` does not say of itself."""
        found = {
            name: getattr(one, name)
            for name in self.taken_over
            if getattr(one, name) and not getattr(into, name)
        }
        self.change.moved["taken_over"] = found
        for name, value in found.items():
            setattr(into, name, value)
        if found:
            into.save(update_fields=list(found))


class MergingOfSpeakers(Merging):
    """Answers and appearances move. Where both appear, the office that is there stays."""

    taken_over = ("name_en",)

    def move(self, within: Keys | None) -> None:
        answers = limited(Answer.objects.filter(speaker=self.gone), "exchange__conference", within)
        theirs = limited(Appearance.objects.filter(speaker=self.gone), "conference", within)
        if within is None:
            self.change.moved["answers"] = _keys(answers)
            self.change.moved["appeared"] = _conferences(theirs)
        Answer.objects.filter(pk__in=answers.values("pk")).update(speaker=self.change.row)
        self._move_appearances(theirs, is_tried=within is not None)

    def _move_appearances(self, theirs: "QuerySet[Appearance]", *, is_tried: bool) -> None:
        there = Appearance.objects.filter(speaker=self.change.row)
        both = {
            one.conference_id: one
            for one in there.filter(conference__in=theirs.values("conference"))
        }
        dropped, given = [], []
        for one in theirs.filter(conference__in=list(both)):
            other = both[one.conference_id]
            dropped.append({"id": one.pk, "conference": one.conference_id, "role": one.role})
            if one.role and not other.role:
                given.append([other.pk, one.role])
                Appearance.objects.filter(pk=other.pk).update(role=one.role)
        Appearance.objects.filter(pk__in=[one["id"] for one in dropped]).delete()
        theirs.update(speaker=self.change.row)
        if not is_tried:
            self.change.moved |= {"dropped": dropped, "given": given}

    def _move_names(self, one: Any, into: Any) -> None:
        # Of one conference only: if both have it, that of `into` stays.
        there = SpeakerAlias.objects.filter(speaker=one)
        self.change.moved["names"] = _keys(there)
        there.update(speaker=into)
        self.change.moved["added"] = None
        self.change.moved["added_there"] = []
        if one.name == into.name:
            return
        if len(one.name) == 1:
            self.change.moved["added_there"] = _name_there(one.name, into, self.change.moved)
        elif not SpeakerAlias.objects.everywhere().filter(name=one.name).exists():
            alias = SpeakerAlias.objects.create(name=one.name, speaker=into)
            self.change.moved["added"] = alias.pk


def _name_there(name: str, into: Speaker, moved: dict[str, Any]) -> list[int]:
    """Have a surname alone mean `into` where it was printed, and nowhere else: in the next file it
    is somebody else's. Answers keys."""
    known = SpeakerAlias.objects.filter(name=name, conference__in=moved["appeared"])
    there = set(known.values_list("conference_id", flat=True))
    return [
        SpeakerAlias.objects.create(name=name, speaker=into, conference_id=key).pk
        for key in moved["appeared"]
        if key not in there
    ]


def _keys(rows: Any) -> list[int]:
    return sorted(rows.order_by().values_list("pk", flat=True))


def _conferences(appearances: "QuerySet[Appearance]") -> list[int]:
    return sorted(appearances.order_by().values_list("conference_id", flat=True))
