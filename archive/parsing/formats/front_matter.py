"""Front matter: what the YAML at the head of a Markdown file says of its conference."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from archive.parsing.facts import KEYS, Facts
from archive.parsing.formats.line_wrapping import Line
from archive.parsing.formats.stated_fields import stated
from archive.parsing.records import Problem

_FENCE = "---"
_ENDS = ("---", "...")
_MOST_LINES, _MOST_CHARACTERS = 500, 50_000
_KEY = re.compile(r"[\w -]{1,40}\s?:(?:\s|$)")
# Of the machinery that published the file, not of the conference.
_EMPTY: tuple[object, ...] = (None, "", [], {})
_MACHINERY = {
    *("tags", "tag", "categories", "category", "layout", "slug", "permalink", "draft", "id"),
    *("modified_time", "modified", "updated", "lastmod", "last_modified", "date_modified"),
    *("crawled", "crawled_at", "fetched", "fetched_at", "抓取时间", "标签", "分类"),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    facts: Facts
    body: Sequence[Line]
    problems: tuple[Problem, ...] = ()


def split_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """The facts of the front matter, and the lines behind it; all lines when there is none.

    Front matter that cannot be read stays text, with the problem "front_matter_unreadable"; what
    it says beyond the known keys is named by "front_matter_unused".
    """
    end = _end(lines)
    inside = lines[1:end]
    if not end or not any(_KEY.match(line.text) for line in inside):
        return FrontMatter(Facts(), lines)
    try:
        values = yaml.safe_load("\n".join(line.text for line in inside))
        # A number may be too long to print: 1:1:1 is one to the base of sixty.
        facts, unused = _facts(values) if isinstance(values, dict) else (Facts(), [])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return FrontMatter(Facts(), lines, (_unreadable(error, lines[0].number),))
    if not isinstance(values, dict):
        return FrontMatter(Facts(), lines)
    named = Problem(lines[0].number, "front_matter_unused", {"keys": ", ".join(unused)})
    return FrontMatter(facts, lines[end + 1 :], (named,) if unused else ())


def _end(lines: Sequence[Line]) -> int:
    """Index of the line that closes the front matter; 0 when none opens or closes."""
    if not lines or lines[0].text.rstrip() != _FENCE:
        return 0
    size = 0
    for at, line in enumerate(lines[1 : _MOST_LINES + 1], 1):
        size += len(line.text)
        if size > _MOST_CHARACTERS:
            return 0
        if line.text.rstrip() in _ENDS:
            return at
    return 0


def _unreadable(error: Exception, first: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "a value cannot be read"
    line = first + 1 + mark.line if mark else first
    return Problem(line, "front_matter_unreadable", {"reason": str(reason)})


def _facts(values: Mapping[Any, Any]) -> tuple[Facts, list[str]]:
    """The facts, and the keys that say something no fact was made of."""
    named = {_name(key): value for key, value in values.items() if value not in _EMPTY}
    unused = dict.fromkeys(key for key in named if key not in _MACHINERY)
    found: dict[str, Any] = {}
    for field, keys in KEYS.items():
        for key in keys:
            value = _value(field, named.get(key))
            # A second date is that of publication, and may differ.
            if value and (found.setdefault(field, value) == value or field == "date"):
                unused.pop(key, None)
    return Facts(**found), list(unused)


def _name(key: object) -> str:
    return str(key).strip().lower().replace("-", "_").replace(" ", "_")


def _value(field: str, value: object) -> object:
    """`value` as the field takes it; None or "" when it says nothing of the kind."""
    if value is None or isinstance(value, bool | list | dict):
        return None
    return stated(field, value)
