"""Words that somebody uses more often than all others do."""

from urllib.parse import parse_qs, urlsplit

import pytest

from archive.models import Outlet
from archive.text.folding import fold
from search.analysis import whole_words
from search.forms import SearchForm
from search.index import writer
from search.results import run_search
from search.statistics import keyness
from search.statistics.keyness import log_likelihood, recurring_words, stopwords
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
)

pytestmark = pytest.mark.django_db

OTHERS = [
    "请问中方对气候变化有何评论？",
    "请问疫情防控的最新情况如何？",
    "请问双方何时举行会谈？",
] * 8


def make_questions(outlet, texts, slug):
    talk = make_conference(slug=slug)
    return [make_exchange(talk, text, outlet=outlet) for text in texts]


@pytest.fixture
def reuters():
    make_questions(make_outlet("法新社", "afp"), OTHERS, "others")
    return make_outlet()


def asked(outlet, *texts):
    make_questions(outlet, texts, "own")
    writer.rebuild()
    return [word.text for word in recurring_words(outlet)]


def test_a_word_others_do_not_say_recurs(reuters):
    words = asked(reuters, *["请问美国调整关税，中方有何评论？"] * 4)
    assert set(words) == {"美国", "调整", "关税"}


def test_what_is_said_twice_or_in_one_question_does_not_recur(reuters):
    assert "关税" not in asked(reuters, "关税何时取消？", "关税何时下降？", "天气如何？")


def test_five_times_in_one_question_is_no_habit(reuters):
    assert "关税" not in asked(reuters, "关税、关税、关税、关税、关税？", "天气如何？")


def test_an_outlet_is_not_known_by_its_own_name(reuters):
    assert "路透社" not in asked(reuters, *["我是路透社记者，请问关税问题。"] * 4)


def test_a_piece_of_a_word_is_not_shown_beside_it(reuters):
    words = asked(reuters, *["一带一路的项目进展如何？"] * 5)
    assert "一带一路" in words
    assert not {"一带", "一路"} & set(words)


def test_a_word_is_shown_as_it_is_printed(reuters):
    words = asked(reuters, *["Is NATO expanding its economy? 關稅呢？"] * 4)
    assert {"NATO", "economy", "關稅"} <= set(words)


def test_a_word_leads_to_the_search_that_finds_it_as_often(reuters):
    asked(reuters, *["美国调整关税，关税战何时结束？"] * 4, "谈谈贸易。")
    words = recurring_words(reuters)
    assert words
    for word in words:
        address = {name: values[0] for name, values in parse_qs(urlsplit(word.url).query).items()}
        form = SearchForm(address)
        assert form.is_valid()
        assert run_search(form.params()).counts.occurrences == word.count


def test_answers_are_compared_with_answers():
    talk = make_conference()
    wang, mao = make_speaker(), make_speaker("毛宁", "mao-ning")
    for _ in range(9):
        make_answer(make_exchange(talk, "关税？"), "我们主张多边主义。", speaker=wang)
        make_answer(make_exchange(talk, "关税？"), "我没有可以提供的信息。", speaker=mao)
    writer.rebuild()
    assert "多边主义" in [word.text for word in recurring_words(wang)]
    assert "多边主义" not in [word.text for word in recurring_words(mao)]


def test_who_alone_is_heard_cannot_be_compared(reuters):
    Outlet.objects.get(slug="afp").exchanges.all().delete()
    assert asked(reuters, *["美国调整关税。"] * 5) == []


def test_words_are_those_of_the_index_as_it_is_now(reuters):
    assert "关税" in asked(reuters, *["美国调整关税。"] * 5)
    reuters.exchanges.all().delete()
    writer.drain()
    assert recurring_words(reuters) == []


def test_words_are_counted_again_when_something_of_theirs_is_indexed(reuters, monkeypatch):
    counted = []
    found_in = keyness._found_in
    monkeypatch.setattr(
        keyness, "_found_in", lambda *given: counted.append(given) or found_in(*given)
    )
    asked(reuters, *["请问美国调整关税，中方有何评论？"] * 4)
    make_questions(make_outlet("共同社", "kyodo"), OTHERS[:3], "more")
    writer.drain()
    [word] = [word for word in recurring_words(reuters) if word.text == "关税"]
    assert (word.count, len(counted)) == (4, 1)
    make_questions(reuters, ["请问关税何时取消？"], "later")
    writer.drain()
    [word] = [word for word in recurring_words(reuters) if word.text == "关税"]
    assert (word.count, len(counted)) == (5, 2)


def test_without_an_index_a_profile_does_without_words(reuters, client):
    make_questions(reuters, ["关税？"] * 5, "own")
    assert recurring_words(reuters) is None
    assert client.get("/outlets/reuters/").status_code == 200


def test_a_profile_shows_the_words_and_where_they_are(reuters, client):
    asked(reuters, *["美国调整关税。"] * 5)
    page = client.get("/outlets/reuters/").content.decode()
    assert "in=question&amp;outlet=reuters" in page
    assert "关税" in page.split('class="words"')[1]


def test_the_likelihood_is_dunnings():
    assert log_likelihood(5, 50, 1000, 10_000) == pytest.approx(0)
    # The example of Rayson and Garside (2000): 2 * (10 ln(10/3) + 5 ln(5/12)).
    assert log_likelihood(10, 5, 1000, 4000) == pytest.approx(15.325, abs=0.001)


def test_stop_words_stand_in_their_indexed_form():
    assert len(stopwords()) > 100
    for word in stopwords():
        assert fold(word) == word
        assert [one.text for one in whole_words(word)] != [] or len(word) < 2, word
