"""manage.py parse_report."""

import json
import tarfile

import pytest
from django.core.management import call_command

from archive.models import Conference

pytestmark = pytest.mark.django_db
BRIEFING = "记者会\n2020年5月24日\n\n某某报记者：好吗？\n毛宁：好。\n某某报记者：何时？\n"


@pytest.fixture
def report(capsys):
    """Run `manage.py parse_report --json` and answer what it prints."""

    def run(*paths, **options):
        capsys.readouterr()
        call_command("parse_report", *paths, json=True, **options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def folder(tmp_path):
    """A good file and a bad one, and the good one again in an archive."""
    (tmp_path / "good.txt").write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    with tarfile.open(tmp_path / "more.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "good.txt", "inside/good.txt")
    return tmp_path


def test_folders_and_archives_are_counted_and_nothing_is_saved(folder, report):
    told = report(folder)
    ((name, row),) = told["conventions"].items()
    assert (name, row.pop("problems")) == ("reporter-label", {"question_without_answer": 2})
    counted = {"files": 2, "exchanges": 4, "turns": 6, "unknown": 4}
    assert row == counted | {"characters": 72, "missing": 0, "kept": 1.0}
    assert list(told["refused"]) == [str(folder / "bad.txt")]
    assert not Conference.objects.exists()


def test_a_convention_can_be_asked_for(folder, report):
    told = report(folder / "good.txt", convention="named-speakers")
    assert list(told["conventions"]) == ["named-speakers"]


def test_the_table_has_a_line_per_convention_and_names_what_is_refused(folder, capsys):
    call_command("parse_report", folder)
    printed = capsys.readouterr().out
    assert "100.0000 %" in printed
    assert "2 × question_without_answer" in printed
    assert f"refused: {folder / 'bad.txt'}: " in printed
    assert "2 files read, 1 refused" in printed


def test_what_cannot_be_opened_is_refused_with_a_sentence(tmp_path, report):
    (tmp_path / "broken.tar").write_bytes(b"no archive")
    told = report(tmp_path / "none.txt", tmp_path / "broken.tar")
    assert told["conventions"] == {}
    assert "cannot be opened: No such file" in told["refused"][str(tmp_path / "none.txt")]
    assert "cannot be opened" in told["refused"][str(tmp_path / "broken.tar")]
