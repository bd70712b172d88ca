"""The contract of an engine: every method answers, and nothing but plain values crosses.

It asks search.engine.engine(), whichever that is: another engine is tested by the same lines.
"""

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest

from archive.models import Answer, Conference
from search.engine import engine, protocol
from search.engine.errors import IndexBusy, IndexUnavailable
from search.engine.protocol import AnyWords, Counts, Occurrence, Only, PartFacts, WordUse
from search.index import documents, writer
from search.query.parser import And, Everything, Near, Not, Or, Phrase, Words
from tests.archive.casts import make_conference, make_outlet, make_speaker
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db

ATOMS = {int, float, str, bool, type(None)}
LAZY = {
    name: {method for method in vars(getattr(protocol, name)) if not method.startswith("_")}
    for name in ("Engine", "Matches", "Subcorpus", "IndexContents", "IndexChanges", "NewIndex")
}


def impurities(value):
    """What of `value`, however deep, is no plain Python value."""
    kind = type(value)
    if kind in {list, tuple, frozenset, set}:
        children = list(value)
    elif kind is dict:
        children = [*value.keys(), *value.values()]
    elif kind.__module__ != protocol.__name__:
        children = [] if kind in ATOMS else None
    elif dataclasses.is_dataclass(value):
        children = [getattr(value, field.name) for field in dataclasses.fields(value)]
    else:
        children = list(value)  # a NamedTuple
    if children is None:
        return [value]
    return [found for child in children for found in impurities(child)]


def test_what_is_not_plain_is_told_however_deep_it_stands():
    assert impurities([{"a": (PartFacts(*range(9)), Only("day", between=(1, 2)), 1.5, None)}]) == []
    for hidden in (np.int64(1), np.float64(1.5), np.zeros(1), np.str_("a"), object()):
        assert len(impurities({"a": [(hidden,)]})) == 1
        assert len(impurities(Occurrence("answer", 1, hidden, 2))) == 1
        assert len(impurities(Only("day", (hidden,)))) == 1


@pytest.fixture
def archive():
    """路透社 asks four times, 新华社 once; 王毅 answers in two years, in two segments."""
    one, other = make_outlet(), make_outlet(name="新华社", slug="xinhua")
    speaker = make_speaker(name="王毅", name_en="Wang Yi")
    early = make_conference(date=dt.date(2019, 3, 8))
    make_answers(
        early,
        ["南海局势稳定，路线图清楚。", "路线图要落实。", "路线图。"],
        question="南海准则何时谈成？",
        outlet=one,
        speaker=speaker,
    )
    writer.rebuild()
    late = make_conference(date=dt.date(2020, 5, 24))
    make_answers(late, ["南海，和平。"], question="准则呢？", outlet=one, speaker=speaker)
    make_answers(late, ["世界和平。"], question="台湾呢？", outlet=other)
    writer.drain()
    return {"outlet": one.pk, "speaker": speaker.pk, "early": early.pk, "late": late.pk}


NODES = [
    Phrase("南海"),
    Words("南海 和平"),
    AnyWords("南海 和平"),
    Near(Phrase("南海"), Phrase("和平"), 4),
    And((Phrase("南海"), Not(Phrase("稳定")))),
    Or((Phrase("南海"), Phrase("台湾"))),
    Everything(),
    Only("day", between=(20200101, 20201231)),
    Phrase("没有这样的话"),
]


def asked_of_matches(matches):
    """Every method of Matches to all that it answers."""
    sorts, contexts = ("relevance", "newest", "oldest"), ("date", "before", "after")
    facets = ("year", "outlet", "speaker", "conference", "part")
    return {
        "counts": [matches.counts, len(matches)],
        "facet": [matches.facet(name) for name in facets],
        "page": [matches.page(sort, 0, 10) for sort in sorts],
        "first_and_last": matches.first_and_last(),
        "days": matches.days(),
        "speakers": matches.speakers(),
        "timeline": [matches.timeline("year"), matches.timeline("month")],
        "context": [matches.context(["南海", "和平"], sort, 0, 10) for sort in contexts],
    }


@pytest.mark.parametrize("filtered", [False, True])
def test_matches_answer_in_plain_values(archive, filtered):
    filters = {"speaker": Only("speaker", (archive["speaker"],))} if filtered else {}
    for node in NODES:
        answered = asked_of_matches(engine().find(node, filters, ["南海", "和平"], [10**6]))
        assert answered.keys() == LAZY["Matches"]
        assert impurities(answered) == [], node


def test_matches_are_right(archive):
    matches = engine().find(Phrase("南海"))
    assert matches.counts == Counts(5, 5, 4, 2)
    assert matches.facet("year") == {2019: 4, 2020: 1}
    assert matches.days() == [20190308, 20200524]
    assert matches.speakers() == 1
    assert [match.occurrences for match in matches.first_and_last()] == [1, 1]
    total, lines = matches.context(["南海"], "date", 0, 2)
    assert (total, len(lines)) == (5, 2)
    assert [(bar.period, bar.questions, bar.answers) for bar in matches.timeline("year")] == [
        (2019, 3, 1),
        (2020, 0, 1),
    ]


def test_hidden_conferences_count_no_more(archive):
    assert len(engine().find(Phrase("南海"), hidden=[archive["early"]])) == 1


