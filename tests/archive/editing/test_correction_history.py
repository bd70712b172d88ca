"""Corrections are kept on top of the file, of two editors at once too, and can be undone."""

import pytest
from django.contrib.auth.models import User

from archive.editing.correction_history import DoesNotFit, EditedMeanwhile, record, undo
from archive.editing.interpretation import understand_transcript
from archive.models import Conference, Correction
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from tests.archive.editing.briefings import (
    ASKED,
    CONTACT,
    STABLE,
    SUMMIT,
    UNITY,
    about,
    ingested,
    said,
    waiting,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("editor")


@pytest.fixture
def other():
    return User.objects.create_user("other")


def answers(transcript):
    parsed = understand_transcript(transcript).parsed
    return [answer.text for one in parsed.exchanges for answer in one.answers]


def test_what_waits_is_corrected_and_makes_no_rows(editor):
    transcript = waiting()
    made = record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    assert answers(transcript)[0] == "南海稳定。\n我要强调的是：团结最重要。"
    assert (made.saved, Conference.objects.count()) == (None, 0)
    (row,) = made.corrections
    assert (row.number, row.made_by, row.before) == (1, editor, {"text": STABLE[1]})


def test_the_file_stays_as_it_is(editor):
    transcript = waiting()
    content = bytes(transcript.content)
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    transcript.refresh_from_db()
    assert bytes(transcript.content) == content


def test_the_rows_of_a_draft_follow_at_once(editor):
    transcript = ingested()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    assert said()[0].startswith("南海稳定。")
    record(transcript, [about("venue", "蓝厅")], seen=1, user=editor)
    assert Conference.objects.get().venue == "蓝厅"


def test_corrections_of_what_is_public_gather(editor):
    transcript = ingested(publish=True)
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    assert said()[0].startswith("南海局势总体稳定。")
    understood = understand_transcript(transcript)
    assert (understood.unapplied, understood.seen) == (1, 1)


def test_problems_of_what_waits_are_those_that_are_left(editor):
    transcript = waiting("2020年5月24日记者会\n\n路透社记者：有何评论？\n\n路透社记者：还有吗？\n")
    wrong = Wanted("kind", 3, "有何评论？", {"kind": "answer"})
    record(transcript, [wrong, about("title", "记者会")], seen=0, user=editor)
    transcript.refresh_from_db()
    assert [one["code"] for one in transcript.problems] == ["question_without_answer"]


def test_before_tells_what_was_understood(editor):
    transcript = waiting()
    asker = {"outlet": "reuters", "asked_by": "路透", "reporter": "张三"}
    wanted = [
        Wanted("asker", *ASKED, asker),
        Wanted("kind", *STABLE, {"kind": "moderator"}),
        Wanted("speaker", *CONTACT, {"name": "林剑", "scope": "turn"}),
        Wanted("office", None, "", {"name": "毛宁", "role": "司长"}),
        about("venue", "蓝厅"),
    ]
    made = record(transcript, wanted, seen=0, user=editor).corrections
    assert [row.before for row in made] == [
        {"outlet": "", "asked_by": "路透社", "reporter": ""},
        {"kind": "answer", "label": "毛宁"},
        {"name": "毛宁", "label": "毛宁"},
        {"name": "毛宁", "role": "外交部发言人"},
        {"field": "venue", "value": ""},
    ]


def test_what_is_not_there_is_not_recorded(editor):
    transcript = waiting()
    with pytest.raises(DoesNotFit, match="90"):
        record(transcript, [words((90, "天气很好。"), "天气不好。")], seen=0, user=editor)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("shout", *STABLE, {}),  # type: ignore[arg-type]
        Wanted("words", *STABLE, {"text": 3}),
        Wanted("words", *STABLE, {"text": "a\0"}),
        Wanted("kind", *STABLE, {"kind": "speech"}),
        Wanted("asker", *ASKED, {"outlet": "", "asked_by": "长" * 201, "reporter": ""}),
        Wanted("speaker", *STABLE, {"scope": "turn"}),
        Wanted("about", None, "", {"field": "slug", "value": "a"}),
        Wanted("about", None, "", {"field": "venue", "value": "长" * 201}),
    ],
)
def test_values_that_no_correction_has_are_refused(editor, wanted):
    with pytest.raises(ValueError, match=r"correction|text|turn|may have|cannot be"):
        record(waiting(), [wanted], seen=0, user=editor)
    assert not Correction.objects.exists()


# Two editors at once.


