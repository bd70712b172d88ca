"""The words of a text: the same for index, query and highlight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import fold
from search import analysis
from search.analysis import words, words_among


def texts(text):
    return [word.text for word in words(text)]


def test_a_long_word_is_indexed_with_its_parts():
    assert {"国家", "安全", "国家安全"} >= set(texts("国家安全")) >= {"国家", "安全"}


def test_function_words_and_digits_are_kept():
    assert {"的", "了", "5"} <= set(texts("中国的外交，来了5次"))


def test_latin_words_are_lower_cased_and_stemmed():
    assert texts("Nations UNITED") == ["nation", "unit"]


def test_accented_words_stay_whole():
    assert texts("présidence française")[0].startswith("présid")
    assert len(texts("présidence française")) == 2


def test_kana_and_hangul_are_words():
    assert texts("ありがとう 감사합니다") == ["ありがとう", "감사합니다"]


def test_traditional_text_has_the_words_of_simplified():
    assert texts("國家安全問題") == texts("国家安全问题")


TEXTS = st.text(alphabet=st.sampled_from("国家安全中美关系，。 aB5é\n臺"))


@given(TEXTS, TEXTS)
def test_looking_for_some_words_finds_these_and_no_others(text, query):
    wanted = {word.text for word in words(query)}
    found = [word for word in words(text) if word.text in wanted]
    assert list(words_among(text, wanted)) == sorted(found, key=lambda word: word[1:])


@given(TEXTS)
def test_a_word_stands_where_it_says(text):
    for word in words(text):
        surface = fold(text[word.start : word.end])
        assert word.text == surface or surface.startswith(word.text[:1])
        assert 0 <= word.start < word.end <= len(text)


@pytest.fixture
def new_fingerprint():
    """fingerprint(), computed anew each time."""

    def compute():
        analysis.fingerprint.cache_clear()
        return analysis.fingerprint()

    yield compute
    analysis.fingerprint.cache_clear()


def test_the_fingerprint_names_what_cuts_the_words(new_fingerprint, monkeypatch):
    found = set()
    for name in ("jieba", "snowballstemmer"):  # two that are installed
        monkeypatch.setattr(analysis, "_cutter_name", lambda name=name: name)
        found.add(new_fingerprint())
    assert len(found) == 2


def test_the_fingerprint_asks_for_no_distribution_of_the_engine(new_fingerprint, monkeypatch):
    asked = []
    monkeypatch.setattr(analysis, "version", lambda name: asked.append(name) or "1")
    new_fingerprint()
    assert {"jieba", "opencc"} <= set(asked)
    assert "whoosh" not in {name.lower() for name in asked}
