"""Frozen records as JSON and back: what comes from another process is taken apart and checked.

JSON and not pickle: a pickle from a reader that a crafted file has taken over would run here.
"""

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """A record or a date as json.dumps(default=plain) wants it; all else it can write itself."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat()


def from_plain(kind: Any, value: Any) -> Any:
    """The value of type `kind` that JSON made `value` of. Raises ValueError for any other."""
    if is_dataclass(kind):
        return _record(kind, value)
    if kind is dt.date and isinstance(value, str):
        return dt.date.fromisoformat(value)
    read = _GENERIC.get(typing.get_origin(kind))
    if read is not None:
        return read(typing.get_args(kind), value)
    if type(value) is not kind:
        raise ValueError(f"{type(value).__name__} where {kind} was to come")
    return value


def _record(kind: Any, value: Any) -> Any:
    # Types are asked for once a record; typing keeps nothing of it.
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    hints = _HINTS[kind]
    if not isinstance(value, dict) or value.keys() != hints.keys():
        raise ValueError(f"no {kind.__name__}")
    return kind(**{name: from_plain(hints[name], one) for name, one in value.items()})


def _tuple(kinds: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, list):
        raise ValueError(f"{type(value).__name__} where a list was to come")
    if kinds[-1] is Ellipsis:
        return tuple(from_plain(kinds[0], one) for one in value)
    return tuple(from_plain(kind, one) for kind, one in zip(kinds, value, strict=True))


def _mapping(kinds: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{type(value).__name__} where an object was to come")
    return {from_plain(kinds[0], name): from_plain(kinds[1], one) for name, one in value.items()}


def _literal(choices: tuple[Any, ...], value: Any) -> Any:
    if value not in choices:
        raise ValueError(f"none of {choices}")
    return value


def _union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and types.NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return from_plain(kind, value)
        except ValueError:
            continue
    raise ValueError(f"{type(value).__name__} is none of {kinds}")


_HINTS: dict[Any, dict[str, Any]] = {}
_GENERIC: dict[Any, Callable[[tuple[Any, ...], Any], Any]] = {
    tuple: _tuple,
    Mapping: _mapping,
    dict: _mapping,
    typing.Literal: _literal,
    types.UnionType: _union,
    typing.Union: _union,
}
