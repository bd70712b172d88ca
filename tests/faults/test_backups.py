"""A backup of a running site, restored on an empty machine, and what is refused."""

import json
import threading

import pytest

from tests.faults.homes import transcripts

WHAT_IS_HERE = """
from tests.faults.scripts import *
import hashlib
from django.core import serializers
from django.apps import apps
rows = serializers.serialize("json", [
    row for name in ("Conference", "Exchange", "Answer", "Transcript", "Speaker", "Outlet")
    for row in apps.get_model("archive", name).objects.order_by("pk")
])
print(hashlib.sha256(rows.encode()).hexdigest(), found("“山川异域”"))
"""


@pytest.fixture
def full(home, tmp_path):
    home.manage("ingest", transcripts(tmp_path / "in", 4))
    return home


def test_a_backup_is_restored_on_an_empty_machine(full, make_a_home, tmp_path):
    before = full.python(WHAT_IS_HERE)
    target = tmp_path / "backups" / "today"
    full.manage("backup", target)
    assert target.stat().st_mode & 0o777 == 0o700
    assert not [path for path in target.rglob("*") if "index" in path.name]
    other = make_a_home("other")
    assert "compared and indexed" in other.manage("restore", target)
    assert other.python(WHAT_IS_HERE) == before
    assert "as it was saved" in other.manage("verify_archive", "--all")


@pytest.mark.nightly
def test_an_archive_that_holds_something_is_replaced_only_by_force(full, tmp_path):
    full.manage("backup", tmp_path / "first")
    before = full.python(WHAT_IS_HERE)
    full.manage("ingest", transcripts(tmp_path / "more", 1, first=40))
    assert "not empty" in full.manage("restore", tmp_path / "first", code=1)
    assert full.python(WHAT_IS_HERE) != before
    full.manage("restore", tmp_path / "first", "--force")
    assert full.python(WHAT_IS_HERE) == before


@pytest.mark.nightly
def test_a_backup_while_the_site_writes_is_whole(full, make_a_home, tmp_path):
    writer = threading.Thread(
        target=full.manage, args=("ingest", transcripts(tmp_path / "more", 6, first=40))
    )
    writer.start()
    full.manage("backup", tmp_path / "backup")
    writer.join()
    other = make_a_home("other")
    assert "compared and indexed" in other.manage("restore", tmp_path / "backup")


@pytest.mark.nightly
def test_a_backup_that_was_altered_or_is_of_another_kind_is_refused(full, make_a_home, tmp_path):
    target = tmp_path / "backup"
    full.manage("backup", target)
    other = make_a_home("other")
    assert "is there already" in full.manage("backup", target, code=1)
    manifest = json.loads((target / "manifest.json").read_text())
    for change, told in (
        ({"vendor": "oracle"}, "of a oracle database"),
        ({"migrations": [["archive", "9999_future"]]}, "newer program"),
        ({"format": 2}, "is no backup"),
    ):
        (target / "manifest.json").write_text(json.dumps(manifest | change))
        assert told in other.manage("restore", target, code=1)
    (target / "manifest.json").write_text(json.dumps(manifest))
    (database,) = target.glob("database.*")
    database.write_bytes(database.read_bytes()[:-1] + b"x")
    assert "was altered: saved as" in other.manage("restore", target, code=1)
    (target / "manifest.json").unlink()
    assert "is no backup" in other.manage("restore", target, code=1)


def test_without_the_tools_of_postgresql_it_says_what_to_install(monkeypatch, tmp_path):
    from archive.maintenance.backups import BackupError, postgresql

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match=r"pg_dump is not installed.*postgresql-client"):
        postgresql.dump_database(tmp_path / "dump")
