"""Every kind of query, in segments with deletions, against brute force."""

from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.text.folding import find_all, fold
from search.engine.protocol import AnyWords, Only, PartFacts
from search.engine.whoosh.engine import ColumnEngine
from search.engine.whoosh.executor import evaluate
from search.engine.whoosh.proximity import closeness
from search.engine.whoosh.writer import add_part, delete_parts, new_writer
from search.query.parser import And, Everything, Near, Not, Or, Phrase, Words

LETTERS = "中国国海"
texts = st.text(LETTERS + "，", min_size=1, max_size=20)
phrases = st.text(LETTERS, min_size=1, max_size=3).map(Phrase)
nears = st.builds(Near, phrases, phrases, st.integers(0, 6))
leaves = phrases | nears | st.just(Everything()) | st.just(Only("outlet", (1,)))


def conjunction(children):
    return st.lists(children | children.map(Not), min_size=2, max_size=3).map(
        lambda nodes: And((*nodes, Everything()))
    )


trees = st.recursive(
    leaves,
    lambda children: (
        conjunction(children)
        | st.lists(children, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes)))
    ),
    max_leaves=6,
)


def holds(node, text, number):
    """Whether `text` matches, by the definition of each kind of node."""
    match node:
        case Phrase(phrase):
            return fold(phrase) in fold(text)
        case Near(left, right, distance):
            return near(fold(text), fold(left.text), fold(right.text), distance)
        case And(children):
            return all(holds(child, text, number) for child in children)
        case Or(children):
            return any(holds(child, text, number) for child in children)
        case Not(child):
            return not holds(child, text, number)
        case Only():
            return number % 2 == 1
    return True


def near(text, left, right, distance):
    pairs = [(left, right), (right, left)]
    return any(
        0 <= second - (first + len(one)) <= distance
        for one, other in pairs
        for first in find_all(text, one)
        for second in find_all(text, other)
    )


def build(folder, batches, deleted):
    """An index with a segment for each batch of texts; the row is the number of the text."""
    engine = ColumnEngine(folder)
    index = engine.generations.create()
    number = 0
    for batch in batches:
        writer = new_writer(index)
        for text in batch:
            add_part(writer, text, PartFacts(1, number, number % 2, 0, 20200101, 1, 0, number, 1))
            number += 1
        writer.commit(merge=False)
    engine.generations.swap_in(index)
    with engine.writing(seconds=5), new_writer(index) as writer:
        for gone in deleted:
            delete_parts(writer, engine.open_index(), row=gone)
    return engine.open_index()


def rows(index, node):
    found = evaluate(index, node)
    pairs = zip(index.segments, found, strict=True)
    return sorted(int(row) for segment, one in pairs for row in segment.fact("row")[one.rows])


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    batches=st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=3),
    deleted=st.sets(st.integers(0, 14), max_size=4),
    wanted=st.lists(trees, min_size=1, max_size=6),
)
def test_every_tree_equals_brute_force(tmp_path_factory, batches, deleted, wanted):
    index = build(tmp_path_factory.mktemp("trees"), batches, deleted)
    alive = {n: t for n, t in enumerate(chain(*batches)) if n not in deleted}
    for tree in wanted:
        assert rows(index, tree) == [n for n, text in alive.items() if holds(tree, text, n)], tree


def test_words_are_all_required_until_any_is_enough(tmp_path):
    index = build(tmp_path, [["南海问题。台湾问题。", "台湾"], ["南海", "北海"]], set())
    assert rows(index, Words("南海 台湾")) == [0]
    assert rows(index, AnyWords("南海 台湾")) == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("南海准则", ["南海", "准则"], 1.0),
        ("南海的准则", ["南海", "准则"], 0.8),
        ("准则甲乙丙丁南海准则", ["准则", "南海"], 1.0),
        ("南海", ["南海", "准则"], 0.0),
        ("南海", ["南海"], 0.0),
    ],
)
def test_closeness_is_the_share_of_the_shortest_stretch(text, words, expected):
    assert closeness(text, words) == pytest.approx(expected)


def test_words_that_stand_together_come_first(tmp_path):
    far = "南海" + "，各方关心地区和平" * 4 + "准则"
    build(tmp_path, [[far, "各方" * 18 + "准则，南海。"]], set())
    matches = ColumnEngine(tmp_path).find(Words("南海 准则"), together=["南海", "准则"])
    assert [match.pk for match in matches.page("relevance", 0, 2)] == [1, 0]
