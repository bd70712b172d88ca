"""What readers see is written in one way, which gives it the archive's next number."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.editing import publication
from archive.editing.name_curation import merge
from archive.editing.name_resolution import speaker_named
from archive.editing.public_change import GUARDED, WrittenOutside, _end_migrating, public_change
from archive.http_cache import state
from archive.models import (
    Answer,
    ArchiveNumber,
    Conference,
    ConferenceTally,
    Exchange,
    Outlet,
    Revision,
    Speaker,
    Tally,
)
from archive.signals import archive_replaced, conference_changed
from search.index import writer
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)
from tests.archive.editing.test_tallies import assert_tallied


def number() -> int:
    return ArchiveNumber.objects.get().n


def retitle(conference: Conference, title: str = "另题") -> None:
    conference.title = title
    conference.save()


@pytest.mark.django_db
class TestNumber:
    def test_a_change_takes_one_number_and_gives_it_to_what_it_is_about(self):
        talk, other = make_talk(), make_talk(slug="other")
        before = number()
        with public_change():
            for _time in range(3):
                with public_change():
                    retitle(talk)
            talk.exchanges.update(topic="题")
        talk.refresh_from_db()
        assert (number(), talk.change) == (before + 1, before + 1)
        assert Conference.objects.get(pk=other.pk).change < before + 1

    def test_drafts_take_none(self):
        make_talk()
        before, known = number(), state.archive_state()
        draft = make_talk(slug="draft", published=False)
        for title in "一二三":
            retitle(draft, title)
        publication.schedule(draft, timezone.now() + dt.timedelta(days=1), user=None)
        draft.delete()
        assert number() == before
        assert state.archive_state() == known

    def test_what_was_rolled_back_took_none(self):
        talk = make_talk()
        before = number()
        with public_change():
            retitle(talk)
            transaction.set_rollback(True)
        with pytest.raises(ZeroDivisionError), public_change():
            retitle(talk)
            raise ZeroDivisionError
        assert number() == before

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: publication.publish(Conference.objects.get(slug="draft"), user=None),
            lambda one: publication.withdraw(one, user=None, reason="有误"),
            lambda one: one.delete(),
            lambda one: Exchange.objects.filter(conference=one).first().delete(),
            lambda one: Answer.objects.filter(exchange__conference=one).first().delete(),
            lambda one: one.appearances.first().delete(),
            lambda one: rename(Outlet.objects.get(slug="reuters")),
            lambda one: rename(Speaker.objects.get(slug="wang-yi")),
            lambda one: Outlet.objects.get(slug="reuters").delete(),
            lambda one: merge(
                Outlet.objects.get(slug="reuters"),
                make_outlet("法新社", "afp"),
                user=None,
                reason="同一家",
            ),
            lambda one: merge(
                Speaker.objects.get(slug="wang-yi"),
                make_speaker("毛宁", "mao-ning"),
                user=None,
                reason="同一人",
            ),
        ],
    )
    def test_what_readers_see_takes_one(self, change):
        talk = make_talk()
        make_talk(slug="draft", published=False)
        before = number()
        change(talk)
        assert number() == before + 1

    def test_names_that_only_drafts_show_take_none(self):
        make_talk()
        outlet, speaker = make_outlet("法新社", "afp"), make_speaker("毛宁", "mao-ning")
        draft = make_conference(slug="draft", published=False, speaker=speaker)
        make_answer(make_exchange(draft, outlet=outlet), speaker=speaker)
        before = number()
        rename(outlet)
        rename(speaker)
        merge(outlet, make_outlet("彭博社", "bloomberg"), user=None)
        assert number() == before

    def test_a_new_speaker_looks_at_no_conference(self):
        make_talk()
        with CaptureQueriesContext(connection) as asked:
            speaker_named("毛宁")
        assert not [one for one in asked if "archive_conference" in one["sql"]]

    def test_an_archive_from_a_backup_shares_no_state_with_the_one_before(self):
        make_talk()
        before = [state.archive_state(), state.conference_state("2020-05-24")]
        writer.rebuild()
        archive_replaced.send(sender=None)
        after = [state.archive_state(), state.conference_state("2020-05-24")]
        assert not set(before) & set(after)

    def test_what_an_older_version_made_is_numbered_and_counted_once(self):
        make_talk()
        make_talk(slug="draft", published=False)
        for model in (ArchiveNumber, Tally, ConferenceTally):
            model.objects.all().delete()
        Conference.objects.update(change=0)
        _end_migrating()
        assert sorted(Conference.objects.values_list("slug", "change")) == [
            ("2020-05-24", 1),
            ("draft", 0),
        ]
        assert number() == 1
        assert_tallied()
        _end_migrating()
        assert number() == 1


def rename(row: Outlet | Speaker) -> None:
    row.name += "新"
    row.save()


@pytest.mark.django_db
class TestGuard:
    @pytest.mark.parametrize("table", GUARDED)
    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM archive_{}",
            'UPDATE "archive_{}" SET id = id',
            "INSERT INTO archive_{} (id) VALUES (1)",
        ],
    )
    def test_a_write_outside_is_refused(self, table, sql):
        with pytest.raises(WrittenOutside, match=table), connection.cursor() as cursor:
            cursor.execute(sql.format(table))

    def test_inside_and_of_other_tables_it_is_not(self):
        make_talk()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE archive_transcript SET id = id")
            cursor.execute("SELECT id FROM archive_conference")
            with public_change():
                cursor.execute("UPDATE archive_conference SET id = id")

    def test_an_account_goes_and_versions_forget_who_made_them(self, admin_client):
        eva = User.objects.create_user("eva", is_staff=True)
        publication.publish(make_talk(published=False), user=eva)
        admin_client.post(f"/admin/auth/user/{eva.pk}/delete/", {"post": "yes"})
        assert not User.objects.filter(pk=eva.pk).exists()
        assert Revision.objects.get().made_by is None

    def test_so_is_word_of_a_change(self):
        with pytest.raises(WrittenOutside):
            conference_changed.send(sender=Conference, conference_id=1)


LIST = "/conferences/2020/05/"


def listed() -> str:
    return Client().get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_pages")
class TestStale:
    def test_of_two_that_overlap_both_are_seen_at_once(self):
        """The one that began first ends last, and had taken the time of its change before."""
        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one writer in after the other")
        slow, quick = make_talk(slug="slow"), make_talk(slug="quick")
        listed()
        written, may_end = threading.Event(), threading.Event()

        def save_slowly():
            with public_change():
                retitle(Conference.objects.get(pk=slow.pk), "乙已更正")
                written.set()
                may_end.wait(30)
            connection.close()

        thread = threading.Thread(target=save_slowly)
        thread.start()
        assert written.wait(30)
        retitle(quick, "甲已更正")
        first = listed()
        may_end.set()
        thread.join()
        assert "甲已更正" in first
        assert "乙已更正" not in first
        assert "乙已更正" in listed()

    def test_many_at_once_each_take_a_number_of_their_own(self):
        if connection.vendor == "sqlite":
            pytest.skip("a database in memory locks whole tables")
        talks = [make_talk(1, slug=f"talk-{at}") for at in range(4)]
        before = number()

        def save(talk):
            for at in range(5):
                retitle(talk, f"{talk.slug}第{at}次")
            connection.close()

        threads = [threading.Thread(target=save, args=[talk]) for talk in talks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert number() == before + 20
        assert len(set(Conference.objects.values_list("change", flat=True))) == 4
        assert_tallied()
        said = listed()
        assert all(f"{talk.slug}第4次" in said for talk in talks)

    @pytest.mark.parametrize("url", ["/", "/conferences/", LIST, "/series/", "/outlets/reuters/"])
    def test_a_clock_that_went_back_hides_nothing(self, url, monkeypatch):
        talk = make_talk(institution="外交部")
        writer.rebuild()
        tag = Client().get(url)["ETag"]
        now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now - dt.timedelta(hours=2))
        with public_change():
            retitle(talk, "更正后的题目")
            talk.institution = "更正部"
            talk.save()
        assert Client().get(url, headers={"if-none-match": tag}).status_code == 200
