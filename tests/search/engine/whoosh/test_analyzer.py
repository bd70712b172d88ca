"""The Whoosh analyzer: jieba's words as tokens, for the index and for every question to it."""

import pickle

import pytest

from search.analysis import Word, words
from search.engine.whoosh import analyzer as analyzer_module
from search.engine.whoosh.analyzer import JiebaAnalyzer
from search.engine.whoosh.schema import WORDS, build_schema
from search.query.parser import Words
from tests.search.engine.whoosh.test_executor import build, rows

TEXT = "共建“一带一路”，国家安全 Nations 5次"


def test_the_tokens_are_the_words_of_the_archive():
    tokens = [token.copy() for token in JiebaAnalyzer()(TEXT, positions=True, chars=True)]
    assert [Word(one.text, one.startchar, one.endchar) for one in tokens] == list(words(TEXT))
    assert [one.pos for one in tokens] == list(range(len(tokens)))


def test_tokens_can_be_counted_from_elsewhere():
    tokens = JiebaAnalyzer()("Nations", positions=True, chars=True, start_pos=7, start_char=40)
    found = [(one.text, one.pos, one.startchar, one.endchar) for one in tokens]
    assert found == [("nation", 7, 40, 47)]


def test_the_schema_names_the_analyzer_and_keeps_it():
    kept = pickle.loads(pickle.dumps(build_schema()))  # noqa: S301
    assert kept[WORDS].analyzer == JiebaAnalyzer()
    assert kept[WORDS].to_column_value(TEXT) == [word.text for word in words(TEXT)]


@pytest.mark.parametrize("asked", ["writer", "query"])
def test_what_the_analyzer_cuts_decides_what_is_found(asked, tmp_path, monkeypatch):
    def cut_by_letter(text):
        return [Word(letter, at, at + 1) for at, letter in enumerate(text)]

    if asked == "writer":
        monkeypatch.setattr(analyzer_module, "words", cut_by_letter)
    index = build(tmp_path, [["南海", "台湾海峡"]], set())
    monkeypatch.setattr(analyzer_module, "words", cut_by_letter)
    assert rows(index, Words("海")) == ([0, 1] if asked == "writer" else [])