@pytest.mark.parametrize("fact", ["outlet", "speaker"])
def test_a_subcorpus_answers_in_plain_values(archive, fact):
    theirs = engine().subcorpus(fact, archive[fact])
    answered = {
        "state": theirs.state(),
        "lengths": theirs.lengths(),
        "distinctive_words": theirs.distinctive_words(sample=1000, limit=50),
        "use_of": [theirs.use_of("准则"), theirs.use_of("没有")],
    }
    assert answered.keys() == LAZY["Subcorpus"]
    assert impurities(answered) == []


def test_a_subcorpus_is_counted_beside_all_others(archive):
    theirs = engine().subcorpus("speaker", archive["speaker"])
    use = theirs.use_of("路线图")
    assert (use.count, use.elsewhere, use.parts) == (3, 0, 3)
    assert Answer.objects.get(pk=use.row).text.find("路线图") >= 0
    assert theirs.use_of("没有") == WordUse(0, 0, 0, 0)
    estimates = theirs.distinctive_words(sample=1000, limit=50)
    assert "路线图" in estimates
    assert all(map(math.isfinite, estimates.values()))


def test_contents_answer_in_plain_values(archive):
    contents = engine().contents()
    parts = list(documents.of_conference(archive["early"]))
    answered = {
        "conferences": contents.conferences(),
        "facts_of": [contents.facts_of(archive["early"]), contents.facts_of(10**6)],
        "holds": [contents.holds(part) for part in parts],
    }
    assert answered.keys() == LAZY["IndexContents"]
    assert impurities(answered) == []
    assert answered["conferences"] == [archive["early"], archive["late"]]
    assert sorted(answered["facts_of"][0]) == sorted(part.facts for part in parts)
    assert answered["holds"] == [True] * 6
    assert not contents.holds(parts[0]._replace(text="别的话"))


def test_the_engine_answers_in_plain_values(archive):
    """What answers lazily, or changes the index, is asked by the other tests."""
    asked = engine()
    answered = {
        "state": asked.state(),
        "passages_of": [asked.passages_of("outlet"), asked.passages_of("speaker")],
        "words_beginning_with": asked.words_beginning_with("路", limit=9, besides=frozenset()),
        "prepare": asked.prepare(documents.of_conference(archive["early"])),
    }
    others = {"find", "subcorpus", "contents", "writing", "changes", "create"}
    assert answered.keys() | others == LAZY["Engine"]
    assert impurities(answered) == []
    assert answered["passages_of"][0][archive["outlet"]] == 8
    counted = {one.text: one.parts for one in answered["words_beginning_with"]}
    assert counted == {"路线": 3, "路线图": 3}
    assert asked.words_beginning_with("路", limit=9, besides=frozenset(counted)) == []


def test_changes_are_seen_together_and_give_the_index_another_state(archive):
    asked = engine()
    before, parts = asked.state(), asked.prepare(documents.of_conference(archive["late"]))
    with asked.writing(seconds=5), asked.changes() as changes:
        assert {name for name in dir(changes) if not name.startswith("_")} == LAZY["IndexChanges"]
        changes.replace(archive["early"], ())
        changes.replace(archive["late"], parts)
        assert (asked.state(), asked.find(Phrase("南海")).counts.parts) == (before, 5)
    assert asked.state() != before
    assert asked.contents().conferences() == [archive["late"]]
    assert asked.find(Phrase("南海")).counts.parts == 1


def test_changes_that_fail_leave_nothing(archive):
    asked = engine()
    with (
        pytest.raises(ZeroDivisionError),
        asked.writing(seconds=5),
        asked.changes() as changes,
    ):
        changes.replace(archive["early"], ())
        _ = 1 / 0
    assert asked.find(Phrase("南海")).counts.parts == 5


@pytest.mark.parametrize("kept", [True, False], ids=["swap_in", "discard"])
def test_a_new_index_is_asked_once_it_is_swapped_in(archive, kept):
    asked = engine()
    with asked.writing(seconds=5):
        index = asked.create(["王毅"])
        assert LAZY["NewIndex"] <= set(dir(index))
        with index.changes() as changes:
            parts = asked.prepare(documents.of_conference(archive["late"]))
            changes.replace(archive["late"], parts)
        assert index.contents().conferences() == [archive["late"]]
        assert asked.contents().conferences() == [archive["early"], archive["late"]]
        index.swap_in() if kept else index.discard()
    assert len(asked.contents().conferences()) == (1 if kept else 2)


def test_the_second_writer_is_told(archive):
    held, wanted = engine().writing(seconds=5), engine().writing(seconds=0)
    with held, pytest.raises(IndexBusy, match=r"manage\.py index"), wanted:
        pytest.fail("two write at once")


@pytest.mark.parametrize("row", [2**63, -(2**63) - 1])
def test_a_part_that_cannot_be_held_is_refused_before_it_is_written(db, row):
    make_answers(make_conference(), ["南海。"])
    (part, *_more) = documents.of_conference(Conference.objects.get().pk)
    with pytest.raises((ValueError, OverflowError)):
        engine().prepare([part._replace(facts=part.facts._replace(row=row))])


@pytest.mark.parametrize(
    "ask",
    [
        lambda asked: asked.state(),
        lambda asked: asked.find(Phrase("南海")),
        lambda asked: asked.passages_of("outlet"),
        lambda asked: asked.words_beginning_with("路", limit=9, besides=frozenset()),
        lambda asked: asked.subcorpus("outlet", 1),
        lambda asked: asked.contents(),
        lambda asked: asked.changes(),
    ],
)
def test_without_an_index_every_question_says_so(db, ask):
    with pytest.raises(IndexUnavailable, match=r"manage\.py index"):
        ask(engine())
