"""The difference of two transcripts: exchanges added, removed and changed, word by word. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, zip_longest
from typing import Literal

from archive.parsing.records import ParsedAnswer, ParsedConference, ParsedExchange
from archive.parsing.similarity import match_texts
from archive.text.han import HAN

RunKind = Literal["same", "gone", "new", "cut"]

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+[”’」』）)]*|$)")
# Words of letters and digits; of everything else, such as Han, one character each.
_WORD = re.compile(rf"[^\W\u3040-\u30ff{HAN}]+|.", re.DOTALL)
# Comparing grows with the product of both lengths; such a pair is shown as replaced.
_TOO_MUCH = 4_000_000
# Steps of SequenceMatcher, each some tenths of a microsecond: what is left then is shown as
# replaced. Two texts of 2,000 characters take 50,000, of one repeated sentence without end.
_STEPS, _STEPS_OF_ALL = 1_000_000, 5_000_000
_PLENTY = 100_000  # pairs of equal pieces
_UNLIKE = 0.3  # of two passages that share less, nothing is worth pointing out
_SHORTEST_SAME = 2  # characters; less between two changes only makes them harder to read
_AROUND = 24  # characters shown beside a change
_LEAST_CUT = 12  # characters an ellipsis must save
_WHOLE = 300  # characters shown of a passage that came or went with its exchange


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, went or came; "cut" stands for unchanged text left out."""

    kind: RunKind
    text: str
    role: str = ""  # held by the person `text` names, where it is not that of a speaker


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A question or an answer, or what stands beside it, as it was and as it is."""

    kind: Literal["topic", "asker", "question", "answer"]
    speaker: str  # of an answer; "" when the transcript does not say
    runs: tuple[Run, ...]
    role: str = ""  # of that speaker, as in Run


@dataclass(frozen=True, slots=True)
class Change:
    kind: Literal["added", "removed", "changed"]
    asker: str  # "" for a statement or an unknown asker
    is_question: bool
    passages: tuple[ChangedPassage, ...]
    index: int  # of the exchange: in the new order, of a removed one in the old


def compare(old: ParsedConference, new: ParsedConference) -> list[Change]:
    """The changes in the order of `new`; what was removed stands where it had been."""
    kept = match_texts([one.words for one in old.exchanges], [one.words for one in new.exchanges])
    return compare_exchanges(old.exchanges, new.exchanges, kept)


def compare_exchanges(
    old: Sequence[ParsedExchange],
    new: Sequence[ParsedExchange],
    kept: Mapping[int, int],
    effort: "Effort | None" = None,
) -> list[Change]:
    """The same, where it is known which exchange was which: index in `new` -> index in `old`."""
    effort = effort or Effort()
    gone = set(range(len(old))) - set(kept.values())
    changes: list[Change] = []
    for index, exchange in enumerate(new):
        before = kept.get(index)
        if before is None:
            changes.append(_whole("added", exchange, index))
            continue
        changes += _removed(old, gone, before)
        passages = tuple(_changed(old[before], exchange, effort))
        if passages:
            changes.append(_change("changed", exchange, passages, index))
    return changes + _removed(old, gone, len(old))


def _removed(old: Sequence[ParsedExchange], gone: set[int], until: int) -> list[Change]:
    """The removed exchanges that stood before `until`, each told once."""
    told = sorted(index for index in gone if index < until)
    gone -= set(told)
    return [_whole("removed", old[index], index) for index in told]


def _whole(kind: Literal["added", "removed"], exchange: ParsedExchange, index: int) -> Change:
    run: RunKind = "new" if kind == "added" else "gone"
    passages = [
        ChangedPassage("answer", a.speaker, _beginning(run, a.text), _role(a))
        for a in exchange.answers
    ]
    if exchange.question:
        passages.insert(0, ChangedPassage("question", "", _beginning(run, exchange.question)))
    return _change(kind, exchange, tuple(passages), index)


def _beginning(kind: RunKind, text: str) -> tuple[Run, ...]:
    if len(text) < _WHOLE + _LEAST_CUT:
        return (Run(kind, text),)
    return (Run(kind, text[:_WHOLE]), Run("cut", "…"))


def _change(
    kind: Literal["added", "removed", "changed"],
    exchange: ParsedExchange,
    passages: tuple[ChangedPassage, ...],
    index: int,
) -> Change:
    return Change(kind, exchange.asked_by, exchange.kind == "question", passages, index)


def _changed(
    old: ParsedExchange, new: ParsedExchange, effort: "Effort"
) -> Iterator[ChangedPassage]:
    if old.topic != new.topic:
        yield ChangedPassage("topic", "", _replaced(old.topic, new.topic))
    if old.asked_by != new.asked_by:
        yield ChangedPassage("asker", "", _replaced(old.asked_by, new.asked_by))
    if old.question != new.question:
        yield ChangedPassage("question", "", marked(old.question, new.question, effort))
    for before, after in zip_longest(old.answers, new.answers):
        yield from _changed_answer(before, after, effort)


def _changed_answer(
    old: ParsedAnswer | None, new: ParsedAnswer | None, effort: "Effort"
) -> Iterator[ChangedPassage]:
    if old is None and new is not None:
        yield ChangedPassage("answer", new.speaker, (Run("new", new.text),), _role(new))
    elif new is None and old is not None:
        yield ChangedPassage("answer", old.speaker, (Run("gone", old.text),), _role(old))
    elif old is not None and new is not None:
        who = _changed_speaker(old, new)
        words = () if old.text == new.text else marked(old.text, new.text, effort)
        if who and words:
            who = (*who, Run("same", "\n"))
        if who or words:
            yield ChangedPassage("answer", new.speaker, (*who, *words), _role(new))


def _changed_speaker(old: ParsedAnswer, new: ParsedAnswer) -> tuple[Run, ...]:
    if (old.speaker, old.role) == (new.speaker, new.role):
        return ()
    runs = Run("gone", old.speaker, _role(old)), Run("new", new.speaker, _role(new))
    return tuple(run for run in runs if run.text or run.role)


def _role(answer: ParsedAnswer) -> str:
    return "" if answer.role == "speaker" else answer.role


def _replaced(old: str, new: str) -> tuple[Run, ...]:
    runs = (Run("gone", old), Run("new", new))
    return tuple(run for run in runs if run.text)


def marked(old: str, new: str, effort: "Effort | None" = None) -> tuple[Run, ...]:
    """`new` beside `old`: whole sentences first, then the words of those that changed.

    Bounded for any texts; `effort` bounds many of them together.
    """
    effort = effort or Effort()
    a, b = _SENTENCE.findall(old), _SENTENCE.findall(new)
    runs: list[Run] = []
    for tag, a1, a2, b1, b2 in _BoundedMatcher(a, b, effort).get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        if tag == "equal":
            runs.append(Run("same", after))
        else:
            runs += _words(before, after, effort)
    return tuple(_shortened(_joined(runs)))


def _words(old: str, new: str, effort: "Effort") -> Sequence[Run]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    if not a or not b or len(a) * len(b) > _TOO_MUCH:
        return _replaced(old, new)
    matcher = _BoundedMatcher(a, b, effort)
    if matcher.ratio() < _UNLIKE:
        return _replaced(old, new)
    runs: list[Run] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        inside = b1 > 0 and b2 < len(b)
        if tag == "equal" and not (inside and len(after) < _SHORTEST_SAME):
            runs.append(Run("same", after))
        else:
            runs += _replaced(before, after)
    return runs


class Effort:
    """The steps that are left for comparing, of many texts together."""

    def __init__(self, steps: int = _STEPS_OF_ALL) -> None:
        self.left = steps


class _BoundedMatcher(SequenceMatcher[str]):
    """SequenceMatcher that stops looking for what is alike after so many steps, and says of the
    rest that it was replaced. Where many pieces are equal, it begins with both ends."""

    def __init__(self, a: Sequence[str], b: Sequence[str], effort: Effort) -> None:
        super().__init__(None, a, b, autojunk=False)
        self._lengths = len(a), len(b)
        self._effort, self._left = effort, _STEPS
        # Each piece of `a` is held against all pieces of `b` that equal it.
        places: Mapping[str, list[int]] = self.b2j  # type: ignore[attr-defined]
        self._steps = list(accumulate((len(places.get(one, ())) for one in a), initial=0))
        self._ends = _same_ends(a, b) if self._steps[-1] > _PLENTY else (0, 0)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        ahi = self._lengths[0] if ahi is None else ahi
        bhi = self._lengths[1] if bhi is None else bhi
        before, after = self._ends
        if before and (alo, blo) == (0, 0):
            return Match(0, 0, before)
        if after and (ahi, bhi) == self._lengths:
            return Match(ahi - after, bhi - after, after)
        steps = self._steps[ahi] - self._steps[alo]
        if steps > min(self._left, self._effort.left):
            return Match(alo, blo, 0)
        self._left -= steps
        self._effort.left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)


def _same_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many pieces are the same at the beginning, and at the end of what is left."""
    most = min(len(a), len(b))
    before = next((at for at in range(most) if a[at] != b[at]), most)
    most -= before
    return before, next((at for at in range(most) if a[-1 - at] != b[-1 - at]), most)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbouring runs of one kind made one; of changes side by side what went comes first."""
    joined: list[Run] = []
    gone = new = ""
    for run in [*runs, Run("same", "")]:
        if run.kind == "gone":
            gone += run.text
        elif run.kind == "new":
            new += run.text
        elif run.text or gone or new:
            joined += _replaced(gone, new)
            gone = new = ""
            if joined and joined[-1].kind == "same":
                joined[-1] = Run("same", joined[-1].text + run.text)
            elif run.text:
                joined.append(run)
    return joined


def _shortened(runs: Sequence[Run]) -> Iterator[Run]:
    """Long unchanged stretches cut down to what stands beside a change."""
    for at, run in enumerate(runs):
        first, last = at == 0, at == len(runs) - 1
        ahead, behind = (0 if first else _AROUND), (0 if last else _AROUND)
        if run.kind != "same" or len(run.text) < ahead + behind + _LEAST_CUT:
            yield run
            continue
        pieces = Run("same", run.text[:ahead]), Run("cut", "…"), Run("same", run.text[-behind:])
        yield from (piece for piece in pieces[: 2 if last else 3] if piece.text)
