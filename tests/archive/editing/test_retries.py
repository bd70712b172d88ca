"""Transactions that met another are begun anew, whole, a few times."""

import pytest
from django.db import OperationalError, connection, transaction
from django.utils.functional import SimpleLazyObject

from archive.editing import retries
from archive.editing.retries import TRIES, retried
from archive.models import Conference
from tests.archive.casts import make_conference


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(retries, "_PAUSE", 0.001)


class Cause(Exception):
    def __init__(self, sqlstate=None, sqlite_errorcode=0):
        super().__init__(sqlstate)
        self.sqlstate, self.sqlite_errorcode = sqlstate, sqlite_errorcode


DEADLOCK = Cause("40P01")


def failing(times, cause=DEADLOCK):
    """A transaction that renames a conference and meets another so many times."""
    tries = []

    @retried
    @transaction.atomic
    def rename(conference):
        tries.append((conference.title, "speakers" in vars(conference)))
        conference.title += "改"
        conference.save()
        conference.speakers_at_hand = []
        if len(tries) <= times:
            raise OperationalError from cause
        return conference.title

    rename.tries = tries
    return rename


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "cause", [DEADLOCK, Cause("40001"), Cause("23503"), Cause(sqlite_errorcode=5)]
)
def test_it_is_begun_anew_with_the_rows_as_they_were(cause):
    conference = make_conference()
    rename = failing(2, cause)
    before = conference.title
    assert rename(conference) == f"{before}改"
    assert rename.tries == [(before, False)] * 3
    assert Conference.objects.get().title == conference.title == f"{before}改"


@pytest.mark.django_db(transaction=True)
def test_it_ends_after_a_few_tries_and_nothing_is_saved():
    conference = make_conference()
    rename = failing(100)
    before = conference.title
    with pytest.raises(OperationalError):
        rename(conference)
    assert len(rename.tries) == TRIES
    assert Conference.objects.get().title == before


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_by_itself_is_tried_once():
    rename = failing(100, Cause("23505"))
    with pytest.raises(OperationalError):
        rename(make_conference())
    assert len(rename.tries) == 1


@pytest.mark.django_db
def test_half_a_transaction_is_never_begun_anew():
    rename = failing(1)
    assert connection.in_atomic_block
    with pytest.raises(OperationalError), transaction.atomic():
        rename(make_conference())
    assert len(rename.tries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_user_who_was_not_asked_for_yet_is_no_row_to_put_back(django_user_model):
    user = django_user_model.objects.create_user("eva")

    @retried
    def whole(who):
        return who.username

    assert whole(SimpleLazyObject(lambda: user)) == "eva"
