"""The words of a text: the same for index, query and highlight."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import fold
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
