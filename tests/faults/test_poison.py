"""One conference that cannot be indexed, one file that cannot be read, another dictionary.

Faults 13 and 14.
"""

import json

import pytest
from django.core.management import CommandError, call_command

from archive.editing.public_change import public_change
from archive.models import Answer, Conference, Exchange
from archive.signals import conference_changed
from search import analysis
from search.engine import engine
from search.engine.errors import IndexUnavailable
from search.index import writer
from search.models import IndexTask
from search.results import SearchParams, run_search
from tests.archive.casts import THE_DAY, make_conference, make_exchange
from tests.faults.homes import transcripts
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db

# More different characters than any text has: what a broken decoder makes of a file.
NOISE = "".join(map(chr, range(0x4E00, 0x4E00 + 11_000)))


def found(query):
    return run_search(SearchParams(q=query)).counts.parts


def make_many(count):
    conferences = Conference.objects.bulk_create(
        Conference(slug=f"c-{n}", date=THE_DAY, title="记者会", status="published")
        for n in range(count)
    )
    exchanges = Exchange.objects.bulk_create(
        Exchange(conference=one, ref=1, position=1, kind="statement") for one in conferences
    )
    Answer.objects.bulk_create(
        Answer(exchange=one, position=1, text="山川异域，风月同天") for one in exchanges
    )
    IndexTask.objects.bulk_create(IndexTask(conference_id=one.pk) for one in conferences)


def make_noise():
    conference = make_conference(slug="noise")
    make_answers(conference, [NOISE])
    return conference


def test_of_a_thousand_conferences_one_that_cannot_be_indexed_is_set_aside():
    writer.rebuild()
    noise = make_noise()
    make_many(999)
    with pytest.raises(CommandError, match=f"1 conferences .*\n  conference {noise.pk}: .*char"):
        call_command("index", verbosity=0)
    assert found("“山川异域”") == 999
    assert found("“风月同天”") == 999
    (task,) = IndexTask.objects.all()
    assert (task.conference_id, bool(task.failed_at)) == (noise.pk, True)


def test_what_was_set_aside_does_not_hold_up_what_comes_later():
    writer.rebuild()
    noise = make_noise()
    with pytest.raises(CommandError):
        call_command("index", verbosity=0)
    make_answers(make_conference(slug="later"), ["山川异域"])
    call_command("index", verbosity=0)
    assert found("“山川异域”") == 1
    assert IndexTask.objects.get().conference_id == noise.pk


@pytest.mark.parametrize("again", [{"rebuild": True}, {"retry": True}])
def test_a_rebuild_sets_it_aside_and_takes_it_when_it_is_mended(again):
    noise = make_noise()
    make_answers(make_conference(slug="sound"), ["山川异域"])
    with pytest.raises(CommandError, match="1 conferences could not"):
        call_command("index", rebuild=True, verbosity=0)
    assert found("“山川异域”") == 1
    Answer.objects.filter(exchange__conference=noise).update(text="风月同天")
    call_command("index", verbosity=0, **again)
    assert found("“风月同天”") == 1
    assert not IndexTask.objects.exists()


def test_a_place_beyond_any_conference_is_indexed_and_found():
    make_exchange(make_conference(), "山川异域？", position=300_000)
    writer.rebuild()
    assert not IndexTask.objects.exists()
    assert found("“山川异域”") == 1


def test_verify_names_it_and_queues_it_again(capsys):
    noise = make_noise()
    writer.rebuild()
    with pytest.raises(CommandError):
        call_command("verify_archive", repair=True, verbosity=0)
    assert f"conference {noise.pk} could not be indexed: ValueError" in capsys.readouterr().out
    assert IndexTask.objects.waiting().get().conference_id == noise.pk


def test_staff_see_what_was_set_aside_and_why(admin_client):
    make_noise()
    writer.rebuild()
    page = admin_client.get("/admin/search/indextask/")
    assert "different characters" in page.content.decode()


def test_one_file_that_cannot_be_read_stops_no_other(tmp_path, capsys):
    folder = transcripts(tmp_path / "in", 20)
    (folder / "2019-broken.docx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(CommandError, match="1 of 21 files"):
        call_command("ingest", folder, json=True, verbosity=0)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["outcome"] for one in told].count("created") == 20
    (refused,) = (one for one in told if one["outcome"] == "refused")
    assert refused["problems"][0]["message"]
    assert Conference.objects.count() == 20


def test_a_file_on_which_the_parser_breaks_down_stops_no_other(tmp_path, monkeypatch):
    from archive.editing import interpretation

    def read(content, filename):
        if filename == "2020-01-03.txt":
            raise RecursionError("a bug")
        return known(content, filename)

    known = interpretation.read
    monkeypatch.setattr(interpretation, "read", read)
    with pytest.raises(CommandError, match="1 of 5 files"):
        call_command("ingest", transcripts(tmp_path / "in", 5), verbosity=0)
    assert Conference.objects.count() == 4


@pytest.fixture
def upgrade(tmp_path, monkeypatch):
    """Bring another dictionary, as a new version of the program does."""

    def bring():
        terms = tmp_path / "terms.txt"
        terms.write_text(analysis.TERMS.read_text(encoding="utf-8") + "风月同 1000 n\n", "utf-8")
        monkeypatch.setattr(analysis, "TERMS", terms)
        monkeypatch.setattr(analysis, "_cutter", analysis._Cutter())
        analysis.fingerprint.cache_clear()
        engine().close()

    yield bring
    monkeypatch.undo()
    analysis.fingerprint.cache_clear()


def test_an_index_of_another_dictionary_is_not_asked_nor_added_to(client, upgrade, index_folder):
    make_answers(make_conference(), ["山川异域，风月同天"])
    writer.rebuild()
    before = (index_folder / "current").resolve()
    upgrade()
    conference = make_conference(slug="later")
    make_answers(conference, ["风月同天"])
    with public_change():
        conference_changed.send(sender=None, conference_id=conference.pk)
    assert client.get("/search/", {"q": "风月"}).status_code == 503
    with pytest.raises(IndexUnavailable, match="another version"):
        writer.drain()
    assert IndexTask.objects.exists()
    call_command("index", verbosity=0)
    assert (index_folder / "current").resolve() != before
    assert found("风月同") == 2
    assert not IndexTask.objects.exists()
