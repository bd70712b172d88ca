"""Damaged and forbidden index files; an original that was altered. Faults 4 and 15."""

import datetime as dt
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from archive.editing import revisions
from archive.editing.public_change import public_change
from archive.exports.conference_json import conference_as_json
from archive.models import Appearance, Conference, Outlet, Revision, Transcript
from archive.models.transcripts import sha256_of
from search.engine import engine
from search.engine.whoosh import engine as engine_module
from search.index import writer
from tests.archive.casts import make_conference, make_talk
from tests.conftest import missing
from tests.search.casts import make_answers

# Whoosh leaves a table of contents open that it cannot read.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

NOBODY = 65534
WORDS = "山川异域"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(engine_module, "_PAUSE", 0)
    yield
    gc.collect()


@pytest.fixture
def index(db, index_folder):
    make_answers(make_conference(), [f"{WORDS}，风月同天。第{number}句。" for number in range(50)])
    writer.rebuild()
    assert count() == 50
    return index_folder


def count():
    page = asked()
    return page.context["results"].counts.parts if page.status_code == 200 else None


visitor = Client()


def asked():
    return visitor.get("/search/", {"q": f"“{WORDS}”"})


def current(index):
    return (index / "current").resolve()


def file_of(index, pattern):
    (path,) = current(index).glob(pattern)
    return path


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def zero(path):
    path.write_bytes(bytes(path.stat().st_size))


def flip_a_bit(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 4)
        (byte,) = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 4]))


@pytest.mark.parametrize("live", [False, True], ids=["opened anew", "while open"])
@pytest.mark.parametrize("damage", [truncate, zero, flip_a_bit])
@pytest.mark.parametrize("pattern", ["*.exact.col", "*.text.col", "*.facts.col"])
def test_a_damaged_segment_is_told_and_replaced(index, pattern, damage, live):
    damage(file_of(index, pattern))
    assert_told_and_replaced(live)


@pytest.mark.parametrize("damage", [truncate, zero, Path.unlink])
@pytest.mark.parametrize("pattern", ["_MAIN_*.toc", "marker.json", "*.exact.col"])
def test_a_damaged_generation_is_told_and_replaced(index, pattern, damage):
    damage(file_of(index, pattern))
    assert_told_and_replaced()


@pytest.mark.parametrize("gone", ["current", "generations"])
def test_an_index_that_is_gone_is_told_and_made_again(index, gone):
    path = index / gone
    path.unlink() if path.is_symlink() else shutil.rmtree(path)
    assert_told_and_replaced()


def assert_told_and_replaced(live=False):
    if not live:
        engine().close()
    page = asked()
    assert page.status_code == 503
    assert page["Retry-After"] == "60"
    assert visitor.get("/conferences/2020-05-24/").status_code == 200
    assert visitor.get("/").status_code == 200
    with pytest.raises(CommandError):
        call_command("verify_archive", verbosity=0)
    engine().close()  # as the process that runs the command begins
    call_command("index", verbosity=0)
    assert count() == 50
    call_command("verify_archive", all=True, verbosity=0)


@pytest.fixture
def nobody(settings):
    """Act as a user without rights; as root nothing is forbidden."""
    if os.geteuid():
        missing("root", "only root can act as somebody else")
    folder = Path(tempfile.mkdtemp(prefix="dawen-nobody-"))
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    os.seteuid(0)
    shutil.rmtree(folder)


def move_to(folder, index, owner):
    """Have the index in `folder`, of `owner`."""
    moved = shutil.copytree(index, folder / "index", symlinks=True)
    for path in (moved, *moved.rglob("*")):
        os.lchown(path, owner, owner)
    backend = engine()
    backend.close()
    backend.generations = type(backend.generations)(moved)
    return moved


@pytest.mark.parametrize("taken", ["current", "generations", "."])
def test_without_permission_nothing_is_wiped(index, nobody, taken):
    moved = move_to(nobody, index, NOBODY)
    folder = moved / taken
    before = sorted(moved.rglob("*"))
    os.seteuid(NOBODY)
    assert count() == 50
    folder.chmod(0)
    engine().close()
    assert asked().status_code == 503
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("index", verbosity=0)
    folder.chmod(0o700)
    assert sorted(moved.rglob("*")) == before
    assert count() == 50


