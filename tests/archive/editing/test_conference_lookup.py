"""The conference that a file corrects, found quickly among all of its day, and always the same."""

import datetime as dt
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.editing.conference_lookup import conference_corrected_by
from archive.models import Answer, Conference, Exchange
from archive.parsing.parser import parse_transcript
from archive.parsing.similarity import SoughtTexts, match_equal, match_texts
from archive.text.folding import squeeze

DAY = dt.date(2020, 5, 24)
HEAD = "{title}\n\n2020年5月24日\n\n"
HAN = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 1_500))


def text_of(rng, length):
    return "".join(rng.choice(HAN) for _ in range(length))


def fill(conferences, exchanges, *, title="外交部发言人主持例行记者会", length=150):
    """So many conferences of one day, each of words of its own."""
    rng = random.Random(conferences)
    held = Conference.objects.bulk_create(
        Conference(date=DAY, slug=f"c{number:03}", title=title.format(number))
        for number in range(conferences)
    )
    asked = Exchange.objects.bulk_create(
        Exchange(
            conference=one, position=n, ref=n, kind="question", question=text_of(rng, length) + "？"
        )
        for one in held
        for n in range(1, exchanges + 1)
    )
    Answer.objects.bulk_create(
        Answer(exchange=one, position=1, text=text_of(rng, 2 * length)) for one in asked
    )
    return held


def parse(pairs, title):
    said = "".join(f"路透社记者：{question}\n\n王毅：{answer}\n\n" for question, answer in pairs)
    return parse_transcript((HEAD.format(title=title) + said).encode(), "a.txt")


def said_at(conference):
    return [(one.question, one.said[0].text) for one in conference.exchanges.for_reading()]


def plain_way(parsed):
    """As it was before: every exchange of every conference of the day, compared with every one."""
    texts = [exchange.words for exchange in parsed.exchanges]
    for conference in Conference.objects.filter(date=parsed.date).order_by("slug"):
        known = [exchange.words for exchange in conference.exchanges.for_reading()]
        most = max(len(known), len(texts))
        same_title = squeeze(conference.title) == squeeze(parsed.title)
        if not same_title and 5 * len(match_equal(known, texts)) < most:
            continue
        matched = len(match_texts(known, texts))
        if matched and (same_title or 2 * matched >= most):
            return conference
    return None


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["外交部发言人主持例行记者会", "第{}场吹风会"])
def test_one_of_a_hundred_of_a_day_is_found_quickly(title, django_assert_num_queries):
    held = fill(100, 10, title=title)
    new = parse([(text_of(random.Random(9), 150) + "？", "是的。" * 80)] * 10, held[0].title)
    with django_assert_num_queries(1):
        assert conference_corrected_by(new) is None
    began = time.process_time()
    assert conference_corrected_by(new) is None
    # 40 to 60 ms alone; four seconds, with two hundred queries, before.
    assert time.process_time() - began < 0.5
    last = parse(said_at(held[-1]), held[-1].title)
    assert conference_corrected_by(last) == held[-1]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_one_that_the_plain_way_finds(seed):
    rng = random.Random(seed)
    held = fill(6, 4, length=12, title=rng.choice(["例行记者会", "第{}场"]))
    pairs = []
    for question, answer in said_at(rng.choice(held)) + said_at(rng.choice(held)):
        fate = rng.random()
        if fate < 0.4:  # many characters put right, or few
            share = rng.choice([0.1, 0.3, 0.5, 0.7])
            put_right = "".join(rng.choice(HAN) if rng.random() < share else c for c in answer)
            pairs.append((question, put_right))
        elif fate < 0.8:
            pairs.append((question, answer))
    parsed = parse(pairs or [("何时？", "明天。")], rng.choice(held).title)
    assert conference_corrected_by(parsed) == plain_way(parsed)


TEXTS = st.lists(st.text("甲乙丙丁戊己 \U00020000", max_size=12).map(squeeze), max_size=5)


@given(TEXTS, TEXTS)
def test_the_bound_never_hides_two_texts_that_are_alike(old, new):
    assert SoughtTexts(new).any_alike(old) == bool(match_texts(old, new))
