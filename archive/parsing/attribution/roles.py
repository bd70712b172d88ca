"""Roles that no marker tells: who asks, who answers and who only hands the floor on. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.parsing.attribution.labels import (
    bare_label,
    is_asker_label,
    is_interpreter_label,
    is_moderator_label,
)
from archive.parsing.records import Problem, Turn, TurnKind
from archive.text.folding import fold

_ASKS = ("?", "？", "嗎", "吗", "呢")
_PRESS = (
    *("记者会", "采访", "专访", "联访", "茶叙", "访问", "访谈", "问答", "答问", "发布会", "记者"),
    *("interview", "press", "presconf", "q&a", "briefing", "media", "gaggle"),
)
# Shares of somebody's turns, found on minutes and press conferences of many kinds.
_MOSTLY_ASKS, _MOSTLY_HANDS_OVER, _MOSTLY_ANSWERED = 0.4, 0.5, 0.8
_NOW_AND_THEN, _ASKS_OR_ANSWERED, _MOSTLY_LEADS = 0.2, 0.6, 0.6
_MARKED_ASKS = 0.5
_HANDOVER_LENGTH = 300  # characters; who says more at a time does not only hand over


@dataclass(slots=True)
class _Told:
    """What is known of one label."""

    turns: int = 0
    characters: int = 0
    asking: int = 0  # turns that hold a question
    handing_over: int = 0  # turns that name the next speaker
    answered: int = 0  # turns that a principal's turn follows


def assign_roles(turns: Sequence[Turn], title: str) -> tuple[list[Turn], tuple[Problem, ...]]:
    """`turns` with every "speech" made a question, an answer or a moderator's turn, and guesses.

    Labels that say what somebody is (提问者, 主持人, Interviewer) are believed; of the others those
    ask who put questions to the one who speaks most, in what is a press conference or an interview.
    Minutes of a meeting stay statements.
    """
    labels = {turn.label for turn in turns if turn.label}
    kinds = {label: _kind_of(label) for label in labels} | dict.fromkeys(_initials(labels))
    open_labels = {t.label for t in turns if t.kind == "speech" and kinds.get(t.label) is None}
    guessed = _by_evidence(turns, kinds, open_labels, title) if open_labels else {}
    kinds |= guessed
    decided = [_decided(turn, kinds.get(turn.label)) for turn in turns]
    hosts = _hosts(decided)
    decided = [
        replace(turn, kind="moderator") if turn.kind == "answer" and turn.label in hosts else turn
        for turn in decided
    ]
    askers = sorted(label for label, kind in guessed.items() if kind == "question")
    if not askers:
        return decided, ()
    line = next(turn.line for turn in turns if turn.label in askers)
    return decided, (Problem(line, "askers_guessed", {"labels": ", ".join(askers)}),)


def _decided(turn: Turn, kind: TurnKind | None) -> Turn:
    if turn.kind in ("topic", "note", "question", "moderator"):
        return turn
    kind = kind or "answer"
    return turn if turn.kind == kind else replace(turn, kind=kind)


def _hosts(turns: Sequence[Turn]) -> set[str]:
    """Labels of the answering side that only lead from one answer to the next question.

    Whoever says most is never one, however the floor is given away.
    """
    spoken = [turn for turn in turns if turn.kind not in ("topic", "note")]
    characters: Counter[str] = Counter()
    said: Counter[str] = Counter()
    leading: Counter[str] = Counter()
    for before, turn, after in zip([None, *spoken], spoken, [*spoken[1:], None], strict=False):
        if turn.kind != "answer" or not turn.label:
            continue
        characters[turn.label] += sum(len(paragraph.text) for paragraph in turn.paragraphs)
        said[turn.label] += 1
        from_answer = before is None or before.kind != "question"
        leading[turn.label] += from_answer and after is not None and after.kind == "question"
    principals = {label for label, _ in characters.most_common(1)}
    return {
        label
        for label, count in said.items()
        if count > 1
        and label not in principals
        and is_asker_label(label) is None  # an office is there to answer
        and characters[label] <= _HANDOVER_LENGTH * count
        and leading[label] >= _MOSTLY_LEADS * count
    }


def _kind_of(label: str) -> TurnKind | None:
    if is_moderator_label(label):
        return "moderator"
    if is_interpreter_label(label):
        return "answer"
    asks = is_asker_label(label)
    return None if asks is None else "question" if asks else "answer"


def _initials(labels: set[str]) -> set[str]:
    """Labels of one letter, where they are names: A beside B and C is no word for "answer"."""
    letters = {label for label in labels if len(bare_label(label)) == 1 and label.isascii()}
    return letters if any(is_asker_label(letter) is None for letter in letters) else set()


def _by_evidence(
    turns: Sequence[Turn], kinds: Mapping[str, TurnKind | None], labels: set[str], title: str
) -> dict[str, TurnKind]:
    if any(turn.kind == "question" for turn in turns):
        return dict.fromkeys(labels, "answer")  # the file marks its questions
    told = _gather(turns)
    principals = _principals(told, kinds)
    for one, following in pairwise(turns):
        if following.label in principals and one.label not in principals and one.label:
            told[one.label].answered += 1
    marked = "question" in kinds.values()
    if not (marked or _is_press(title) or _is_interview(told, principals)):
        return dict.fromkeys(labels, "answer")
    return {
        label: "answer" if label in principals else _part_of(told[label], marked=marked)
        for label in labels
    }


def _gather(turns: Sequence[Turn]) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        if turn.kind in ("topic", "note") or not turn.label:
            continue
        one = told.setdefault(turn.label, _Told())
        words = turn.text
        one.turns += 1
        one.characters += len(words)
        one.asking += any(sign in words for sign in _ASKS)
        one.handing_over += following is not None and _names(words, following.label)
    return told


def _names(words: str, label: str) -> bool:
    """Whether a short turn speaks of whoever has `label`."""
    if not label or len(words) > _HANDOVER_LENGTH:
        return False
    said = fold(words)
    return any(part in said for part in fold(label).split() if len(part) > 1)


def _principals(told: Mapping[str, _Told], kinds: Mapping[str, TurnKind | None]) -> set[str]:
    """Those who answer: by their label, or by having said the most."""
    known = {label for label, kind in kinds.items() if kind == "answer"}
    if known:
        return known
    characters = {label: one.characters for label, one in told.items() if kinds.get(label) is None}
    return {label for label, _ in Counter(characters).most_common(1)}


def _is_press(title: str) -> bool:
    folded = fold(title)
    return any(word in folded for word in _PRESS) and "会前" not in folded


def _is_interview(told: Mapping[str, _Told], principals: set[str]) -> bool:
    """Whether one answers and all the others together ask."""
    others = [one for label, one in told.items() if label not in principals]
    turns = sum(one.turns for one in others)
    return (
        len(principals) == 1
        and turns > 0
        and sum(one.asking for one in others) >= _MOSTLY_ASKS * turns
        and len(others) <= 3
    )


def _part_of(one: _Told, *, marked: bool) -> TurnKind:
    """Of somebody who is no principal; `marked`: other labels say that they ask."""
    hands_over = one.turns > 1 and one.handing_over >= _MOSTLY_HANDS_OVER * one.turns
    if hands_over and one.characters <= _HANDOVER_LENGTH * one.turns:
        return "moderator"
    asking, answered = one.asking / one.turns, one.answered / one.turns
    if marked:
        return "question" if asking >= _MARKED_ASKS else "answer"
    asks = asking >= _MOSTLY_ASKS or answered >= _MOSTLY_ANSWERED
    draws_answers = asking >= _NOW_AND_THEN and asking + answered >= _ASKS_OR_ANSWERED
    return "question" if asks or draws_answers else "answer"
