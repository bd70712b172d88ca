"""Two states of one conference compared, as pages tell of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.models import Conference
from archive.parsing import export_diff
from archive.parsing.export_diff import Changed, ChangedFact
from archive.parsing.transcript_diff import Run


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a conference as a whole, as it was and as it is."""

    name: str  # a field of Conference
    runs: tuple[Run, ...]

    @property
    def label(self) -> str:
        return str(Conference._meta.get_field(self.name).verbose_name)  # type: ignore[union-attr]

    @classmethod
    def of(cls, changed: ChangedFact) -> "Fact":
        return cls(changed.name, changed.runs)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two exports of one conference. Exchanges are told apart by their numbers in links."""

    facts: tuple[Fact, ...]
    changes: tuple[Changed, ...]
    kept: int  # exchanges whose links stay, changed or not

    def __bool__(self) -> bool:
        return bool(self.facts or self.changes)

    @property
    def counts(self) -> Counter[str]:
        """How many exchanges were "added", "removed" or "changed", and are the "same"."""
        counts: Counter[str] = Counter(one.change.kind for one in self.changes)
        counts["same"] = self.kept - counts["changed"]
        return counts

    @property
    def gone(self) -> list[int]:
        """Numbers whose links will lead to the conference."""
        return [one.ref for one in self.changes if one.change.kind == "removed"]


def compare_exports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Compared:
    """What changed from one state of a conference to another, both as conference_as_data()."""
    compared = export_diff.compare_states(old, new)
    return Compared(tuple(map(Fact.of, compared.facts)), compared.changes, compared.kept)
