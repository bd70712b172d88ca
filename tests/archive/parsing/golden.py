"""What is understood of a transcript, as the golden files keep it."""

import dataclasses
import json
from typing import Any

from archive.parsing.facts import LATER
from archive.parsing.records import ParsedConference

# What links an exchange to its turns, or comes from an editor, is nothing to be told by eye.
_LEFT_OUT = {"turns", "outlet_slug"}


def as_golden(parsed: ParsedConference) -> str:
    def kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {
            name: value
            for name, value in pairs
            if name not in _LEFT_OUT and (value or name not in LATER)
        }

    data = dataclasses.asdict(parsed, dict_factory=kept)
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
