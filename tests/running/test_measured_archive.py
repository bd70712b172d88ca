"""The archive that `make load` and the page measurement fill, and the one they leave alone."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.models import Conference
from archive.parsing.parser import parse_transcript
from search.models import IndexTask
from tests.bench import archive

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(monkeypatch, tmp_path, settings):
    """Only the program's own transcripts, on one day each, kept in a folder of the test."""
    monkeypatch.setattr(archive, "MEETINGS", tmp_path / "none")
    monkeypatch.setattr(archive, "DAYS", 1)
    monkeypatch.setattr(archive, "KEPT", tmp_path / "kept")
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"


@pytest.fixture
def few(own, monkeypatch):
    """The first three of them."""
    first = list(archive.sources())[:3]
    monkeypatch.setattr(archive, "sources", lambda: iter(first))
    return first


def test_every_transcript_is_held_on_a_day_of_its_own(own, monkeypatch):
    monkeypatch.setattr(archive, "DAYS", 2)
    made = list(archive.sources())
    assert len(made) > 40
    assert len({content for _name, content, _day in made}) == len(made)
    assert len({day for _name, _content, day in made}) == len(made)


def test_every_one_of_them_can_be_read(own):
    for name, content, day in archive.sources():
        assert parse_transcript(content, name, date=day).exchanges, name


def test_the_same_sources_are_the_same_archive_and_others_another(few, monkeypatch):
    key = archive.key()
    assert archive.key() == key
    monkeypatch.setattr(archive, "sources", lambda: iter(few[:2]))
    assert archive.key() != key


@pytest.mark.django_db
def test_filling_goes_on_where_it_was_interrupted(few, monkeypatch, tmp_path, capfd):
    def stopped():
        yield from few[:2]
        raise KeyboardInterrupt

    class Bar(list):
        """tqdm's bar, which asks for what comes next only when it is wanted."""

        def __init__(self, _sources, **_options):
            pass

        def __enter__(self):
            return stopped()

        def __exit__(self, *_error):
            pass

    with monkeypatch.context() as patch:
        patch.setattr("tqdm.tqdm", Bar)
        with pytest.raises(SystemExit, match="The next time it goes on from here"):
            archive.fill()
    assert Conference.objects.published().count() == 2
    assert not (tmp_path / "whole").exists()
    archive.fill()
    assert "1 created, 2 unchanged" in capfd.readouterr().err
    assert not IndexTask.objects.exists()
    archive.fill()
    assert capfd.readouterr() == ("", "")


def test_what_is_measured_is_a_copy_and_not_the_database_of_the_environment(own, monkeypatch):
    kept = archive.KEPT / archive.key()
    (kept / "cache" / "pages").mkdir(parents=True)
    (kept / "dawen.sqlite3").touch()
    asked = []

    class Made:
        def __init__(self, command, **_options):
            asked.append((command[-1], os.environ["DAWEN_DATA"], "DATABASE_URL" in os.environ))

        def wait(self):
            return 0

    monkeypatch.setattr(subprocess, "Popen", Made)
    monkeypatch.setenv("DAWEN_DATA", "somewhere")
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/real")
    archive.prepare(None)
    assert asked == [("tests.bench.archive", str(kept), False)]
    copy = Path(os.environ["DAWEN_DATA"])
    assert copy != kept
    assert (copy / "dawen.sqlite3").is_file()
    assert not (copy / "cache" / "pages").exists()


def test_an_archive_that_is_named_is_measured_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("DAWEN_DATA", "somewhere")
    parser = argparse.ArgumentParser()
    archive.add_option(parser)
    archive.prepare(parser.parse_args(["--data", str(tmp_path)]).data)
    assert os.environ["DAWEN_DATA"] == str(tmp_path)


@pytest.mark.parametrize("module", ["load", "pages"])
def test_a_folder_that_is_not_there_is_told(module, tmp_path):
    command = [sys.executable, "-m", f"tests.bench.{module}", "--data", tmp_path / "nowhere"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"There is no folder {tmp_path / 'nowhere'}. Name the folder")
    assert not (tmp_path / "nowhere").exists()