def test_the_second_editor_is_told_and_both_are_kept(editor, other):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    made = record(transcript, [words(CONTACT, "保持沟通。")], seen=0, user=other)
    assert [(row.number, row.made_by) for row in made.meanwhile] == [(1, editor)]
    assert [text.split("\n")[0] for text in answers(transcript)] == ["南海稳定。", "保持沟通。"]


def test_two_paragraphs_of_one_turn_go_together(editor, other):
    transcript = waiting()
    record(transcript, [words(STABLE, "一。\n二。")], seen=0, user=editor)
    record(transcript, [words(UNITY, "三。")], seen=0, user=other)
    assert answers(transcript)[0] == "一。\n二。\n三。"


def test_the_same_paragraph_is_not_overwritten(editor, other):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    with pytest.raises(EditedMeanwhile) as caught:
        record(transcript, [words(STABLE, "南海平静。")], seen=0, user=other)
    assert [row.value for row in caught.value.theirs] == [{"text": "南海稳定。"}]
    assert Correction.objects.count() == 1
    record(transcript, [words((5, "南海稳定。"), "南海平静。")], seen=1, user=other)
    assert answers(transcript)[0].startswith("南海平静。")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Wanted("kind", *SUMMIT, {"kind": "note"}), Wanted("kind", *SUMMIT, {"kind": "answer"})),
        (Wanted("join", *SUMMIT, {}), words(SUMMIT, "请问。")),
        (
            Wanted("split", *UNITY, {"kind": "answer", "label": ""}),
            Wanted("speaker", *STABLE, {"name": "林剑", "scope": "turn"}),
        ),
        (about("venue", "蓝厅"), about("venue", "南楼")),
    ],
)
def test_the_same_turn_or_field_is_not_overwritten(editor, other, first, second):
    transcript = waiting()
    record(transcript, [first], seen=0, user=editor)
    with pytest.raises(EditedMeanwhile):
        record(transcript, [second], seen=0, user=other)


def test_words_and_who_speaks_go_together(editor, other):
    transcript = waiting()
    everywhere = {"name": "林剑", "scope": "label", "label": "毛宁"}
    record(transcript, [Wanted("speaker", None, "", everywhere)], seen=0, user=editor)
    made = record(transcript, [words(STABLE, "稳定。")], seen=0, user=other)
    assert len(made.meanwhile) == 1


def test_a_form_that_is_sent_twice_is_recorded_once(editor):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    again = record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    assert (again.corrections, Correction.objects.count()) == ((), 1)


# Undoing.


def test_what_is_undone_counts_no_more_and_is_kept(editor):
    transcript = ingested()
    before = said()
    record(transcript, [words(STABLE, "南海稳定。"), about("venue", "蓝厅")], seen=0, user=editor)
    undo(transcript, 1, user=editor)
    undo(transcript, 2, user=editor)
    assert said() == before
    assert Conference.objects.get().venue == ""
    assert understand_transcript(transcript).corrections == ()
    assert Correction.objects.count() == 4


def test_an_undoing_is_undone(editor):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    undo(transcript, 1, user=editor)
    undo(transcript, 2, user=editor)
    assert answers(transcript)[0].startswith("南海稳定。")


def test_to_undo_twice_is_to_undo_once(editor):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    undo(transcript, 1, user=editor)
    assert undo(transcript, 1, user=editor).corrections == ()
    with pytest.raises(LookupError):
        undo(transcript, 9, user=editor)


def test_what_was_about_something_undone_does_not_fit_and_is_shown(editor):
    transcript = waiting()
    wanted = [words(STABLE, "甲乙丙丁。\n戊己庚辛。"), words((5, "戊己庚辛。"), "壬癸子丑。")]
    record(transcript, wanted, seen=0, user=editor)
    undo(transcript, 1, user=editor)
    (left,) = understand_transcript(transcript).corrections
    assert (left.number, left.fits) == (2, False)
    assert not Correction.objects.get(number=2).fits


def test_the_other_editor_is_told_of_an_undoing(editor, other):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=editor)
    undo(transcript, 1, user=editor)
    made = record(transcript, [words(CONTACT, "好。")], seen=1, user=other)
    assert [row.value for row in made.meanwhile] == [{"undoes": 1}]
    with pytest.raises(EditedMeanwhile):
        record(transcript, [words((5, "南海稳定。"), "平静。")], seen=1, user=other)


def test_the_page_costs_one_query_once_the_file_was_read(django_assert_num_queries):
    transcript = waiting()
    understand_transcript(transcript)
    with django_assert_num_queries(1):
        understand_transcript(transcript)
