"""Names of the people and bodies whose words are cited, and their parts. Pure."""

import re
from dataclasses import dataclass

from archive.text.han import HAN

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_HAN = re.compile(f"[{HAN}]")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")

# `Wang Wenbin` is family first though it is in Latin letters. The commonest family names in
# Hanyu Pinyin, and what a given name of one or two characters looks like in it.
_PINYIN_FAMILIES = frozenset(
    """bai cai cao chang chen cheng cui dai deng ding dong du duan fan fang feng fu gao geng gong
    gu guo han hao he hong hou hu hua huang jia jiang jin kang kong lai lei li liang liao lin liu
    long lu luo lü ma mao meng mo niu pan peng qian qiao qin qiu ren shao shen shi song su sun tan
    tang tao tian wan wang wei wen wu xi xia xiang xiao xie xiong xu xue yan yang yao ye yi yin
    yu yuan zeng zhai zhang zhao zheng zhong zhou zhu zou""".split()
)
_PINYIN_GIVEN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:[iu]?ang|iong|ing|eng|ong|[iu]?an|in|en|un|uai|iao|ai|ei|ao|ou|ia|ie|iu|ua|uo|ui|ue|üe"
    r"|[aeiouü])){1,2}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed, and its parts where it has any that a style may turn round."""

    printed: str
    family: str = ""  # "" where the name is never turned round: 王毅, 外交部
    given: str = ""
    suffix: str = ""
    family_first: bool = False  # as printed: Wang Wenbin

    @classmethod
    def of_person(cls, printed: str) -> "Name":
        """The parts of a Latin name; any other name whole."""
        printed = " ".join(printed.split())
        if _HAN.search(printed) or not _LATIN.search(printed):
            return cls(printed)
        family, comma, given = printed.partition(", ")
        if comma:
            return cls(f"{given} {family}", family, given)
        words = printed.split(" ")
        suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
        if len(words) == 1:
            return cls(printed)
        if _is_pinyin(words):
            return cls(printed, words[0], words[1], suffix, family_first=True)
        # `von der Leyen`: the family's name begins at its first small word.
        small = next((at for at, word in enumerate(words) if at and word[0].islower()), None)
        at = len(words) - 1 if small is None else small
        return cls(printed, " ".join(words[at:]), " ".join(words[:at]), suffix)

    @classmethod
    def of_body(cls, printed: str) -> "Name":
        """A ministry, an agency: never turned round."""
        return cls(" ".join(printed.split()))

    @property
    def is_han(self) -> bool:
        return bool(_HAN.search(self.printed))

    @property
    def inverted(self) -> str:
        """`Blinken, Antony`; a name that is not turned round as printed."""
        return self.printed if self.family_first else self.with_comma

    @property
    def with_comma(self) -> str:
        """`Blinken, Antony` and `Wang, Wenbin`: how files for programs part a name."""
        if not self.family:
            return self.printed
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))

    @property
    def initials(self) -> list[str]:
        """The first letters of the given names; those of `Jean-Pierre` stay together: J-P."""
        names = self.given.replace(".", " ").split()
        return ["-".join(part[0].upper() for part in name.split("-") if part) for name in names]


def _is_pinyin(words: list[str]) -> bool:
    return (
        len(words) == 2
        and words[0].lower() in _PINYIN_FAMILIES
        and words[0][0].isupper()
        and _PINYIN_GIVEN.fullmatch(words[1]) is not None
    )
