"""What is discarded can be restored for a day, and is removed then."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.editing.discards import (
    RESTORABLE,
    AppliedMeanwhile,
    CorrectedByOthers,
    delete_draft,
    discard,
    remove_discarded,
    undiscard,
)
from archive.editing.ingestion import load
from archive.editing.publication import NotPossible, publish
from archive.editing.transcript_application import Discarded, apply
from archive.editing.uploads import receive
from archive.models import Conference, Correction, Exchange, Transcript
from tests.archive.texts import TWO_QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva():
    return User.objects.create_user("eva")


@pytest.fixture
def waiting(eva):
    return receive(TWO_QUESTIONS.encode(), "a.txt", user=eva).transcript


def correct(transcript, user):
    Correction.objects.create(
        transcript=transcript,
        number=1,
        kind="about",
        value={"field": "venue", "value": "蓝厅"},
        made_by=user,
    )


def test_only_what_waits_can_be_discarded(waiting, eva):
    discard(waiting, user=eva)
    assert not Transcript.objects.waiting().exists()
    with pytest.raises(AppliedMeanwhile):
        discard(waiting, user=eva)
    applied = load(TWO_QUESTIONS.replace("24日", "25日").encode(), "b.txt", publish=True).transcript
    with pytest.raises(AppliedMeanwhile):
        discard(applied, user=eva)


@pytest.mark.parametrize("who", ["edith", None])
def test_what_somebody_else_put_right_is_discarded_by_publishers(waiting, eva, admin_user, who):
    correct(waiting, who and User.objects.create_user(who))
    with pytest.raises(CorrectedByOthers):
        discard(waiting, user=eva)
    discard(waiting, user=admin_user)
    assert Transcript.objects.discarded().get().discarded_by == admin_user


def test_what_one_put_right_oneself_one_may_discard(waiting, eva):
    correct(waiting, eva)
    discard(waiting, user=eva)
    assert undiscard(waiting)
    assert Transcript.objects.waiting().get().corrections.count() == 1
    assert not undiscard(waiting)


def test_nothing_is_made_from_what_was_discarded(waiting, eva):
    discard(waiting, user=eva)
    with pytest.raises(Discarded):
        apply(waiting, user=eva, publish=False)
    assert not Conference.objects.exists()


@pytest.mark.parametrize("way", ["upload", "command"])
def test_the_same_bytes_bring_it_back_with_its_corrections(waiting, eva, way):
    correct(waiting, eva)
    discard(waiting, user=eva)
    if way == "upload":
        assert receive(TWO_QUESTIONS.encode(), "b.txt", user=None).outcome == "known"
        assert Transcript.objects.waiting().get() == waiting
    else:
        assert load(TWO_QUESTIONS.encode(), "b.txt", publish=False).transcript == waiting
    assert not Transcript.objects.discarded().exists()
    assert Correction.objects.exists()


def test_it_is_removed_by_the_timer_a_day_later(waiting, eva, capsys):
    other = receive(f"{TWO_QUESTIONS} ".encode(), "b.txt", user=eva).transcript
    for one, minutes in ((waiting, 1), (other, -1)):
        discard(one, user=eva)
        long_ago = timezone.now() - RESTORABLE - dt.timedelta(minutes=minutes)
        Transcript.objects.filter(pk=one.pk).update(discarded_at=long_ago)
    call_command("publish_due")
    assert Transcript.objects.get() == other
    assert "1 discarded uploads removed." in capsys.readouterr().out


def test_to_find_nothing_to_remove_takes_one_query(waiting, eva, django_assert_num_queries):
    discard(waiting, user=eva)
    with django_assert_num_queries(1):
        assert remove_discarded(timezone.now()) == 0


def test_what_was_applied_is_not_discarded_in_the_database(waiting):
    applied = load(TWO_QUESTIONS.encode(), "a.txt", publish=True).transcript
    with pytest.raises(IntegrityError), transaction.atomic():
        Transcript.objects.filter(pk=applied.pk).update(discarded_at=timezone.now())


def test_a_draft_that_is_published_meanwhile_is_not_deleted():
    conference = load(TWO_QUESTIONS.encode(), "a.txt", publish=False).conference
    before = Conference.objects.get()
    publish(conference, user=None)
    with pytest.raises(NotPossible):
        delete_draft(before)
    assert Conference.objects.exists()


def test_a_draft_goes_with_its_exchanges_and_its_file():
    conference = load(TWO_QUESTIONS.encode(), "a.txt", publish=False).conference
    delete_draft(conference)
    assert not Conference.objects.exists()
    assert not Exchange.objects.exists()
    assert not Transcript.objects.exists()
