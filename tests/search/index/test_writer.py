"""The index follows the database: queue, drain, rebuild."""

import datetime as dt
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from archive.models import Answer, Conference, Exchange
from archive.signals import batch
from search.engine import engine
from search.engine.errors import IndexBusy, IndexUnavailable
from search.engine.whoosh import engine as engine_module
from search.engine.whoosh.generations import Generations
from search.engine.whoosh.writer import new_writer
from search.index import writer
from search.models import IndexTask
from search.results import SearchParams, run_search
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
)
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db


def found(query):
    return run_search(SearchParams(q=query)).counts.parts


@pytest.fixture
def index(db):
    writer.rebuild()


@pytest.mark.django_db(transaction=True)
def test_a_saved_answer_is_found_at_once(index):
    make_answers(make_conference(), ["山川异域，风月同天"])
    assert found("“域，风”") == 1
    assert not IndexTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_leaves_no_trace(index):
    conference = make_conference()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_answers(conference, ["山川异域"])
        _ = 1 / 0
    assert found("“山川”") == 0
    assert not IndexTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_and_its_task_are_one_transaction():
    with transaction.atomic():
        make_answers(make_conference(), ["山川异域"])
        assert IndexTask.objects.exists()
        transaction.set_rollback(True)
    assert not IndexTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_conference_leaves_the_index(index):
    conference = make_conference()
    make_answers(conference, ["山川异域"])
    conference.status, conference.withdrawn_because = Conference.Status.WITHDRAWN, "错误"
    conference.save()
    assert found("“山川”") == 0
    assert len(matches("“山川”")) == 0


def matches(query):
    return run_search(SearchParams(q=query)).matches


@pytest.mark.django_db(transaction=True)
def test_a_deleted_conference_leaves_the_index(index):
    conference = make_conference()
    make_answers(conference, ["山川异域"])
    conference.delete()
    assert len(matches("“山川”")) == 0


@pytest.mark.django_db(transaction=True)
def test_an_edited_answer_is_found_by_its_new_words_only(index):
    (answer,) = make_answers(make_conference(), ["山川异域"])
    answer.text = "风月同天"
    answer.save()
    assert (found("“山川”"), found("“风月”")) == (0, 1)


def test_a_draft_is_not_indexed(index):
    make_answers(make_conference(status="draft"), ["山川异域"])
    writer.drain()
    assert len(matches("“山川”")) == 0


def test_a_hit_that_is_no_longer_published_is_not_shown(index):
    make_answers(make_conference(), ["山川异域"])
    writer.drain()
    Conference.objects.update(status="withdrawn", withdrawn_because="错误")  # nobody hears of it
    assert run_search(SearchParams(q="“山川”")).hits == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_indexed_once_at_its_end(index):
    with batch():
        make_answers(make_conference(), ["山川异域"])
        assert len(matches("“山川”")) == 0
    assert len(matches("“山川”")) == 1


def test_draining_twice_does_nothing_more(index):
    make_answers(make_conference(), ["山川异域", "风月同天"])
    assert writer.drain() == 1
    assert writer.drain() == 0
    assert len(matches("*")) == 4


def test_without_an_index_a_search_says_so(db):
    with pytest.raises(IndexUnavailable, match=r"manage\.py index"):
        run_search(SearchParams(q="台湾"))


def test_an_index_of_another_version_is_not_asked(index, index_folder):
    marker = (index_folder / "current" / "marker.json").resolve()
    marker.write_text('{"format": 0}')
    engine().close()
    with pytest.raises(IndexUnavailable, match="another version"):
        run_search(SearchParams(q="台湾"))


def test_the_index_command_makes_a_missing_index(db, capsys):
    make_answers(make_conference(), ["山川异域"])
    call_command("index", verbosity=0)
    assert found("“山川”") == 1
    assert "2 parts" in capsys.readouterr().out


def test_a_rebuild_is_swapped_in_and_one_generation_is_kept(index, index_folder):
    make_answers(make_conference(), ["山川异域"])
    for _ in range(3):
        writer.rebuild()
    assert found("“山川”") == 1
    assert len(list((index_folder / "generations").iterdir())) == 2


