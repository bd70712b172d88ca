"""manage.py ingest and load_outlets."""

import json

import pytest
from django.core.management import CommandError, call_command

from archive.models import Conference, Exchange, Outlet, OutletAlias
from tests.conftest import SEED

pytestmark = pytest.mark.django_db


@pytest.fixture
def ingest(capsys):
    """Run `manage.py ingest --json` and answer the objects it prints."""

    def run(*paths, **options):
        capsys.readouterr()
        call_command("ingest", *paths, json=True, **options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def outlets(db):
    call_command("load_outlets", verbosity=0)


def test_the_seed_is_complete(outlets, ingest):
    (told,) = ingest(SEED)
    questions = [one for one in told["exchanges"] if one["kind"] == "question"]
    assert (told["outcome"], told["date"]) == ("created", "2020-05-24")
    assert (len(questions), len(told["exchanges"])) == (17, 18)
    assert len({one["outlet"] for one in questions}) == 16
    assert None not in {one["outlet"] for one in questions}
    assert [one["code"] for one in told["problems"]] == ["repeated_sentence"]


def test_the_seeds_outlets_are_known_by_name(outlets, ingest):
    ingest(SEED)
    slugs = Exchange.objects.exclude(outlet=None).order_by("position")
    assert list(slugs.values_list("outlet__slug", flat=True)) == [
        *("peoples-daily", "cctv", "xinhua", "rossiya-segodnya", "china-daily", "reuters"),
        *("phoenix-tv", "efe", "global-times", "kyodo", "cnn", "cri", "kazinform", "yonhap"),
        *("the-paper", "straits-times", "xinhua"),
    ]


def test_the_same_file_again_is_unchanged(ingest):
    assert [ingest(SEED)[0]["outcome"] for _ in range(2)] == ["created", "unchanged"]
    assert Conference.objects.count() == 1


def test_a_dry_run_saves_nothing(ingest):
    assert ingest(SEED, dry_run=True)[0]["outcome"] == "created"
    assert not Conference.objects.exists()


def test_a_draft_is_not_published(ingest):
    assert ingest(SEED, draft=True)[0]["status"] == "draft"


def test_a_date_that_is_given_wins(ingest):
    assert ingest(SEED, "--date", "2021-03-07")[0]["conference"] == "2021-03-07"


def test_one_bad_file_does_not_stop_the_others(tmp_path, capsys):
    (tmp_path / "1-bad.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "2-good.txt").write_bytes(SEED.read_bytes())
    (tmp_path / "3-picture.png").write_bytes(b"not looked at")
    with pytest.raises(CommandError, match="1 of 2 files"):
        call_command("ingest", tmp_path)
    assert "1 created, 0 updated, 0 unchanged, 1 refused" in capsys.readouterr().out
    assert Conference.objects.count() == 1


def test_a_file_that_is_missing_is_told(ingest, capsys):
    with pytest.raises(CommandError, match="1 of 1 files"):
        ingest("/nowhere/at-all.txt")
    assert "cannot be opened" in capsys.readouterr().out


def test_a_transcript_without_a_date_is_refused_with_a_sentence(tmp_path, capsys):
    path = tmp_path / "undated.txt"
    path.write_text("记者会\n\n路透社记者：何时？\n\n毛宁：不久。\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("ingest", path)
    assert "--date" in capsys.readouterr().out


def test_a_date_that_is_none_is_refused():
    with pytest.raises(CommandError, match="Write it as 2020-05-24"):
        call_command("ingest", SEED, "--date", "24.5.2020")


def test_progress_goes_to_stderr_and_results_to_stdout(capsys):
    call_command("ingest", SEED)
    told = capsys.readouterr()
    assert "100%" in told.err
    assert "100%" not in told.out


def test_outlets_are_loaded_once_and_never_changed_back(outlets, capsys):
    Outlet.objects.filter(slug="reuters").update(name="路透通讯社")
    call_command("load_outlets")
    assert "0 outlets and 0 aliases added" in capsys.readouterr().out
    assert Outlet.objects.get(slug="reuters").name == "路透通讯社"


def test_the_alias_table_is_as_large_as_promised(outlets):
    assert Outlet.objects.count() >= 150
    assert OutletAlias.objects.count() > 2 * Outlet.objects.count()
    assert not Outlet.objects.filter(name_en="").exists()


@pytest.mark.corpora
def test_labels_of_real_transcripts_are_known(outlets, corpora):
    labels = (corpora / "outlet-aliases" / "zh_mfa_outlets.txt").read_text(encoding="utf-8")
    unknown = [label for label in labels.split("\n") if label and not Outlet.objects.named(label)]
    assert unknown == []


def test_of_a_folder_every_transcript_is_taken_and_no_readme(ingest, tmp_path):
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "seed.txt").write_bytes(SEED.read_bytes())
    for name in ("README.md", "deeper/Readme.txt", "outlets.csv"):
        (tmp_path / name).write_text("What is here.", encoding="utf-8")
    assert [one["file"] for one in ingest(tmp_path)] == [str(tmp_path / "deeper" / "seed.txt")]
    with pytest.raises(CommandError, match="1 of 1 files could not be read"):
        ingest(tmp_path / "README.md")
