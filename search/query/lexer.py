"""Reads the characters of a query as tokens: phrases, words, fields and marks. Pure."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from archive.text.folding import fold
from search.analysis import words

FieldName = Literal["outlet", "speaker", "in", "date"]
TokenKind = Literal["phrase", "word", "star", "field", "near", "or", "open", "close"]

# An opening quotation mark closes with its own partner, so that marks of another kind may stand
# inside: 「所谓“新冷战”」 is one phrase.
_PARTNERS = {
    **dict(zip("“”「『«﹁﹃", "””」』»﹂﹄", strict=True)),
    '"': '"＂',
    "＂": '"＂',
    "„": "“”",
    "〝": "〞〟",
}
_ANY_CLOSING = '"＂”」』»〞〟﹂﹄'

# A long dash is punctuation of Chinese prose and never a minus.
_MINUSES = "-－–−"
_MARKS: dict[str, TokenKind] = {"|": "or", "(": "open", ")": "close"}

_FIELD_NAMES: dict[FieldName, str] = {
    "outlet": "outlet 媒体 提问 提问媒体",
    "speaker": "speaker 发言人 回答 回答者 答",
    "in": "in 在 范围",
    "date": "date 日期 时间",
}
_FIELDS = {name: field for field, names in _FIELD_NAMES.items() for name in names.split()}
_PARTS = dict.fromkeys("question questions 提问 问 问题".split(), "question")
_PARTS |= dict.fromkeys("answer answers 回答 答 答案".split(), "answer")

# These read folded text: small letters, simplified, half width.
_FIELD = re.compile(f"({'|'.join(_FIELDS)}):")
_NEAR = re.compile("(?:near|近)(?:/(?P<distance>[0-9]*))?")
_DATE = re.compile(
    "(?P<year>[0-9]{4})"
    "(?:[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2}))?"
    "|年(?:(?P<month2>[0-9]{1,2})月(?:(?P<day2>[0-9]{1,2})[日号])?)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The smallest piece of a query that means something. `position` counts from 1."""

    kind: TokenKind
    text: str  # as typed: a phrase without its marks, a word, a field's name, an operator
    position: int
    negated: bool = False  # a minus stands directly before it
    field: FieldName | None = None
    value: str = ""  # of a field, where `in` is "question" or "answer"; of NEAR/20, the digits
    flaw: str = ""  # why a field cannot be used: the code of a complaint
    unclosed: int = 0  # the position of a quotation mark that nothing closes


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of `text`, in order. Every character that is not white space is in one."""
    folded = fold(text)
    at = 0
    while at < len(text):
        if folded[at] == " ":
            at += 1
        elif _is_minus(text, folded, at):
            token, at = _token(text, folded, at + 1)
            # What has a minus is looked for, so it is no operator: -OR is without the word.
            kind: TokenKind = "word" if token.kind in ("or", "near") else token.kind
            yield replace(token, kind=kind, negated=True)
        else:
            token, at = _token(text, folded, at)
            yield token


def has_words(text: str) -> bool:
    """Whether there is a word in `text` to look for; punctuation alone has none."""
    return any(True for _word in words(text))


def _is_minus(text: str, folded: str, at: int) -> bool:
    """Whether a minus stands at `at`: at the start of a piece, directly before what it is for.

    Anywhere else it is a hyphen: 新冠-19, “中国”-“东盟”.
    """
    starts = at == 0 or folded[at - 1] in " |("
    if not starts or text[at] not in _MINUSES or at + 1 == len(text):
        return False
    if text[at + 1] in _PARTNERS or folded[at + 1] == "(":
        return True
    return folded[at + 1] != "-" and has_words(text[at + 1 : _end(text, folded, at + 1)])


def _token(text: str, folded: str, at: int) -> tuple[Token, int]:
    """The token at `at`, and the offset after it."""
    if text[at] in _PARTNERS:
        phrase, end, unclosed = _quoted(text, at)
        return Token(kind="phrase", text=phrase, position=at + 1, unclosed=unclosed), end
    if kind := _MARKS.get(folded[at]):
        return Token(kind=kind, text=text[at], position=at + 1), at + 1
    if field := _FIELD.match(folded, at):
        return _field(text, folded, field)
    end = _end(text, folded, at)
    return _piece(text, folded, at, end), end


def _field(text: str, folded: str, name: re.Match[str]) -> tuple[Token, int]:
    at, end, unclosed = name.start(), name.end(), 0
    if end < len(text) and text[end] in _PARTNERS:
        value, end, unclosed = _quoted(text, end)
    else:
        end = _end(text, folded, end)
        value = text[name.end() : end]
    value, flaw = _value(_FIELDS[name[1]], value.strip())
    token = Token(
        kind="field",
        text=text[at : name.end(1)],
        position=at + 1,
        field=_FIELDS[name[1]],
        value=value,
        flaw=flaw,
        unclosed=unclosed,
    )
    return token, end


def _value(name: FieldName, typed: str) -> tuple[str, str]:
    """The value of a field, and what is wrong with it."""
    if not typed:
        return "", "empty_field"
    if name == "in":
        part = _PARTS.get(fold(typed))
        return (part, "") if part else (typed, "bad_in")
    if name == "date" and narrowed_dates(typed) is None:
        return typed, "bad_date"
    return typed, ""


def _piece(text: str, folded: str, at: int, end: int) -> Token:
    """text[at:end], which stands between spaces, quotation marks, bars and parentheses."""
    piece, position = folded[at:end], at + 1
    # Of one Han character it is only sure that it is meant as an operator when it stands alone.
    alone = folded[at - 1 : end + 1] == f" {piece} "
    if piece == "*":
        return Token(kind="star", text=text[at:end], position=position)
    if (piece == "or" and text[at:end].isupper()) or (piece == "或" and alone):
        return Token(kind="or", text=text[at:end], position=position)
    near = _NEAR.fullmatch(piece)
    if near and (piece != "近" or alone):
        distance = near["distance"] or ""
        return Token(kind="near", text=text[at:end], position=position, value=distance)
    return Token(kind="word", text=text[at:end], position=position)


def _end(text: str, folded: str, start: int) -> int:
    """The offset after the piece that begins at `start`."""
    rest = range(start, len(text))
    return next((i for i in rest if folded[i] in " |()" or text[i] in _PARTNERS), len(text))


def _quoted(text: str, opening: int) -> tuple[str, int, int]:
    """What the mark at `opening` quotes, the offset after it, and where it is left unclosed."""
    rest = range(opening + 1, len(text))
    partner = (i for i in rest if text[i] in _PARTNERS[text[opening]])
    other = (i for i in rest if text[i] in _ANY_CLOSING)
    closing = next(partner, next(other, -1))
    if closing < 0:
        return text[opening + 1 :], len(text), opening + 1
    return text[opening + 1 : closing], closing + 1, 0


def narrowed_dates(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of 2020, 2020-05, 2020-05-24, 2020年5月, 2020-05..2020-07-01.

    A range may be given in either order. None when `value` cannot be read.
    """
    dates = [_days(_DATE.fullmatch(end.strip())) for end in fold(value).split("..")]
    known = [days for days in dates if days]
    if len(known) < len(dates) or len(known) > 2:
        return None
    return min(first for first, _last in known), max(last for _first, last in known)


def _days(date: re.Match[str] | None) -> tuple[dt.date, dt.date] | None:
    """The days that `date` names, of the calendar; None when there are no such days."""
    if date is None:
        return None
    year = int(date["year"])
    month = date["month"] or date["month2"]
    day = date["day"] or date["day2"]
    try:
        first = dt.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last = int(month or 12)
    return first, dt.date(year, last, calendar.monthrange(year, last)[1])
