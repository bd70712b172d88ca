"""Corrections go with a conference when a corrected source takes the place of its file."""

import pytest

from archive.editing.correction_history import record, undo
from archive.editing.transcript_application import apply
from archive.models import Conference, Exchange
from tests.archive.editing.briefings import (
    BRIEFING,
    CONTACT,
    STABLE,
    about,
    ingested,
    said,
    waiting,
    words,
)

pytestmark = pytest.mark.django_db

MENDED = "\n\n编者按：本文有更正。\n\n".join(BRIEFING.split("\n\n", 1)).replace("中欧双方", "双方")


def test_corrections_are_carried_over_to_a_corrected_source():
    first = ingested()
    record(first, [words(STABLE, "南海稳定。"), about("venue", "蓝厅")], seen=0, user=None)
    second = waiting(MENDED)
    saved = apply(second, user=None, publish=False)
    assert (saved.outcome, second.supersedes) == ("updated", first)
    assert said() == ["南海稳定。\n我要强调的是：团结最重要。", "双方正就此保持沟通。\n谢谢。"]
    assert Conference.objects.get().venue == "蓝厅"
    carried = second.corrections.order_by("number")
    assert [row.carried_from.transcript for row in carried] == [first, first]
    assert [row.line for row in carried] == [7, None]
    assert [one.ref for one in Exchange.objects.order_by("position")] == [1, 2]


def test_of_equal_paragraphs_the_same_one_is_meant_in_a_corrected_source():
    text = BRIEFING + "\n新华社记者：还有吗？\n\n毛宁：没有了。\n\n谢谢。\n"
    first = ingested(text)
    record(first, [words((19, "谢谢。"), "再见。")], seen=0, user=None)
    mended = text.replace("\n\n", "\n\n\n\n", 3)
    apply(waiting(mended), user=None, publish=False)
    assert [one.rsplit("\n", 1)[-1] for one in said()[1:]] == ["谢谢。", "再见。"]


def test_what_does_not_fit_a_corrected_source_is_kept_and_shown():
    first = ingested()
    record(first, [words(CONTACT, "好。")], seen=0, user=None)
    second = waiting(BRIEFING.replace("中欧双方正就此保持沟通。", "请查阅外交部网站。"))
    apply(second, user=None, publish=False)
    (row,) = second.corrections.all()
    assert not row.fits
    assert "请查阅" in said()[1]


def test_what_was_undone_is_not_carried_over():
    first = ingested()
    record(first, [words(STABLE, "南海稳定。")], seen=0, user=None)
    undo(first, 1, user=None)
    second = waiting(MENDED)
    apply(second, user=None, publish=False)
    assert not second.corrections.exists()
