"""Corrections of an editor, applied to the turns a file was cut into. Pure.

A correction names its paragraph by line and text, so it finds it again when a better parser cuts
the file in another way, and in a corrected source. The file itself is never changed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal, get_args

from archive.parsing.cleanup import join_pieces
from archive.parsing.corrections.turn_list import TurnList
from archive.parsing.records import Paragraph, Turn, TurnKind
from archive.text.folding import squeeze

_Value = Mapping[str, Any]
CorrectionKind = Literal["words", "split", "join", "kind", "asker", "speaker", "office", "about"]

# What a turn may be made: a "speech" is what no editor has decided yet.
KINDS: tuple[TurnKind, ...] = tuple(kind for kind in get_args(TurnKind) if kind != "speech")

# A label as it is printed before somebody's words, or alone above them; and the words.
_MARKER = r"([^\w\s]{0,4}%s(?:记者|記者)?[^\w:：]{0,8}(?:[:：][\s*_]*|$))(.*)"


@dataclass(frozen=True, slots=True)
class TranscriptCorrection:
    """One thing put right, about the paragraph that stands at `line` and reads `text` once the
    corrections before it are applied; white space does not count. `value` by kind:

    words {text}: the paragraph's new text; a newline makes more of it, "" removes it.
    split {kind, label}: a turn begins at this paragraph.
    join {}: the turn of this paragraph goes on with the one before.
    kind {kind, scope}: what its turn is.
    asker {outlet, asked_by, reporter, scope}: who asks; `outlet` a slug, or "" to go by the label.
    speaker {name, scope, label}: who speaks; "" for nobody known.
    office {name, role}: the office a speaker held that day. No paragraph.
    about {field, value}: what the file says of its conference. No paragraph.

    `scope` "label" means all turns with that label (`label`, or the paragraph's own). `nth` tells
    apart paragraphs of one text on one line, counted from 0: see placed().
    """

    kind: CorrectionKind
    line: int | None  # as in Paragraph; None for what is about no paragraph
    text: str
    value: _Value


@dataclass(frozen=True, slots=True)
class Corrected:
    """Turns after corrections, and for each correction whether its place was found."""

    turns: tuple[Turn, ...]
    fits: tuple[bool, ...]
    decided: frozenset[str] = frozenset()  # labels of which an editor said what their turns are


def correct(turns: Sequence[Turn], corrections: Sequence[TranscriptCorrection]) -> Corrected:
    """`turns` with `corrections` applied in order, each on what those before it made.

    Those that do not fit change nothing. What is about no turn (office, about) is left to the
    caller, and counts as fitting here.
    """
    desk = TurnList(turns)
    fits = tuple(_apply(desk, one) for one in corrections)
    return Corrected(tuple(desk.turns), fits, frozenset(desk.decided))


@dataclass(frozen=True, slots=True)
class CorrectionStep:
    """What a correction is about, as it stood just before it was made."""

    correction: TranscriptCorrection
    paragraph: Paragraph | None  # None where it is not found, and for what is about none
    turns: tuple[Turn, ...]  # those that would change, and of a join the one before it too


def apply_each(
    turns: Sequence[Turn], corrections: Sequence[TranscriptCorrection]
) -> Iterator[CorrectionStep]:
    """correct() step by step, to look at what each correction finds."""
    desk = TurnList(turns)
    for one in corrections:
        if one.kind not in (*_AT_PARAGRAPH, *_OF_TURN):
            yield CorrectionStep(one, None, ())
            continue
        found = desk.find(one.line, one.text, one.value.get("nth", 0))
        paragraph = None if found is None else desk.turns[found[0]].paragraphs[found[1]]
        meant = desk.meant(one.line, one.text, one.value)
        if one.kind == "join" and meant and meant[0]:
            meant = [meant[0] - 1, *meant]
        yield CorrectionStep(one, paragraph, tuple(desk.turns[at] for at in meant))
        _apply(desk, one)


def placed(
    turns: Sequence[Turn], at: int, corrections: Sequence[TranscriptCorrection]
) -> list[TranscriptCorrection]:
    """`corrections`, made for the turn with the index `at`, so that none is taken for one of an
    earlier turn that says the same on the same line: a file may be one long line."""
    before = Counter(
        (paragraph.line, squeeze(paragraph.text))
        for turn in turns[:at]
        for paragraph in turn.paragraphs
    )
    return [
        replace(one, value={**one.value, "nth": count})
        if one.line is not None and (count := before[one.line, squeeze(one.text)])
        else one
        for one in corrections
    ]


def words_corrections(turn: Turn, text: str) -> list[TranscriptCorrection]:
    """The corrections that make `text`, a line for each paragraph, of the words of a turn.

    Paragraphs that stay as they are get none.
    """
    old = [paragraph.text for paragraph in turn.paragraphs]
    new = _lines(text)
    made: list[TranscriptCorrection] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "insert":
            # Beside a paragraph that stays: behind it, or in front of the first.
            at = max(a1 - 1, 0)
            lines = [*new[b1:b2], old[0]] if a1 == 0 else [old[at], *new[b1:b2]]
            made.append(_words_of(turn.paragraphs[at], lines))
            continue
        made += _replaced(turn.paragraphs[a1:a2], new[b1:b2])
    return made


def _replaced(old: Sequence[Paragraph], new: Sequence[str]) -> Iterator[TranscriptCorrection]:
    """One to one as far as that goes; the last takes what is left, or is left with nothing."""
    for at, paragraph in enumerate(old):
        last = at == len(old) - 1
        yield _words_of(paragraph, new[at:] if last else new[at : at + 1])


def _words_of(paragraph: Paragraph, lines: Sequence[str]) -> TranscriptCorrection:
    return TranscriptCorrection("words", paragraph.line, paragraph.text, {"text": "\n".join(lines)})


def _lines(text: str) -> list[str]:
    """The paragraphs of a text as somebody types it: one a line, white space made one space."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def _apply(desk: TurnList, one: TranscriptCorrection) -> bool:
    """Whether its place was found; what is about no turn has none."""
    if one.kind in _AT_PARAGRAPH:
        found = desk.find(one.line, one.text, one.value.get("nth", 0))
        return found is not None and _AT_PARAGRAPH[one.kind](desk, *found, one.value)
    if one.kind not in _OF_TURN:
        return True
    meant = desk.meant(one.line, one.text, one.value)
    for at in meant:
        if one.kind == "kind":
            desk.decided.add(desk.turns[at].label)
        desk.put(at, at + 1, _OF_TURN[one.kind](desk.turns[at], one.value))
    return bool(meant)


def _words(desk: TurnList, at: int, nth: int, value: _Value) -> bool:
    turn = desk.turns[at]
    paragraph = turn.paragraphs[nth]
    new = [replace(paragraph, text=line) for line in _lines(value["text"])]
    left = (*turn.paragraphs[:nth], *new, *turn.paragraphs[nth + 1 :])
    if left:
        desk.put(at, at + 1, replace(turn, paragraphs=left))
        return True
    desk.put(at, at + 1)  # a turn without words is none
    if turn.told is not None and at < len(desk.turns) and desk.turns[at].told is None:
        desk.put(at, at + 1, replace(desk.turns[at], told=turn.told))
    return True


def _split(desk: TurnList, at: int, nth: int, value: _Value) -> bool:
    turn, label = desk.turns[at], value.get("label", "")
    before, rest = turn.paragraphs[:nth], turn.paragraphs[nth:]
    if before:
        new = Turn(value["kind"], label, rest, rest[0].line, apart=True)
        desk.put(at, at + 1, replace(turn, paragraphs=before), _without_label(new))
    else:
        kept = replace(turn, kind=value["kind"], label=label or turn.label, apart=True)
        desk.put(at, at + 1, _without_label(kept))
    return True


def _without_label(turn: Turn) -> Turn:
    """`turn` with its label, where that stands before its words, made its marker."""
    first, rest = turn.paragraphs[0], turn.paragraphs[1:]
    if turn.marker or not turn.label:
        return turn
    printed = re.fullmatch(_MARKER % re.escape(turn.label), first.text, re.DOTALL)
    if printed is None or not (printed[2] or rest):
        return turn
    paragraphs = (replace(first, text=printed[2]), *rest) if printed[2] else rest
    return replace(turn, marker=printed[1].strip(), paragraphs=paragraphs)


def _join(desk: TurnList, at: int, nth: int, _value: _Value) -> bool:
    if nth:
        return True  # a better parser did not part them
    if not at:
        return False
    before, turn = desk.turns[at - 1 : at + 1]
    if turn.label == before.label:
        marker = "\n".join(filter(None, (before.marker, turn.marker)))
        joined = replace(before, marker=marker, paragraphs=(*before.paragraphs, *turn.paragraphs))
    else:
        # What was taken for a marker are words: 启示是：团结。
        turn = _with_marker_said(turn)
        joined = replace(before, paragraphs=(*before.paragraphs, *turn.paragraphs))
    desk.put(at - 1, at + 1, joined)
    return True


def _with_marker_said(turn: Turn) -> Turn:
    if not turn.marker:
        return turn
    first = turn.paragraphs[0]
    text = join_pieces([*turn.marker.split(), first.text])
    return replace(turn, marker="", paragraphs=(replace(first, text=text), *turn.paragraphs[1:]))


def _kind(turn: Turn, value: _Value) -> Turn:
    if turn.kind == value["kind"]:
        return turn
    turn = replace(turn, kind=value["kind"], continues=False, told=None)
    # Nobody says a heading, so nothing of it is a marker.
    return _with_marker_said(turn) if turn.kind == "topic" else turn


def _asker(turn: Turn, value: _Value) -> Turn:
    outlet, reporter = value.get("asked_by", ""), value.get("reporter", "")
    return replace(turn, outlet=outlet, reporter=reporter, outlet_slug=value.get("outlet", ""))


def _speaker(turn: Turn, value: _Value) -> Turn:
    return replace(turn, person=value["name"])


# What is done at one paragraph, by the indices of its turn and of itself; and to each turn meant.
_AT_PARAGRAPH: dict[str, Callable[[TurnList, int, int, _Value], bool]]
_AT_PARAGRAPH = {"words": _words, "split": _split, "join": _join}
_OF_TURN: dict[str, Callable[[Turn, _Value], Turn]]
_OF_TURN = {"kind": _kind, "asker": _asker, "speaker": _speaker}
