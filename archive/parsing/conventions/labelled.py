"""Labels in Spanish, French, German, Portuguese, Italian, Russian, Japanese and Korean: one table.

A language is taken when its words for asking stand before paragraphs; then the names of its
speakers, in capitals or coming again, count as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.parsing.attribution.labels import is_moderator_label
from archive.parsing.conventions.base import Convention, Mark
from archive.parsing.conventions.capital_labels import LABEL, capital_marks, merged, name_marks
from archive.parsing.records import Paragraph, TurnKind

_COLON = r"(?:\s?[(（\[][^()（）\[\]]{1,60}[)）\]])?\s?[:：](?!//)\s{0,8}"
# `P.-`, `LE PRÉSIDENT. -`, `QUESTION –`
_DASH = r"\s?(?:\.\s?[-–—]\s{0,8}|\s?[–—]\s{1,8}|\s[-–—]\s{1,8})"
_EITHER = f"(?:{_COLON}|{_DASH})"
_DOT = r"[.．]\s{1,8}"
_NUMBER = r"(?:\s?[0-9０-９]{1,3})?"


@dataclass(frozen=True, slots=True)
class _Language:
    """Each pattern has one group: the label as printed."""

    asks: re.Pattern[str]
    answers: re.Pattern[str]  # words that say somebody answers
    speaks: re.Pattern[str] | None = None  # names and offices of the language
    both: bool = False  # believed only when somebody asks and somebody answers in its words


def _words(words: str, ends: str = _COLON) -> str:
    """A pattern for any of `words`, as written and in capitals, with what stands behind it."""
    every = {form for word in words.split("|") for form in (word, word.upper())}
    return rf"({'|'.join(sorted(every, key=len, reverse=True))}){ends}"


def _one(*patterns: str) -> re.Pattern[str]:
    """Whichever of `patterns` matches; the label is `match[match.lastindex]`."""
    return re.compile("|".join(patterns))


_JA_OFFICE = (
    r"(?:大臣|副大臣|政務官|報道官|長官|総裁|総理|首相|外相|知事|市長|町長|社長|会長|議員|参事官|局長|課長"
    r"|部長|審議官|次官|代表|委員長|大使|議長|幹事長|本部長|室長|答|回答|答弁|答え)"
)
_JA_ASKER = (
    r"(?:[^（）【】［］〔〕<>＜＞。、：:\n]{0,30}?(?:記者|特派員)(?:[A-Z0-9Ａ-Ｚ０-９]|団)?"
    r"|問|質問|質問者|記者団|幹事社[^（）【】［］〔〕<>＜＞。\n]{0,20})"
)
_JA_ANSWERER = rf"[^（）【】［］〔〕<>＜＞。、：:\n]{{0,24}}?{_JA_OFFICE}"
_JA_MODERATOR = r"(?:司会者?|進行|事務局|広報[^（）【】［］〔〕<>＜＞。\n]{0,10})"
_OPEN, _CLOSE = r"[（(【［\[〔<＜〈《○]", r"[）)】］\]〕>＞〉》]"
_KO_OFFICE = (
    r"(?:대변인|장관|차관|대통령|총리|실장|국장|과장|수석|위원장|처장|청장|원장|본부장|답변|답)"
)
_KO_BULLET = r"[○◯●◇◆□■▷▶▲△❍ㅇ]\s{0,2}"
_KO_ANSWERER = rf"(?:[가-힣A-Z]{{1,12}}\s{{0,2}}){{0,3}}?{_KO_OFFICE}(?:\s[가-힣]{{2,4}})?"
_KO_ASKER = r"(?:[가-힣A-Z0-9]{1,12}\s){0,2}[가-힣]{0,6}기자(?:\s?[0-9]{1,2})?|질문(?:자)?|질의|문"
_DE_NAME = (
    r"(?:(?:St?S|SRS|BM|BK|BK['’]in)(?:['’]in)?\s)?[A-ZÄÖÜ][\wß\-]{1,24}\s\([A-Z][\w/ ]{0,20}\)"
)

LANGUAGES: dict[str, _Language] = {
    "spanish": _Language(
        _one(
            _words(
                "Pregunta|Periodista|Reportero|Reportera|Interlocutor|Interlocutora|Prensa",
                _NUMBER + _EITHER,
            ),
            r"(P)(?:\s?\.\s?[-–—]\s{0,8}|\s?[-–—]\s{1,8}|:\s{1,8})",
        ),
        _one(
            _words("Respuesta", _EITHER),
            r"(R)(?:\s?\.\s?[-–—]\s{0,8}|\s?[-–—]\s{1,8}|:\s{1,8})",
        ),
        _one(
            _words("Vocero|Vocera|Portavoz", _EITHER),
            r"((?:Sra?\. )?[A-ZÁÉÍÓÚÑ][^.:;?!¿¡\n]{2,60})\.\s?[-–—]\s{0,8}",
        ),
    ),
    "french": _Language(
        _one(
            _words("Question|Journaliste|Intervenant|Intervenante", _NUMBER + _EITHER),
            r"(Q)(?:\s?\.\s?[-–—]\s{0,8}|\s?[-–—]\s{1,8}|\s?:\s{1,8})",
        ),
        _one(
            _words("Réponse|Reponse", _EITHER),
            r"(R)(?:\s?\.\s?[-–—]\s{0,8}|\s?[-–—]\s{1,8}|\s?:\s{1,8})",
        ),
        _one(
            rf"({LABEL}){_DASH}",
            r"((?:Le|La|M\.|Mme|L['’])\s?[^.:;?!–—\n]{2,50})(?:\s?:\s{1,8}|\.\s?[-–—]\s{0,8}"
            r"|\s[–—-]\s{1,8})",
        ),
        both=True,  # `Question:` with a colon is English, too
    ),
    "german": _Language(
        _one(_words("Frage|Zusatzfrage|Zusatz|Zuruf|Journalist|Journalistin", _NUMBER + _COLON)),
        _one(_words("Antwort")),
        _one(rf"({_DE_NAME}){_COLON}"),
    ),
    "portuguese": _Language(
        _one(_words("Pergunta|Jornalista|Repórter", _NUMBER + _EITHER)),
        _one(_words("Resposta", _EITHER)),
        _one(_words("Porta-voz", _EITHER)),
    ),
    "italian": _Language(
        _one(_words("Domanda|Giornalista", _NUMBER + _EITHER)),
        _one(_words("Risposta", _EITHER)),
    ),
    "russian": _Language(
        _one(_words("Вопрос|Журналист|Корреспондент|Реплика", _NUMBER + _EITHER)),
        _one(_words("Ответ", _EITHER)),
        _one(rf"((?:[А-ЯЁ]\.\s?){{1,2}}[А-ЯЁ][А-Яа-яё\-]{{1,30}}){_COLON}"),
    ),
    "japanese": _Language(
        _one(
            rf"{_OPEN}({_JA_ASKER}){_CLOSE}\s{{0,8}}",
            r"(問|質問)[）)]\s{0,8}",
            rf"((?:[^（）【】。、：:\n]{{0,30}}?記者|幹事社[^（）。：:\n]{{0,20}}|質問者?)){_COLON}",
        ),
        _one(
            rf"{_OPEN}({_JA_ANSWERER}){_CLOSE}\s{{0,8}}",
            r"(答|回答)[）)]\s{0,8}",
            rf"({_JA_ANSWERER}){_COLON}",
        ),
        _one(rf"{_OPEN}({_JA_MODERATOR}){_CLOSE}\s{{0,8}}", rf"({_JA_MODERATOR}){_COLON}"),
        both=True,  # `記者：` is Chinese, too
    ),
    "korean": _Language(
        _one(
            rf"{_OPEN}\s?({_KO_ASKER})\s?{_CLOSE}\s{{0,8}}",
            r"(문|질문)\)\s{0,8}",
            rf"(?:{_KO_BULLET})?({_KO_ASKER}){_COLON}",
            rf"{_KO_BULLET}({_KO_ASKER})\s{{1,8}}",
        ),
        _one(
            rf"{_OPEN}\s?({_KO_ANSWERER})\s?{_CLOSE}\s{{0,8}}",
            r"(답|답변)\)\s{0,8}",
            rf"(?:{_KO_BULLET})?({_KO_ANSWERER}){_COLON}",
            rf"{_KO_BULLET}({_KO_ANSWERER})\s{{1,8}}",
        ),
        _one(rf"{_OPEN}?\s?(사회자?|진행자?){_CLOSE}?{_COLON}"),
    ),
    "q-and-a": _Language(  # of any language
        _one(rf"(?:[0-9]{{1,3}}[.)]\s)?(Q{_NUMBER}){_DOT}"),
        _one(rf"(?:[0-9]{{1,3}}[.)]\s)?(A{_NUMBER}){_DOT}"),
        both=True,
    ),
}


# Paragraphs in which the language shows; to try all of them on every one takes too long.
_SAMPLE = 3_000


def find(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of the language that finds the most; none where nobody asks in its words."""
    sample = paragraphs[:_SAMPLE]
    readings = [(_read(sample, language), language) for language in LANGUAGES.values()]
    best, language = max(readings, key=lambda reading: len(reading[0]))
    if not best:
        return []
    if len(paragraphs) > len(sample):
        best = _read(paragraphs, language)
    told = {paragraphs[mark.paragraph].text for mark in best}
    return merged(best, capital_marks(paragraphs, ":", told.__contains__), name_marks(paragraphs))


def _read(paragraphs: Sequence[Paragraph], language: _Language) -> list[Mark]:
    marks = list(_marks(paragraphs, language))
    asked = any(mark.kind == "question" for mark in marks)
    answered = any(mark.kind in ("answer", "speech") for mark in marks)
    return marks if asked and (answered or not language.both) else []


def _marks(paragraphs: Sequence[Paragraph], language: _Language) -> Iterator[Mark]:
    tried: list[tuple[TurnKind, re.Pattern[str] | None]] = [
        ("question", language.asks),
        ("answer", language.answers),
        ("speech", language.speaks),
    ]
    for at, paragraph in enumerate(paragraphs):
        for kind, pattern in tried:
            found = pattern.match(paragraph.text) if pattern else None
            if found and found.lastindex:
                label = found[found.lastindex]
                kind_here = "moderator" if is_moderator_label(label) else kind
                yield Mark(at, 0, found.end(), kind_here, label)
                break


LABELLED = Convention("labelled", find)