@pytest.mark.parametrize(("owner", "mode"), [(NOBODY, 0o700), (0, 0o777)])
def test_files_that_another_could_have_written_are_never_unpickled(index, nobody, owner, mode):
    move_to(nobody, index, owner).joinpath("current").resolve().chmod(mode)
    assert asked().status_code == 503
    with pytest.raises(CommandError, match="Make it belong to the user who runs the site"):
        call_command("index", verbosity=0)


def test_an_altered_original_is_named_with_both_checksums(capsys):
    told = alter(Transcript, "content", b"what was said", b"what was sold")
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_archive", verbosity=0)
    assert "transcript" in (shown := capsys.readouterr().out)
    assert all(sha256 in shown for sha256 in told)


def test_an_altered_revision_is_named(capsys):
    alter(Transcript, "content", b"what was said", b"what was said")
    revision = Revision(
        conference=Conference.objects.get(), transcript=Transcript.objects.get(), number=1
    )
    revision.content = conference_as_json(revision.conference)
    revision.save()
    with public_change(), connection.cursor() as cursor:
        cursor.execute("UPDATE archive_revision SET packed = %s", [b"altered"])
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_archive", verbosity=0)
    assert "revision 2020-05-24 v1 was altered" in capsys.readouterr().out


def test_what_readers_see_and_no_version_says_is_named(capsys):
    for number in range(60):
        talk = make_talk(1, slug=f"talk-{number}", date=dt.date(2020, 1, 1))
        revisions.record_revision(talk, "published", user=None)
    make_talk(1, slug="draft", published=False)
    Outlet.objects.update(name="路透")
    Outlet.objects.update(name="路透社")
    writer.rebuild()
    call_command("verify_archive", verbosity=0)
    talk.exchanges.update(asked_by="某报")
    writer.rebuild()
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_archive", verbosity=0)
    said = "conference talk-59 is not what its newest version, 1, says"
    assert said in capsys.readouterr().out


def test_of_versions_from_before_names_followed_the_words_are_compared(capsys):
    talk = make_talk(1)
    revisions.record_revision(talk, "published", user=None)
    Revision.objects.update(names_kept=False)
    Outlet.objects.update(name="路透")
    writer.rebuild()
    call_command("verify_archive", verbosity=0)
    talk.exchanges.update(question="另一问？")
    writer.rebuild()
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_archive", verbosity=0)
    assert "conference 2020-05-24 is not what its newest version" in capsys.readouterr().out


def test_who_answers_without_appearing_is_named(capsys):
    make_talk()
    Appearance.objects.all().delete()
    writer.rebuild()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_archive", verbosity=0)
    assert "wang-yi answered at conference 2020-05-24" in capsys.readouterr().out


def alter(model, column, before, after):
    """A transcript whose bytes were changed behind the archive's back; both checksums."""
    writer.rebuild()
    Conference.objects.all().delete()
    Transcript.objects.create(
        conference=make_conference(),
        filename="a.txt",
        media_type="text/plain",
        content=before,
        sha256=sha256_of(before),
        size=len(before),
        encoding="utf-8",
        convention="",
    )
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s", [after])  # noqa: S608
    return sha256_of(before), sha256_of(after)


def test_a_byte_changed_on_the_disk_is_named(home, tmp_path):
    if home.environment:
        pytest.skip("PostgreSQL keeps its files to itself")
    source = tmp_path / "2020-05-24.txt"
    text = "外交部发言人毛宁主持例行记者会\n2020年5月24日\n路透社记者：何时？\n毛宁：今天。\n"
    source.write_text(text, encoding="utf-8")
    home.manage("ingest", source)
    database = home.folder / "dawen.sqlite3"
    held = database.read_bytes()
    # The rows made from it have the words too: the original is the place that has the heading.
    at = held.index("主持例行记者会\n2020年".encode())
    database.write_bytes(held[:at] + b"\x00" + held[at + 1 :])
    told = home.manage("verify_archive", code=1)
    assert f"2020-05-24.txt) was altered: saved as {sha256_of(text.encode())}, it is " in told
