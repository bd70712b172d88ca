"""A correction of a draft reads and writes the exchanges that it changed, and no other."""

import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.editing.correction_history import record, undo
from archive.editing.ingestion import load
from archive.editing.interpretation import understand_transcript
from archive.editing.transcript_application import apply
from archive.exports.conference_json import conference_as_json
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from tests.archive.admin.review.test_pages import long_text
from tests.archive.casts import make_outlet

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    make_outlet()
    make_outlet("法新社", "afp")
    return load(long_text(30).encode(), "long.txt", publish=False).transcript


def of(turn, correction, /, **value):
    paragraph = turn.paragraphs[0]
    return Wanted(correction, paragraph.line, paragraph.text, value)


def one_of(rng, turns):
    turn = rng.choice(turns)
    return rng.choice(
        [
            of(turn, "words", text=rng.choice(["改过的话。", "", turn.text + "另一句。"])),
            of(turn, "kind", kind=rng.choice(["question", "answer", "note"]), scope="turn"),
            of(turn, "asker", outlet="afp", asked_by="法新社", reporter="", scope="turn"),
            of(turn, "speaker", name="王毅", scope="turn"),
            of(turn, "join"),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_rows_are_those_of_saving_all_of_it(draft, seed):
    rng = random.Random(seed)
    for _step in range(5):
        understood = understand_transcript(draft)
        try:
            recorded = record(
                draft, [one_of(rng, understood.turns)], seen=understood.seen, user=None
            )
            if recorded.corrections and rng.random() < 0.3:
                undo(draft, recorded.corrections[0].number, user=None)
        except ValueError:
            continue  # what fits nowhere is refused
        conference = draft.conference
        conference.refresh_from_db()
        quick = conference_as_json(conference)
        apply(draft, user=None, publish=False)
        conference.refresh_from_db()
        assert conference_as_json(conference) == quick


def test_one_correction_reads_one_exchange(draft):
    first = understand_transcript(draft).turns[
        2
    ]  # with it, what was typed in by hand is looked for
    record(draft, [of(first, "words", text="先改这里？")], seen=0, user=None)
    understood = understand_transcript(draft)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        record(draft, [of(understood.turns[20], "words", text="改过的话？")], seen=1, user=None)
    read = [one["sql"] for one in asked if '"archive_exchange"."question"' in one["sql"]]
    read = [sql for sql in read if sql.startswith("SELECT")]
    assert read
    assert all(re.search(r'"archive_exchange"."id" IN \(\d+\)', sql) for sql in read)
    assert draft.conference.exchanges.get(position=11).question == "改过的话？"
