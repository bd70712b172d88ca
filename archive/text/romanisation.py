"""Hanyu Pinyin of Chinese words, of which addresses are made. Pure."""

import re

from archive.text.han import HAN

_DOUBLE_SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 令狐 夏侯 端木 南宫 独孤".split()
)


def load_romaniser() -> None:
    """Load what the first page of hosts would wait for."""
    romanise("部")


def romanise(text: str, *, is_person: bool = False) -> str:
    """外交部 as "wai jiao bu"; of a person the surname apart, 王文斌 as "wang wenbin" and 欧阳修 as
    "ouyang xiu". What is no Han character stays as it is."""
    # Its dictionaries take half a second and 57 MB; a command that needs no names does without.
    from pypinyin import lazy_pinyin

    if not is_person or not re.fullmatch(f"[{HAN}]{{2,4}}", text):
        return " ".join(lazy_pinyin(text))
    surname = text[:2] if text[:2] in _DOUBLE_SURNAMES and len(text) > 2 else text[:1]
    return f"{''.join(lazy_pinyin(surname))} {''.join(lazy_pinyin(text[len(surname) :]))}"
