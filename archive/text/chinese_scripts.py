"""Chinese in the other script: the same words in traditional or in simplified characters. Pure.

Only characters are exchanged (OpenCC's s2tw and tw2s): 软件 is shown as 軟件, never as 軟體, for
what somebody said is a record. Characters that have two forms in the other script are told apart by
the words they stand in (发展 發展, 头发 頭髮), which a machine does well and not without fault.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from archive.text.folding import converter, fold
from archive.text.han import HAN

Script = Literal["hans", "hant"]

_CONFIGURATION: dict[Script, str] = {"hant": "s2tw", "hans": "tw2s"}
TAGS: dict[Script, str] = {"hans": "zh-Hans", "hant": "zh-Hant"}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


class Converted(str):
    """A text in the other script that knows how it was written: marks are found in the original."""

    __slots__ = ("original",)
    original: str

    def __new__(cls, text: str, original: str) -> "Converted":
        converted = super().__new__(cls, text)
        converted.original = original
        return converted

    def places(self) -> Sequence[int]:
        """Where each character of the original stands in this text, and last the end of both.

        Characters are exchanged one for one but for a few phrases; then the two are laid together.
        """
        if len(self) == len(self.original):
            return range(len(self) + 1)
        places = [len(self)] * (len(self.original) + 1)
        matcher = SequenceMatcher(None, fold(self.original), fold(self), autojunk=False)
        for _kind, first, last, here, end in matcher.get_opcodes():
            places[first:last] = [min(here + step, end) for step in range(last - first)]
        return places


def script_of(language: str) -> Script | None:
    """The script of a BCP 47 language tag; None when it is no Chinese."""
    main, *rest = language.lower().replace("_", "-").split("-")
    if main != "zh":
        return None
    return "hant" if _TRADITIONAL.intersection(rest) and "hans" not in rest else "hans"


_LETTERS = {"ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": HAN}


@lru_cache(maxsize=4096)
def language_of(name: str) -> str:
    """The language that the letters of a name tell, as a BCP 47 tag; "" where they tell none.

    Kana, Hangul and Han letters do; of the last, some are of one script only: 新华社, 聯合報.
    """
    spoken = [tag for tag, letters in _LETTERS.items() if re.search(f"[{letters}]", name)]
    if spoken[:1] != ["zh"]:
        return spoken[0] if spoken else ""
    of_one = [script for script in TAGS if _converted(name, other(script)) != name]
    return TAGS[of_one[0]] if len(of_one) == 1 else "zh"


def other(script: Script) -> Script:
    return "hans" if script == "hant" else "hant"


def load_converters() -> None:
    """Load what the first page in the other script would wait for."""
    for configuration in _CONFIGURATION.values():
        converter(configuration)


def convert(text: str, script: Script) -> Converted:
    """`text` in `script`, with the original at hand. A text is converted once and remembered."""
    text = text.original if isinstance(text, Converted) else text
    return Converted(_converted(text, script), text)


@lru_cache(maxsize=2048)  # some ten of the longest conferences: a few megabytes
def _converted(text: str, script: Script) -> str:
    return str(converter(_CONFIGURATION[script]).convert(text))
