"""Taking back: a merger undone, with all that is still as it was moved."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from archive.editing.name_resolution import folds_of
from archive.editing.names.kinds import MODELS, Keys, KindOfChange, check_slug, chunks, limited
from archive.models import (
    Answer,
    Appearance,
    Exchange,
    MovedAddress,
    NameChange,
    OutletAlias,
    SpeakerAlias,
)


class TakingBack(KindOfChange):
    """A merger taken back: the row that went is there again, with all that is still as it was
    moved. What changed since stays, and is told. Of outlets."""

    what_moved, to_conference = "exchanges", "conference"

    def __init__(self, change: NameChange) -> None:
        super().__init__(change)
        if change.undoes is None:
            raise ValueError("A merger is taken back.")
        self.moved: dict[str, Any] = change.undoes.moved

    def rows(self) -> set[int]:
        return {self.change.row}

    @property
    def again(self) -> int:
        """The key of the row that is to be there again."""
        key: int = self.moved["row"]["id"]
        return key

    def check(self) -> None:
        row = self.moved["row"]
        into = MODELS[self.change.named]._default_manager.get(pk=self.change.row)
        moved = MovedAddress.objects.new_slug(self.change.named, row["slug"])
        if moved != into.slug:
            check_slug(self.change.named, self.change.row, row["slug"])

    @property
    def _names(self) -> list[int]:
        """Keys of the aliases that go with it; its own name is one since the merger."""
        added = self.moved["added"]
        return [*self.moved["names"], *([added] if added else [])]

    def _back(self) -> "QuerySet[Any]":
        """The exchanges that are still where they were moved to."""
        return Exchange.objects.filter(outlet=self.change.row).order_by()

    def _later(self) -> "QuerySet[Any]":
        """Exchanges that came since and print a name of the row that is there again."""
        aliases = OutletAlias.objects.filter(pk__in=self._names, outlet=self.change.row)
        names = set(aliases.values_list("folded", flat=True))
        later = self._back().filter(pk__gt=self.moved["last_exchange"], asked_by__gt="")
        labels = later.values_list("asked_by", flat=True).distinct()
        printed = [label for label in labels if not names.isdisjoint(folds_of(label))]
        return later.filter(asked_by__in=printed)

    def conferences(self) -> set[int]:
        return self._of_still_there() | set(self._later().values_list("conference_id", flat=True))

    def _of_still_there(self) -> set[int]:
        pairs = self._back().values_list("pk", self.to_conference)
        return {conference for key, conference in pairs if key in self._moved_rows}

    def _make_again(self) -> None:
        model = MODELS[self.change.named]
        if not model._default_manager.filter(pk=self.again).exists():
            model(**self.moved["row"]).save(force_insert=True)

    def move(self, within: Keys | None) -> None:
        self._make_again()
        limited(self._later(), "conference", within).update(outlet=self.again)
        count = 0
        for keys in chunks(self._still_there(within)):
            count += self._back().filter(pk__in=keys).update(outlet=self.again)
        self._tell(len(self.moved["exchanges"]) - count)

    def _still_there(self, within: Keys | None) -> set[int]:
        """Keys of what the merger moved and nobody moved on. One query."""
        rows = limited(self._back(), self.to_conference, within)
        return set(rows.values_list("pk", flat=True)) & self._moved_rows

    @cached_property
    def _moved_rows(self) -> set[int]:
        return set(self.moved[self.what_moved])

    def _tell(self, left: int) -> None:
        if left > 0:
            said = ngettext(
                "%(n)d place changed since and stays as it is.",
                "%(n)d places changed since and stay as they are.",
                left,
            )
            self.change.note = said % {"n": left}

    def close(self) -> None:
        into: Any = MODELS[self.change.named]._default_manager.get(pk=self.change.row)
        self._move_names(into)
        own = [
            name for name, value in self.moved["taken_over"].items() if getattr(into, name) == value
        ]
        for name in own:
            setattr(into, name, "")
        if own:
            into.save(update_fields=own)
        slug = self.moved["row"]["slug"]
        addresses = MovedAddress.objects.filter(kind=self.change.named, new_slug=into.slug)
        addresses.filter(old_slug=slug).delete()
        addresses.filter(old_slug__in=self.moved["addresses"]).update(new_slug=slug)

    def _move_names(self, into: Any) -> None:
        OutletAlias.objects.filter(outlet=into, pk__in=self._names).update(outlet=self.again)


class TakingBackOfSpeakers(TakingBack):
    """Answers and appearances go back."""

    what_moved, to_conference = "answers", "exchange__conference"

    def _back(self) -> "QuerySet[Any]":
        return Answer.objects.filter(speaker=self.change.row).order_by()

    def conferences(self) -> set[int]:
        there = Appearance.objects.filter(
            speaker=self.change.row, conference__in=self.moved["appeared"]
        )
        return self._of_still_there() | set(there.values_list("conference_id", flat=True))

    def move(self, within: Keys | None) -> None:
        self._make_again()
        count = 0
        for keys in chunks(self._still_there(within)):
            count += self._back().filter(pk__in=keys).update(speaker=self.again)
        self._tell(len(self.moved["answers"]) - count)
        self._bring_back_dropped(within)
        self._bring_back_moved(within)

    def _bring_back_dropped(self, within: Keys | None) -> None:
        """Where both appeared."""
        for one in self.moved["dropped"]:
            key = one["conference"]
            is_meant = within is None or key in within
            if is_meant and (key in self._answered(self.again) or self._is_empty(key)):
                _appear(one["id"], key, self.again, one["role"])
        for key, role in self.moved["given"]:
            there = limited(Appearance.objects.filter(pk=key, role=role), "conference", within)
            there.update(role="")

    def _is_empty(self, conference: int) -> bool:
        """Whether the merger moved no answer there: then only the appearance is to come back."""
        moved = Answer.objects.filter(exchange__conference=conference)
        return not moved.filter(pk__in=self.moved["answers"]).exists()

    def _answered(self, speaker: int) -> set[int]:
        rows = Answer.objects.filter(speaker=speaker).order_by()
        return set(rows.values_list("exchange__conference_id", flat=True))

    def _bring_back_moved(self, within: Keys | None) -> None:
        """Where only the row that went appeared: whoever answers there appears there."""
        both = {one["conference"] for one in self.moved["dropped"]}
        alone = set(self.moved["appeared"]) - both
        into = self._answered(self.change.row)
        rows = Appearance.objects.filter(speaker=self.change.row, conference__in=alone)
        for one in limited(rows, "conference", within):
            if one.conference_id in into:
                _appear(None, one.conference_id, self.again, one.role)
            else:
                Appearance.objects.filter(pk=one.pk).update(speaker=self.again)

    def _move_names(self, into: Any) -> None:
        names = SpeakerAlias.objects.filter(speaker=into)
        names.filter(pk__in=[self.moved["added"] or 0, *self.moved["added_there"]]).delete()
        names.filter(pk__in=self.moved["names"]).update(speaker=self.again)


def _appear(key: int | None, conference: int, speaker: int, role: str) -> None:
    if Appearance.objects.filter(conference=conference, speaker=speaker).exists():
        return
    if key is not None and Appearance.objects.filter(pk=key).exists():
        key = None
    Appearance.objects.create(pk=key, conference_id=conference, speaker_id=speaker, role=role)
