"""Any corrections whatever: none vanishes, and nothing else is lost."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.corrections.turn_corrections import (
    KINDS,
    TranscriptCorrection,
    apply_each,
    correct,
    words_corrections,
)
from archive.parsing.parser import finish, parse_transcript, prepare, read
from archive.parsing.records import Paragraph, Turn
from archive.text.folding import squeeze
from tests.archive.parsing.corrections.corrected import ANSWER, BRIEFING, at, understood

letters = st.text("南海局势总体稳定中欧双方保持沟通路透社记者毛宁ab：。？ ", max_size=12)
SOMEWHERE = [(t.paragraphs[0].line, t.paragraphs[0].text) for t in understood().turns]


@st.composite
def corrections(draw, kinds=("words", "split", "join", "kind", "asker", "speaker", "about")):
    kind = draw(st.sampled_from(kinds))
    line, text = draw(st.sampled_from(SOMEWHERE) | st.tuples(st.integers(1, 20), letters))
    values = {
        "words": {"text": st.lists(letters, max_size=3).map("\n".join)},
        "split": {"kind": st.sampled_from(KINDS), "label": letters},
        "join": {},
        "kind": {"kind": st.sampled_from(KINDS), "scope": st.sampled_from(["turn", "label"])},
        "asker": {"outlet": st.just(""), "asked_by": letters, "reporter": letters},
        "speaker": {"name": letters, "scope": st.sampled_from(["turn", "label"])},
        "about": {"field": st.sampled_from(["title", "date", "x"]), "value": letters},
    }
    return TranscriptCorrection(kind, line, text, draw(st.fixed_dictionaries(values[kind])))


def spoken(turns):
    """All characters of markers and words."""
    texts = [text for t in turns for text in (t.marker, *(p.text for p in t.paragraphs))]
    return Counter(squeeze("".join(texts)))


@given(st.lists(corrections(), max_size=8))
def test_no_correction_vanishes_and_the_same_ones_do_the_same(made):
    once, again = understood(*made), understood(*made)
    assert len(once.fits) == len(made)
    assert once == again


@given(st.lists(corrections(kinds=("split", "join", "kind", "asker", "speaker")), max_size=8))
def test_what_changes_no_words_loses_no_character(made):
    found = understood(*made)
    assert spoken(found.turns) == spoken(understood().turns)
    exchanges = found.parsed.exchanges
    made_of = [at for one in exchanges for part in (one, *one.answers) for at in part.turns]
    assert sorted(made_of) == list(range(len(found.turns)))


@given(st.lists(corrections(), max_size=6))
def test_words_put_right_leave_all_other_paragraphs_whole(made):
    turns = understood().turns
    for one in made:
        before = [p for turn in turns for p in turn.paragraphs]
        meant = next(apply_each(turns, [one])).paragraph
        turns = correct(turns, [one]).turns
        if one.kind == "words":
            left = [p for p in before if p is not meant]
            after = [p for turn in turns for p in turn.paragraphs]
            assert [p for p in after if any(p is other for other in before)] == left


@given(st.lists(corrections(), max_size=6), st.sampled_from([1, 7, 50]))
def test_what_fits_a_file_fits_it_with_lines_added_above(made, added):
    shifted = "\n" * added + BRIEFING
    fitting = [one for one, fits in zip(made, understood(*made).fits, strict=True) if fits]
    known = [one for one in fitting if (one.line, one.text) in SOMEWHERE]
    if all(understood(*known).fits):
        assert all(understood(*known, text=shifted).fits)


@given(
    st.lists(letters.map(lambda text: f"{text}。"), min_size=1, max_size=6), st.text(max_size=60)
)
def test_the_words_of_a_turn_become_what_was_typed(paragraphs, typed):
    numbered = enumerate((" ".join(text.split()) for text in paragraphs), start=3)
    turn = Turn("answer", "毛宁", tuple(Paragraph(text, line) for line, text in numbered), 3)
    wanted = [line for line in (" ".join(line.split()) for line in typed.splitlines()) if line]
    made = correct([turn], words_corrections(turn, typed))
    assert all(made.fits)
    assert [p.text for turn in made.turns for p in turn.paragraphs] == wanted


def test_paragraphs_that_stay_need_no_correction():
    turn = understood().turns[1]
    assert words_corrections(turn, turn.text) == []
    (made,) = words_corrections(turn, turn.text.replace("总体", "持续"))
    assert (made.line, made.text) == ANSWER


def test_corrections_of_a_turn_are_found_in_an_instant(seed_bytes):
    turns = finish(prepare(read(seed_bytes, "a.txt"), "a.txt")).turns
    made = [at(t.line, t.paragraphs[0].text, "kind", kind=t.kind) for t in turns] * 20
    assert all(correct(turns, made).fits)
    assert [step.turns for step in apply_each(turns, made[3:4])] == [(turns[3],)]


def test_parsing_with_corrections_is_parsing_and_correcting():
    one = at(*ANSWER, "words", text="好。")
    assert parse_transcript(BRIEFING.encode(), "a.txt", corrections=[one]) == understood(one).parsed
