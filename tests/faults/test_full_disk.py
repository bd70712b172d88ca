"""The disk is full while storing, while committing and while writer. Fault 5."""

import os
import shutil
import subprocess

import pytest

from tests.conftest import missing
from tests.faults.homes import transcript

# In one process, as a server is: it has to recover without being started again.
SCENARIO = """
import os, sys
from pathlib import Path
from tests.faults.scripts import *
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError
from archive.editing.ingestion import load
from archive.editing.public_change import public_change
from archive.editing.revisions import record_revision
from archive.models import Answer, Conference, Outlet, Transcript
from search.models import IndexTask

disk, source = Path(os.environ["DAWEN_DATA"]), Path(sys.argv[1])
assert os.path.ismount(disk)
call_command("migrate", verbosity=0)
call_command("ingest", source, verbosity=0)
User.objects.create_superuser("editor", password="x")
assert found("“山川异域”") == 6

def fill(leave=0):
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass
    size = (disk / "filler").stat().st_size
    os.truncate(disk / "filler", max(0, size - leave))

def read():
    assert visit("/conferences/2020-05-24/").status_code == 200
    assert visit("/search/", q="“山川异域”").status_code == 200
    assert found("“山川异域”") == 6

more = source.read_text().replace("5月24日", "5月25日").replace("山川异域", "风月同天")

# Storing and committing: with no room at all, and with room for a part of it.
for leave in (0, 8192, 40960):
    fill(leave)
    try:
        load((more + "风" * 200_000).encode(), "more.txt", publish=True)
    except OperationalError as error:
        assert "full" in str(error), error
    else:
        raise AssertionError("it was saved on a full disk")
    assert (Conference.objects.count(), Transcript.objects.count()) == (1, 1)
    read()
fill()
try:
    call_command("ingest", sys.argv[2], verbosity=0)
except CommandError as error:
    assert "was not saved" in str(error), error
else:
    raise AssertionError("ingest reported success")

# By the web: a sentence, not a stack trace.
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
(disk / "filler").unlink()
with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": plain}}):
    editor = Client(raise_request_exception=False, SERVER_NAME="localhost")
    editor.force_login(User.objects.get())
    fill()
    outlet = {"name": "x" * 90, "slug": "x", "kind": "agency"}
    aliases = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    page = editor.post("/admin/archive/outlet/add/", outlet | aliases)
assert page.status_code == 507, page.status_code
assert not Outlet.objects.filter(slug="x").exists()
read()

# Indexing: the queue keeps the task, and what was found is still found.
(disk / "filler").unlink()
with public_change():
    Answer.objects.filter(text__contains="第1次").update(text="山川异域，风月同天。" * 20_000)
    record_revision(Conference.objects.get(), "corrected", user=None, reason="全文")
pk = Conference.objects.get().pk
IndexTask.objects.create(conference_id=pk)
fill(12288)
try:
    call_command("index", verbosity=0)
except CommandError as error:
    assert "could not be written" in str(error), error
else:
    raise AssertionError("it was indexed on a full disk")
assert IndexTask.objects.waiting().get().conference_id == pk
read()

(disk / "filler").unlink()
call_command("index", verbosity=0)
assert found("“风月同天”") == 1 and not IndexTask.objects.exists()
load(more.encode(), "more.txt", publish=True)
assert Conference.objects.count() == 2
assert differences() == [], differences()
print("recovered")
"""


def test_a_full_disk_loses_nothing_and_is_recovered_from(home, tmp_path):
    if home.environment:
        pytest.skip("PostgreSQL keeps its files elsewhere")
    unshare = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        missing("mount", "a small disk can be mounted by root only, in a container that lets it")
    for name, day in (("one.txt", "2020-05-24"), ("two.txt", "2020-05-26")):
        text = transcript(day, "山川异域" if name == "one.txt" else "别的")
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "script.py").write_text(SCENARIO, encoding="utf-8")
    # Seen by this process and its children only, and gone with them.
    mount = f"mount -t tmpfs -o size=12m,mode=700 tmpfs {home.folder}"
    script = f'{mount} && exec "$0" "$@"'
    told = home.command(
        *(*unshare, "sh", "-c", script),
        *(home.program, tmp_path / "script.py", tmp_path / "one.txt", tmp_path / "two.txt"),
    )
    assert told.splitlines()[-1] == "recovered"