def test_an_interrupted_rebuild_leaves_the_live_index(index, index_folder):
    make_answers(make_conference(), ["山川异域"])
    writer.drain()

    def interrupt(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer.rebuild(progress=interrupt)
    assert found("“山川”") == 1
    assert len(list((index_folder / "generations").iterdir())) == 1


def test_a_second_writer_is_told_to_wait(index, index_folder, settings):
    settings.INDEX_LOCK_SECONDS = 0.05
    make_answers(make_conference(), ["山川异域"])
    with Generations(index_folder).writing(seconds=1), pytest.raises(IndexBusy):
        in_thread(writer.rebuild)
    assert IndexTask.objects.exists()


def in_thread(function):
    """Run `function` in a thread of its own, without its own connection to the database."""
    errors = []

    def run():
        try:
            function()
        except BaseException as error:  # noqa: BLE001 - handed on below
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]


def test_another_thread_sees_a_commit_on_its_next_search(index):
    make_answers(make_conference(), ["山川异域"])
    assert len(matches("“山川”")) == 0
    writer.drain()
    assert len(matches("“山川”")) == 1


def test_a_segment_merge_keeps_phrases_exact(index):
    conference = make_conference()
    for number in range(12):
        make_answers(conference, [f"第{number}次山川异域"])
        writer.drain()
    new_writer(engine().open_index().index).commit(optimize=True)
    assert (found("“次山川”"), found("“第7次山”")) == (12, 1)


@pytest.mark.django_db(transaction=True)
def test_an_index_can_become_empty_and_be_asked(index):
    for _ in range(3):
        conference = make_conference()
        make_answers(conference, ["山川异域"])
        conference.delete()
    assert found("“山川”") == 0


def test_deleting_an_outlet_reindexes_its_conferences(index):
    outlet = make_outlet()
    make_answers(make_conference(), ["山川异域"], outlet=outlet)
    writer.drain()
    outlet.delete()
    assert IndexTask.objects.count() == 1


def test_an_answer_with_markup_only_is_indexed(index):
    make_answers(make_conference(), ["……！", "<b>"])
    writer.drain()
    assert (found("“……”"), found("“<b>”")) == (1, 1)


def test_parts_of_drafts_never_reach_a_rebuild(db):
    make_answers(make_conference(status="draft"), ["山川异域"])
    assert writer.rebuild() == 0
    assert (Exchange.objects.count(), Answer.objects.count()) == (1, 1)


def test_a_generation_whose_files_are_gone_is_told(index, index_folder, monkeypatch):
    monkeypatch.setattr(engine_module, "_PAUSE", 0)
    for path in (index_folder / "current").resolve().glob("_MAIN_*.toc"):
        path.unlink()
    engine().close()
    with pytest.raises(IndexUnavailable, match="lacks files"):
        run_search(SearchParams(q="台湾"))


def test_a_segment_without_its_columns_is_told(index, index_folder, monkeypatch):
    monkeypatch.setattr(engine_module, "_PAUSE", 0)
    make_answers(make_conference(), ["山川异域"])
    writer.drain()
    for path in (index_folder / "current").resolve().glob("*.exact.col"):
        path.unlink()
    engine().close()
    with pytest.raises(IndexUnavailable, match="lacks files"):
        run_search(SearchParams(q="山川"))


@pytest.mark.parametrize("first", [2**31 - 2, 2**33, -(2**33)])
def test_keys_beyond_two_thousand_millions_are_found_as_others(first):
    make_answers(make_conference(), ["山川异域"])
    large = make_conference(pk=first, date=dt.date(2020, 5, 25))
    outlet, speaker = make_outlet(pk=first + 1), make_speaker(pk=first + 2)
    for number in range(3):
        asked = make_exchange(large, "风月同天？", pk=first + number, outlet=outlet)
        make_answer(asked, "山川异域", pk=first + number, speaker=speaker)
    writer.rebuild()
    assert found("“山川”") == 4
    assert found("“山川” outlet:路透社") == 3
    make_answer(asked, "山川", pk=first + 9)
    writer.drain()
    result = run_search(SearchParams(q="“山川”"))
    assert (result.counts.parts, result.counts.conferences) == (5, 2)
