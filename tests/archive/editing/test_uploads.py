"""A file that comes in is read at once and kept waiting; nothing is kept twice."""

import datetime as dt
import threading

import pytest
from django.db import connection

from archive.editing import uploads
from archive.editing.conference_lookup import conference_corrected_by
from archive.editing.ingestion import load
from archive.editing.uploads import choose, look_again, receive
from archive.models import Conference, Transcript
from archive.parsing.parser import parse_transcript
from tests.archive.casts import make_conference
from tests.archive.texts import TWO_QUESTIONS

pytestmark = pytest.mark.django_db

BRIEFING = TWO_QUESTIONS
UNDATED = BRIEFING.replace("2020年5月24日", "")


def take(text=BRIEFING, filename="briefing.txt", **given):
    return receive(text.encode(), filename, **{"user": None} | given)


def test_a_new_file_waits_and_makes_no_conference(admin_user):
    received = take(user=admin_user)
    assert (received.outcome, received.parsed.date) == ("new", dt.date(2020, 5, 24))
    waiting = Transcript.objects.waiting().get()
    assert (bytes(waiting.content), waiting.uploaded_by) == (BRIEFING.encode(), admin_user)
    assert not Conference.objects.exists()


def test_the_same_bytes_are_known_whether_they_wait_or_were_applied():
    waiting = take().transcript
    again = take(filename="again.txt")
    assert (again.outcome, again.transcript, again.conference) == ("known", waiting, None)
    text = BRIEFING.replace("5月24日", "5月25日")
    applied = load(text.encode(), "a.txt", publish=True)
    assert take(text).conference == applied.conference


def test_a_corrected_file_waits_for_its_conference():
    conference = load(BRIEFING.encode(), "a.txt", publish=True).conference
    received = take(BRIEFING.replace("总体稳定", "持续稳定"))
    assert (received.outcome, received.conference) == ("corrects", conference)
    assert received.transcript.conference == conference
    assert "总体稳定" in conference.exchanges.first().answers.get().text


def test_another_meeting_of_the_day_corrects_nothing():
    make_conference()
    assert take().outcome == "new"


def test_a_file_that_cannot_be_read_is_refused_with_its_problem_and_not_kept():
    received = take("没有任何发言标记的一段话。")
    assert (received.outcome, received.problem.code) == ("refused", "no_speakers")
    assert not Transcript.objects.exists()


def test_a_file_without_a_date_is_kept_with_that_problem():
    waiting = take(UNDATED).transcript
    assert "no_date" in [problem["code"] for problem in waiting.problems]


def test_a_date_that_is_known_later_shows_what_the_file_corrects():
    conference = load(BRIEFING.encode(), "a.txt", publish=True).conference
    waiting = take(UNDATED).transcript
    assert waiting.conference is None
    parsed = parse_transcript(UNDATED.encode(), "briefing.txt", date=conference.date)
    assert look_again(waiting, parsed) == conference
    assert Transcript.objects.waiting().get().conference == conference


def test_what_an_editor_says_with_the_file_is_kept_and_used():
    received = take(UNDATED, date=dt.date(2020, 5, 26), convention="reporter-label")
    assert received.parsed.date == dt.date(2020, 5, 26)
    waiting = Transcript.objects.get()
    assert (waiting.date_given, waiting.convention_given) == (
        dt.date(2020, 5, 26),
        "reporter-label",
    )


def test_an_editor_says_which_conference_a_file_corrects():
    conference = make_conference()
    choose(take().transcript, conference)
    assert Transcript.objects.waiting().get().conference == conference


def test_a_long_file_name_keeps_its_end():
    assert take(filename=f"{'长' * 300}.txt").transcript.filename.endswith("长.txt")


def test_who_comes_second_while_the_first_is_read_is_told_of_the_other(monkeypatch):
    seconds = []

    def match(parsed):
        monkeypatch.undo()
        seconds.append(take(filename="quicker.txt").outcome)
        return conference_corrected_by(parsed)

    monkeypatch.setattr(uploads, "conference_corrected_by", match)
    slower = take(filename="slower.txt")
    assert (seconds, slower.outcome, slower.transcript.filename) == (
        ["new"],
        "known",
        "quicker.txt",
    )
    assert Transcript.objects.waiting().count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory locks whole tables")
@pytest.mark.django_db(transaction=True)
def test_of_one_file_sent_twice_at_once_one_waits_and_the_other_is_told(monkeypatch):
    both_have_looked = threading.Barrier(2, timeout=600)
    outcomes = []

    def match(parsed):
        found = conference_corrected_by(parsed)
        both_have_looked.wait()
        return found

    def send(name):
        try:
            outcomes.append(take(filename=name).outcome)
        finally:
            connection.close()

    monkeypatch.setattr(uploads, "conference_corrected_by", match)
    threads = [threading.Thread(target=send, args=(name,)) for name in ("a.txt", "b.txt")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["known", "new"]
    assert Transcript.objects.waiting().count() == 1
