"""Which language a transcript is in."""

import pytest

from archive.parsing.language import choose_language, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("王毅就中国外交政策回答记者提问", "zh-Hans"),
        ("王毅就中國外交政策回答記者提問", "zh-Hant"),
        ("The minister answered questions.", "en"),
        ("外務大臣は記者の質問に答えた", "ja"),
        ("외교부 대변인이 질문에 답했다", "ko"),
        ("El ministro contestó a las preguntas de la prensa.", "es"),
        ("Le ministre a répondu aux questions de la presse.", "fr"),
        ("Der Minister hat die Fragen der Presse beantwortet.", "de"),
        ("O ministro não respondeu às perguntas da imprensa.", "pt"),
        ("Министр ответил на вопросы журналистов.", "ru"),
        ("Міністр відповів на запитання журналістів.", "und"),
        ("王毅", "zh"),
        ("123", "und"),
    ],
)
def test_language_is_told_by_the_characters(text, language):
    assert detect_language([text]) == language


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("zh-CN", "王毅", "zh-Hans"),
        ("zh_TW", "王毅", "zh-Hant"),
        ("zh-Hant-HK", "王毅", "zh-Hant"),
        ("zh-CN", "王毅就中國外交政策回答記者提問", "zh-Hant"),
        ("en", "王毅就中国外交政策回答记者提问", "zh-Hans"),
        ("en-US", "Hm.", "en"),
        ("klingon!", "Hm.", "und"),
        ("ja", "Hm.", "und"),
    ],
)
def test_stated_language_settles_what_the_text_leaves_open(stated, text, language):
    assert choose_language(stated, [text]) == language
