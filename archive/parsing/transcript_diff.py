"""The difference of two transcripts: exchanges added, removed and changed, word by word. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
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


@dataclass(frozen=True, slots=True)
class Passage:
    """A question or an answer, or what stands beside it, as it was and as it is."""

    kind: Literal["topic", "asker", "question", "answer"]
    speaker: str  # of an answer; "" when the transcript does not say
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Change:
    kind: Literal["added", "removed", "changed"]
    asker: str  # "" for a statement or an unknown asker
    is_question: bool
    passages: tuple[Passage, ...]
    index: int  # of the exchange: in the new order, of a removed one in the old


def compare(old: ParsedConference, new: ParsedConference) -> list[Change]:
    """The changes in the order of `new`; what was removed stands where it had been."""
    kept = match_texts([one.words for one in old.exchanges], [one.words for one in new.exchanges])
    return compare_exchanges(old.exchanges, new.exchanges, kept)


def compare_exchanges(
    old: Sequence[ParsedExchange], new: Sequence[ParsedExchange], kept: Mapping[int, int]
) -> list[Change]:
    """The same, where it is known which exchange was which: index in `new` -> index in `old`."""
    gone = set(range(len(old))) - set(kept.values())
    changes: list[Change] = []
    for index, exchange in enumerate(new):
        before = kept.get(index)
        if before is None:
            changes.append(_whole("added", exchange, index))
            continue
        changes += _removed(old, gone, before)
        passages = tuple(_changed(old[before], exchange))
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
    passages = [Passage("answer", a.speaker, _beginning(run, a.text)) for a in exchange.answers]
    if exchange.question:
        passages.insert(0, Passage("question", "", _beginning(run, exchange.question)))
    return _change(kind, exchange, tuple(passages), index)


def _beginning(kind: RunKind, text: str) -> tuple[Run, ...]:
    if len(text) < _WHOLE + _LEAST_CUT:
        return (Run(kind, text),)
    return (Run(kind, text[:_WHOLE]), Run("cut", "…"))


def _change(
    kind: Literal["added", "removed", "changed"],
    exchange: ParsedExchange,
    passages: tuple[Passage, ...],
    index: int,
) -> Change:
    return Change(kind, exchange.asked_by, exchange.kind == "question", passages, index)


def _changed(old: ParsedExchange, new: ParsedExchange) -> Iterator[Passage]:
    if old.topic != new.topic:
        yield Passage("topic", "", _replaced(old.topic, new.topic))
    if old.asked_by != new.asked_by:
        yield Passage("asker", "", _replaced(old.asked_by, new.asked_by))
    if old.question != new.question:
        yield Passage("question", "", marked(old.question, new.question))
    for before, after in zip_longest(old.answers, new.answers):
        yield from _changed_answer(before, after)


def _changed_answer(old: ParsedAnswer | None, new: ParsedAnswer | None) -> Iterator[Passage]:
    if old is None and new is not None:
        yield Passage("answer", new.speaker, (Run("new", new.text),))
    elif new is None and old is not None:
        yield Passage("answer", old.speaker, (Run("gone", old.text),))
    elif old is not None and new is not None:
        who = () if old.speaker == new.speaker else _replaced(old.speaker, new.speaker)
        words = () if old.text == new.text else marked(old.text, new.text)
        if who and words:
            who = (*who, Run("same", "\n"))
        if who or words:
            yield Passage("answer", new.speaker, (*who, *words))


def _replaced(old: str, new: str) -> tuple[Run, ...]:
    runs = (Run("gone", old), Run("new", new))
    return tuple(run for run in runs if run.text)


def marked(old: str, new: str) -> tuple[Run, ...]:
    """`new` beside `old`: whole sentences first, then the words of those that changed."""
    a, b = _SENTENCE.findall(old), _SENTENCE.findall(new)
    runs: list[Run] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        if tag == "equal":
            runs.append(Run("same", after))
        else:
            runs += _words(before, after)
    return tuple(_shortened(_joined(runs)))


def _words(old: str, new: str) -> Sequence[Run]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    if not a or not b or len(a) * len(b) > _TOO_MUCH:
        return _replaced(old, new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
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
