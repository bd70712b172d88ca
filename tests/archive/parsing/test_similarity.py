"""Which exchange of a corrected transcript is which of the one before."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.similarity import match_equal, match_texts
from archive.text.folding import squeeze

OLD = ["南海局势稳定。", "中美关系重要。", "疫情防控常态化。"]


def test_equal_texts_match_in_any_order():
    assert match_texts(OLD, OLD[::-1]) == {0: 2, 1: 1, 2: 0}


def test_a_corrected_text_matches_what_it_was():
    assert match_texts(OLD, ["中美關係很重要。"]) == {0: 1}


def test_a_new_text_matches_nothing():
    assert match_texts(OLD, ["半岛核问题"]) == {}


def test_equal_texts_are_taken_before_alike_ones():
    assert match_texts(["甲乙丙丁", "甲乙丙丁戊"], ["甲乙丙丁戊", "甲乙丙丁"]) == {0: 1, 1: 0}


def test_half_of_the_pairs_are_enough_and_less_is_not():
    assert match_texts(["中美关系十分重要"], ["中美关系非常重要"]) == {0: 0}  # 4 of 7 pairs
    assert match_texts(["甲乙丙"], ["甲乙丁"]) == {0: 0}  # 1 of 2
    assert match_texts(["甲乙丙丁"], ["甲乙戊己"]) == {}  # 1 of 3


@st.composite
def corrected(draw):
    """Texts that have nothing in common, and the same moved about, each with a character changed.

    Of seven characters one is another: four to six of six pairs stay. Some are dropped, some new.
    """
    count = draw(st.integers(1, 8))
    texts = ["".join(chr(0x4E00 + 16 * at + step) for step in range(7)) for at in range(count)]
    kept = draw(st.permutations(range(count)).map(lambda order: order[: count - count // 4]))
    new = []
    for at in kept:
        place = draw(st.integers(0, 7))
        spaced = " " if draw(st.booleans()) else ""
        new.append(texts[at][:place] + spaced + "龥"[: place < 7] + texts[at][place + 1 :])
    fresh = draw(st.integers(0, 2))
    return texts, kept, new + ["龖龗龘"] * fresh


@given(corrected())
def test_every_corrected_text_is_known_again_wherever_it_stands(given_texts):
    old, kept, new = given_texts
    assert match_texts(old, new) == dict(enumerate(kept))


def alike(one, other):
    """How much two texts have in common: of their pairs of characters, those that are in both."""
    one, other = (
        {text[at : at + 2] for at in range(len(text) - 1)} or {text}
        for text in (squeeze(one), squeeze(other))
    )
    return 2 * len(one & other) / (len(one) + len(other))


TEXTS = st.lists(st.text("甲乙丙 ", max_size=6), max_size=6)


@given(TEXTS, TEXTS)
def test_no_text_is_used_twice_and_none_is_left_that_has_a_partner(old, new):
    pairs = match_texts(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= i < len(new) and 0 <= j < len(old) for i, j in pairs.items())
    assert all(alike(new[i], old[j]) >= 0.5 for i, j in pairs.items())
    alone = [text for j, text in enumerate(old) if j not in pairs.values()]
    for i, text in enumerate(new):
        assert i in pairs or all(alike(text, other) < 0.5 for other in alone)


@given(TEXTS, TEXTS)
def test_as_many_equal_texts_are_paired_as_there_are_on_both_sides(old, new):
    same = Counter(map(squeeze, old)) & Counter(map(squeeze, new))
    equal = match_equal(old, new)
    assert len(equal) == same.total()
    assert all(squeeze(new[i]) == squeeze(old[j]) for i, j in equal.items())
    assert equal.items() <= match_texts(old, new).items()


@given(TEXTS, TEXTS)
def test_no_two_texts_are_more_alike_than_both_are_to_their_partners(old, new):
    pairs = match_texts(old, new)
    equal = match_equal(old, new)
    partner = {j: i for i, j in pairs.items()}
    for i in set(range(len(new))) - equal.keys():
        for j in set(range(len(old))) - set(equal.values()):
            own = alike(new[i], old[pairs[i]]) if i in pairs else 0.5
            others = alike(new[partner[j]], old[j]) if j in partner else 0.5
            assert alike(new[i], old[j]) <= max(own, others)
