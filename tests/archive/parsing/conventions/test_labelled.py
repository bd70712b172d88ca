"""The table of languages."""

import pytest

from archive.parsing.conventions.labelled import find
from tests.archive.parsing.conventions.marks import make_paragraphs, told

CASES = {
    "spanish": [
        ("PREGUNTA: ¿Y?", "question", "PREGUNTA"),
        ("INTERLOCUTORA: ¿Y?", "question", "INTERLOCUTORA"),
        ("RESPUESTA: No.", "answer", "RESPUESTA"),
        ("PRESIDENTA CLAUDIA SHEINBAUM PARDO: No.", "speech", "PRESIDENTA CLAUDIA SHEINBAUM PARDO"),
        ("VOCERO: No.", "speech", "VOCERO"),
        ("P.- ¿Y?", "question", "P"),
        ("R.- No.", "answer", "R"),
        ("Sra. Ministra portavoz.- No.", "speech", "Sra. Ministra portavoz"),
    ],
    "french": [
        ("QUESTION – Et ?", "question", "QUESTION"),
        ("Q - Et ?", "question", "Q"),
        ("R - Non.", "answer", "R"),
        ("Journaliste : Et ?", "question", "Journaliste"),
        ("LE PRÉSIDENT.- Non.", "speech", "LE PRÉSIDENT"),
        ("LA PORTE-PAROLE : Non.", "speech", "LA PORTE-PAROLE"),
    ],
    "german": [
        ("FRAGE: Und?", "question", "FRAGE"),
        ("Zusatzfrage: Und?", "question", "Zusatzfrage"),
        ("STS SEIBERT: Nein.", "speech", "STS SEIBERT"),
        ("Roe (AA): Nein.", "speech", "Roe (AA)"),
    ],
    "portuguese": [
        ("PERGUNTA: E?", "question", "PERGUNTA"),
        ("Resposta: Não.", "answer", "Resposta"),
    ],
    "italian": [("DOMANDA: E?", "question", "DOMANDA"), ("Risposta: No.", "answer", "Risposta")],
    "russian": [
        ("ВОПРОС: И?", "question", "ВОПРОС"),
        ("Вопрос: И?", "question", "Вопрос"),
        ("С.В.Лавров: Нет.", "speech", "С.В.Лавров"),
    ],
    "japanese": [
        ("（記者）はい", "question", "記者"),
        ("【NHK　岩澤記者】はい", "question", "NHK　岩澤記者"),
        ("（大臣）いいえ", "answer", "大臣"),
        ("【林外務大臣】いいえ", "answer", "林外務大臣"),
        ("（問）はい", "question", "問"),
        ("（答）いいえ", "answer", "答"),
        ("問）はい", "question", "問"),
        ("答）いいえ", "answer", "答"),
        ("記者：はい", "question", "記者"),
        ("大臣：いいえ", "answer", "大臣"),
        ("幹事社：はい", "question", "幹事社"),
        ("【司会】はい", "moderator", "司会"),
    ],
    "korean": [
        ("기자: 왜?", "question", "기자"),
        ("<질문> 왜?", "question", "질문"),
        ("질문: 왜?", "question", "질문"),
        ("대변인: 네.", "answer", "대변인"),
        ("<답변> 네.", "answer", "답변"),
        ("○ 대변인 네.", "answer", "대변인"),
        ("사회자: 네.", "moderator", "사회자"),
    ],
    "q-and-a": [("Q. 왜?", "question", "Q"), ("A1. 네.", "answer", "A1")],
}


@pytest.mark.parametrize("language", CASES)
def test_labels_of_a_language(language):
    paragraphs = make_paragraphs(*(text for text, _, _ in CASES[language]))
    found = [(kind, label) for kind, label, _ in told(paragraphs, find(paragraphs))]
    assert found == [(kind, label) for _, kind, label in CASES[language]]


@pytest.mark.parametrize(
    "texts",
    [
        ("Question: Why?", "Answer: Because."),
        ("记者：为什么？", "发言人：因为。"),
        ("【冒頭発言】", "（大臣）はい"),
        ("Q. Why?", "THE PRESIDENT. Because."),
        ("○ 대변인은 오늘", "○ 기자들은 오늘"),
    ],
)
def test_what_belongs_to_others_is_left_to_them(texts):
    assert find(make_paragraphs(*texts)) == []


def test_names_that_come_again_speak_too():
    paragraphs = make_paragraphs("Frage: Und?", "Vorsitzende Low: Ja.", "Vorsitzende Low: Nein.")
    assert [kind for kind, _, _ in told(paragraphs, find(paragraphs))] == [
        "question",
        "speech",
        "speech",
    ]
