"""Our own export read back: what archive.exports.conference_json writes.

Every value is checked, and errors name its place.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn, get_args

from archive.parsing.facts import TEXTS, Facts, can_be
from archive.parsing.formats.limits import MEGABYTE, check_size, too_complex
from archive.parsing.records import (
    Document,
    Kind,
    Paragraph,
    ParsedAnswer,
    ParsedExchange,
    ParsedSpeaker,
    Role,
    TranscriptError,
    Turn,
    TurnKind,
)

_FORMAT = "JSON"
VERSION = 1
_LARGEST_JSON = 16 * MEGABYTE
# Values and members; an empty object of two characters takes sixty-four bytes.
_MOST_MARKS = 1_000_000
_KINDS: dict[Role, TurnKind] = {"speaker": "answer", "moderator": "moderator", "note": "note"}
_SHOWN = 40

JsonValue = Any  # what JSON yields, before it is checked


def read_export(content: bytes, filename: str) -> Document:
    """The exchanges and speakers of an export, and their words as turns.

    `line` counts the paragraphs of the export. Raises TranscriptError "bad_export" (which names
    the place, such as exchanges[3].answers[0].text), "too_big" or "too_complex".
    """
    data = _object(_decode(content), "the file")
    version = data.get("dawen")
    if version != VERSION or isinstance(version, bool):
        _refuse("dawen", f"stands {_shown(version)} where the version {VERSION} is expected")
    facts = Facts(date=_date(data), **{name: _fact(data, name) for name in TEXTS})
    speakers = tuple(
        ParsedSpeaker(_text(one, "name", path, required=True), _text(one, "role", path))
        for one, path in _objects(data, "speakers", "")
    )
    exchanges: list[ParsedExchange] = []
    turns: list[Turn] = []
    line = 1
    for at, (one, path) in enumerate(_objects(data, "exchanges", "", required=True)):
        exchange = _exchange(one, path, at, line)
        made = _turns(exchange, at)
        exchanges.append(_with_turns(exchange, made, len(turns)))
        turns += made
        line += sum(len(turn.paragraphs) for turn in made)
    if not exchanges:
        _refuse("exchanges", "nothing is listed")
    return Document(
        paragraphs=(),
        media_type="application/json",
        encoding=json.detect_encoding(content),
        facts=facts,
        turns=tuple(turns),
        speakers=speakers,
        exchanges=tuple(exchanges),
    )


def _decode(content: bytes) -> JsonValue:
    check_size(content, _FORMAT, _LARGEST_JSON)
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > _MOST_MARKS:
        raise too_complex(_FORMAT, f"it has more than {_MOST_MARKS} values")
    try:
        return json.loads(content, object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except TranscriptError:
        raise
    except RecursionError:
        _refuse("the file", "objects lie too deep inside each other")
    except ValueError as error:
        _refuse("the file", f"the JSON breaks off ({str(error)[:200]})")


def _without_doubles(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    data: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in data:
            _refuse(_shown(key), "the same name is given twice in one object")
        data[key] = value
    return data


def _no_number(name: str) -> NoReturn:
    _refuse("the file", f"{name} is no value of JSON")


def _exchange(data: Mapping[str, JsonValue], path: str, index: int, line: int) -> ParsedExchange:
    kind: Kind = _one_of(data, "kind", path, get_args(Kind))
    question = _text(data, "question", path, required=kind == "question")
    if kind == "statement" and question:
        _refuse(f"{path}.question", "a statement has no question")
    topic = _text(data, "topic", path)
    answers: list[ParsedAnswer] = []
    at = line + _lines(topic) + _lines(question)
    for one, place in _objects(data, "answers", path):
        answers.append(_answer(one, place, at))
        at += _lines(answers[-1].text)
    if not question and not answers:
        _refuse(f"{path}.answers", "a statement needs at least one")
    return ParsedExchange(
        kind=kind,
        asked_by=_text(data, "asked_by", path) or _text(data, "outlet", path),
        reporter=_text(data, "reporter", path),
        question=question,
        answers=tuple(answers),
        line=line + _lines(topic),
        topic=topic,
        follows=_follows(data, path, index),
    )


def _answer(data: Mapping[str, JsonValue], path: str, line: int) -> ParsedAnswer:
    role: Role = _one_of(data, "role", path, get_args(Role))
    return ParsedAnswer(
        speaker=_text(data, "speaker", path),
        role=role,
        text=_text(data, "text", path, required=True),
        line=line,
        label=_text(data, "label", path),
    )


def _turns(exchange: ParsedExchange, index: int) -> list[Turn]:
    """The words of the exchange with that index; the first of its turns says so."""
    line, turns = exchange.line, []
    if exchange.topic:
        above = line - _lines(exchange.topic)
        turns.append(Turn("topic", "", _paragraphs(exchange.topic, above), above))
    if exchange.question:
        words = _paragraphs(exchange.question, line)
        outlet, reporter = exchange.asked_by, exchange.reporter
        turns.append(Turn("question", outlet, words, line, outlet=outlet, reporter=reporter))
    for one in exchange.answers:
        words = _paragraphs(one.text, one.line)
        turns.append(Turn(_KINDS[one.role], one.label, words, one.line, person=one.speaker))
    return [replace(turns[0], told=index), *turns[1:]]


def _with_turns(exchange: ParsedExchange, turns: list[Turn], first: int) -> ParsedExchange:
    """`exchange` with the indices of its turns, of which the first has the index `first`."""
    asked = len(turns) - len(exchange.answers)
    answers = enumerate(exchange.answers, first + asked)
    return replace(
        exchange,
        turns=tuple(range(first, first + asked)),
        answers=tuple(replace(one, turns=(at,)) for at, one in answers),
    )


def _paragraphs(text: str, line: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(one, at) for at, one in enumerate(text.split("\n"), line))


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _object(value: JsonValue, path: str) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        _refuse(path, f"stands {_shown(value)} where an object is expected")
    return value


def _objects(
    data: Mapping[str, JsonValue], key: str, path: str, *, required: bool = False
) -> Iterator[tuple[dict[str, JsonValue], str]]:
    """The objects of a list, each with its path."""
    value = data.get(key, None if required else [])
    place = _join(path, key)
    if not isinstance(value, list):
        _refuse(place, f"stands {_shown(value)} where a list is expected")
    for at, one in enumerate(value):
        yield _object(one, f"{place}[{at}]"), f"{place}[{at}]"


def _text(data: Mapping[str, JsonValue], key: str, path: str, *, required: bool = False) -> str:
    """A text with paragraphs in lines: white space made one space, empty lines left out."""
    value = data.get(key)
    place = key if path == key else _join(path, key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        _refuse(place, f"stands {_shown(value)} where a text is expected")
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        _refuse(place, "stands half a character or a NUL, which no text may hold")
    lines = (" ".join(line.split()) for line in value.split("\n"))
    text = "\n".join(line for line in lines if line)
    if required and not text:
        _refuse(place, "the text is empty")
    return text


def _fact(data: Mapping[str, JsonValue], name: str) -> str:
    text = _text(data, name, name)
    if not can_be(name, text):
        _refuse(name, f"stands {_shown(text)} where an address of the web is expected")
    return text


def _one_of(data: Mapping[str, JsonValue], key: str, path: str, known: tuple[Any, ...]) -> Any:
    value = data.get(key)
    if value not in known:
        _refuse(f"{path}.{key}", f"stands {_shown(value)}, which is none of {', '.join(known)}")
    return value


def _date(data: Mapping[str, JsonValue]) -> dt.date | None:
    text = _text(data, "date", "date")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        _refuse("date", f"stands {_shown(text)} where a date such as 2020-05-24 is expected")


def _follows(data: Mapping[str, JsonValue], path: str, index: int) -> int | None:
    value = data.get("follows")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < index:
        _refuse(f"{path}.follows", f"stands {_shown(value)}, which is no earlier exchange")
    return value


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _shown(value: JsonValue) -> str:
    """A value as JSON, cut where it is long; what no file can show is escaped."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**_SHOWN:
        return "a very large number"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _refuse(path: str, reason: str) -> NoReturn:
    raise TranscriptError("bad_export", path=path, reason=reason)
