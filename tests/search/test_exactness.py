"""Quoted phrases equal a brute-force scan of the database, whatever jieba makes of them."""

import random

import opencc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Answer, Exchange
from archive.text.folding import find_all, fold
from search.engine import engine
from search.query.parser import Phrase
from search.results import SearchParams, run_search
from tests.extent import at_night
from tests.search.casts import index_parts

TRADITIONAL = opencc.OpenCC("s2t")


def parts_in_database():
    """Every published part: ("question" or "answer", primary key) -> text."""
    questions = Exchange.objects.published().questions().values_list("pk", "question")
    answers = Answer.objects.published().values_list("pk", "text")
    found = {("question", pk): text for pk, text in questions}
    return found | {("answer", pk): text for pk, text in answers}


def brute_force(parts, phrase):
    """Part -> occurrences, by looking at every offset of every part."""
    wanted = fold(phrase)
    counts = {part: len(list(find_all(fold(text), wanted))) for part, text in parts.items()}
    return {part: count for part, count in counts.items() if count}


def found_by_engine(phrase):
    matches = engine().find(Phrase(phrase))
    page = matches.page("oldest", 0, len(matches))
    return {(match.part, match.pk): match.occurrences for match in page}


def random_phrases(parts, count):
    chance = random.Random(20200524)
    texts = list(parts.values())
    for _ in range(count):
        text = chance.choice(texts)
        length = min(chance.randint(1, 12), len(text))
        start = chance.randint(0, len(text) - length)
        yield chance.choice([str, fold, TRADITIONAL.convert])(text[start : start + length])


@pytest.mark.parametrize("count", [500, at_night(2000)])
def test_random_phrases_of_the_seed_equal_a_scan(seed, count):
    parts = parts_in_database()
    assert len(parts) == 35
    for phrase in random_phrases(parts, count):
        assert found_by_engine(phrase) == brute_force(parts, phrase), phrase


@pytest.mark.parametrize(
    "phrase",
    [
        "普京总统多次通话",
        "面对这场空前危机，中欧之间",
        "中国外交的未来吗？",
        "在不少国家",
        "类命运共",
        "带一",
        "的",
    ],
)
def test_a_phrase_across_a_page_break_or_a_word_border_is_found(seed, phrase):
    expected = brute_force(parts_in_database(), phrase)
    assert expected
    assert found_by_engine(phrase) == expected


def test_the_page_counts_what_a_scan_counts(seed):
    expected = brute_force(parts_in_database(), "命运共同体")
    counts = run_search(SearchParams(q="“命運共同體”")).counts
    assert counts.occurrences == sum(expected.values())
    assert counts.parts == len(expected)
    assert counts.conferences == 1


ALPHABET = "一带路中国國的。，、“”「」—-aAé \n5𠀀"


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(st.text(alphabet=ALPHABET, min_size=1, max_size=40), min_size=1, max_size=6),
    phrases=st.lists(st.text(alphabet=ALPHABET, min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_made_up_texts_equal_a_scan(index_folder, texts, phrases):
    index_parts(texts)
    parts = parts_in_database()
    for phrase in phrases + [text[:3] for text in texts]:
        assert found_by_engine(phrase) == brute_force(parts, phrase)
