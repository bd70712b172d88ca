"""The turns of a file while they are corrected, and where in them a paragraph is found. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.parsing.records import Turn
from archive.parsing.similarity import ALIKE, likeness
from archive.text.folding import squeeze

_REACH = 5  # lines between a paragraph and where it is looked for by likeness


class Desk:
    """The turns under correction, and where each paragraph stands."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = list(turns)
        self._keys = [_keys(turn) for turn in self.turns]
        self.decided: set[str] = set()
        self._shifts: list[tuple[int, int]] = []  # a line, and how far its text has moved

    def put(self, start: int, end: int, *turns: Turn) -> None:
        self.turns[start:end] = turns
        self._keys[start:end] = [_keys(turn) for turn in turns]

    def find(self, line: int | None, text: str, which: int = 0) -> tuple[int, int] | None:
        """Index of the turn and of the paragraph in it: of the same text at the same line or the
        nearest, else of the likest text at nearly the same line.

        `which` of several with the same text on one line, counted from 0.
        """
        if line is None:
            return None
        key = squeeze(text)
        same = [
            (abs(self.turns[at].paragraphs[nth].line - line), at, nth)
            for at, keys in enumerate(self._keys)
            for nth, other in enumerate(keys)
            if other == key
        ]
        if not same:
            return self._alike(line, key)
        nearest = sorted(place for place in same if place[0] == min(same)[0])
        _, at, nth = nearest[min(which, len(nearest) - 1)]
        self._shifts.append((line, self.turns[at].paragraphs[nth].line - line))
        return at, nth

    def _alike(self, line: int, key: str) -> tuple[int, int] | None:
        shift = min(self._shifts, key=lambda known: abs(known[0] - line))[1] if self._shifts else 0
        near = [
            (-likeness(key, self._keys[at][nth]), abs(paragraph.line - line - shift), at, nth)
            for at, turn in enumerate(self.turns)
            for nth, paragraph in enumerate(turn.paragraphs)
            if abs(paragraph.line - line - shift) <= _REACH
        ]
        best = min(near, default=None)
        return None if best is None or -best[0] < ALIKE else (best[2], best[3])

    def meant(self, line: int | None, text: str, value: Mapping[str, Any]) -> list[int]:
        """Indices of the turns that a correction of that paragraph with that value is about."""
        found = self.find(line, text, value.get("nth", 0))
        if value.get("scope") != "label":
            return [] if found is None else [found[0]]
        label = value.get("label")
        if not isinstance(label, str):
            if found is None:
                return []
            label = self.turns[found[0]].label
        return [
            at
            for at, turn in enumerate(self.turns)
            if turn.label == label and turn.kind not in ("topic", "note")
        ]


def _keys(turn: Turn) -> list[str]:
    return [squeeze(paragraph.text) for paragraph in turn.paragraphs]
