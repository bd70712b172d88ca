"""The language of a transcript, by its characters and, in Latin script, by its commonest words.

Pure. Telling six languages apart by their stop words needs thirty words each and errs on no text
of a page; the libraries for it (lingua, langid, fastText) bring 10 to 100 MB of models.
"""

import re
from collections import Counter
from collections.abc import Iterable

from archive.text.folding import converter
from archive.text.han import HAN

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Written in Cyrillic languages other than Russian.
_NOT_RUSSIAN = re.compile("[іїєґўјљњћђџѓќѕІЇЄҐЎЈЉЊЋЂЏЃЌЅ]")

_COMMONEST_WORDS = {
    "en": "the of and to in that is was for it with as on be at by this are have from or not but "
    "will what you we they i has been would there their press",
    "es": "de la que el en y los del se las por un para con una su al es lo como más pero sus le "
    "ha ya o este sí porque esta entre también muy hasta",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce "
    "il sont avec nous vous je aux cette ont été",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch "
    "es an werden aus er hat dass sie nach wird bei wir",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele "
    "das à seu sua ou quando muito nos já está eu também pelo",
}
_WORDS = {code: frozenset(words.split()) for code, words in _COMMONEST_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
# So many characters are enough to know the words of a language.
_SAMPLE = 50_000

# BCP 47 as far as it is needed: a language, perhaps with script and region.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-[a-z0-9-]{1,20})?")
_SCRIPTS = {"hans": "zh-Hans", "hant": "zh-Hant"}
_REGIONS = {
    **dict.fromkeys(("cn", "sg", "my"), "zh-Hans"),
    **dict.fromkeys(("tw", "hk", "mo"), "zh-Hant"),
}
_ENOUGH = 200_000
_CHINESE = ("zh", "cmn", "yue")


def choose_language(stated: str, texts: Iterable[str]) -> str:
    """The language of `texts`: `stated` (a BCP 47 tag of the file, or "") where they bear it out.

    Saved pages often carry the tag of their template, so the characters and the words win over
    it; it settles what they leave open.

    >>> choose_language("zh-CN", ["王毅"]), choose_language("en", ["王毅回答记者提问"])
    ('zh-Hans', 'zh-Hans')
    """
    found = detect_language(texts)
    told = _known(stated)
    if found == "zh" and told.startswith("zh-"):
        return told
    if found == "und" and told and not told.startswith(("zh", "ja", "ko", "ru")):
        return told
    return found


def detect_language(texts: Iterable[str]) -> str:
    """A BCP 47 tag: zh-Hans, zh-Hant, zh (no character tells which), en, ja, ko, es, fr, de, pt,
    ru, or und. The first 200,000 characters decide."""
    text = "\n".join(texts)[:_ENOUGH]
    letters = {char: count for char, count in Counter(text).items() if char.isalpha()}
    total = sum(letters.values())

    def share(pattern: re.Pattern[str]) -> float:
        return sum(n for char, n in letters.items() if pattern.match(char)) / (total or 1)

    if share(_LATIN) > 0.5:
        return _by_words(text[:_SAMPLE])
    if share(_CYRILLIC) > 0.5:
        return "und" if share(_NOT_RUSSIAN) > 0.01 else "ru"
    kana, hangul = share(_KANA), share(_HANGUL)
    if max(kana, hangul) > 0.1:
        return "ja" if kana > hangul else "ko"
    return _chinese({char: count for char, count in letters.items() if _HAN.match(char)})


def _by_words(text: str) -> str:
    """The language most of whose commonest words are here; "und" when two have as many."""
    words = Counter(_WORD.findall(text.lower()))
    counts = {
        code: sum(n for word, n in words.items() if word in common)
        for code, common in _WORDS.items()
    }
    first, second = sorted(counts, key=lambda code: counts[code], reverse=True)[:2]
    return first if counts[first] > counts[second] else "und"


def _chinese(han: dict[str, int]) -> str:
    to_simplified, to_traditional = converter("t2s").convert, converter("s2t").convert
    as_traditional = sum(n for char, n in han.items() if to_simplified(char) != char)
    as_simplified = sum(n for char, n in han.items() if to_traditional(char) != char)
    if as_traditional == as_simplified:
        return "zh" if han else "und"
    return "zh-Hant" if as_traditional > as_simplified else "zh-Hans"


def _known(stated: str) -> str:
    """`stated` as one of the tags that detect_language gives; "" for any other."""
    tag = _TAG.fullmatch(stated.strip().replace("_", "-").lower())
    if tag is None:
        return ""
    if tag[1] in _CHINESE:
        return _SCRIPTS.get(tag[2] or "") or _REGIONS.get(tag[3] or "") or "zh"
    return tag[1] if tag[1] in (*_WORDS, "ja", "ko", "ru") else ""
