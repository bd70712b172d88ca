"""Today's parser over what is stored."""

import pytest
from django.core.management import CommandError, call_command

from archive.editing.correction_history import record
from archive.editing.revisions import record_revision
from archive.models import Answer, Conference, Outlet, Revision, Transcript
from tests.archive.editing.briefings import BRIEFING, STABLE, about, ingested, said, waiting, words

pytestmark = pytest.mark.django_db

OTHER = BRIEFING.replace("5月24日", "5月25日").replace("中方对", "另外，中方对")


def run(capsys, *args, **options):
    call_command("reapply", *args, **options)
    return capsys.readouterr().out


def earlier_parser():
    """Rows as a worse parser would have made them."""
    Answer.objects.filter(text__startswith="南海").update(text="南海局势总体稳定。")


def test_only_what_changes_is_told(capsys):
    ingested()
    assert run(capsys) == "0 changed, 1 unchanged, 0 skipped, 0 refused, 0 failed.\n"
    earlier_parser()
    told = run(capsys).splitlines()
    assert told[0] == "2020-05-24: changed (exchanges: 1 changed)"
    assert told[1].startswith("1 changed, 0 unchanged")
    assert "团结最重要" in said()[0]


def test_a_dry_run_changes_nothing(capsys):
    ingested()
    earlier_parser()
    assert "1 changed" in run(capsys, dry_run=True)
    assert "团结最重要" not in said()[0]


def test_corrections_stay_and_those_that_do_not_fit_any_more_are_told(capsys):
    transcript = ingested()
    record(transcript, [words(STABLE, "稳定。"), about("venue", "蓝厅")], seen=0, user=None)
    content = BRIEFING.replace(STABLE[1], "请查阅网站。")
    Transcript.objects.update(content=content.encode(), sha256="0" * 64)
    told = run(capsys)
    assert "correction 1 does not fit: words, line 5" in told
    assert Conference.objects.get().venue == "蓝厅"


def test_what_cannot_be_read_does_not_stop_the_others(capsys):
    first = ingested()
    ingested(OTHER)
    earlier_parser()
    Transcript.objects.filter(pk=first.pk).update(content=b"nobody speaks", sha256="1" * 64)
    with pytest.raises(CommandError, match="1 of 2 failed"):
        run(capsys)
    told = capsys.readouterr().out
    assert "2020-05-24: failed" in told
    assert "2020-05-25: changed" in told


def test_corrections_that_wait_are_not_published_by_the_way(capsys):
    transcript = ingested(publish=True)
    record(transcript, [words(STABLE, "稳定。")], seen=0, user=None)
    assert "2020-05-24: skipped" in run(capsys)
    assert "南海局势" in said()[0]


def test_what_an_editor_typed_into_rows_stays(capsys):
    ingested()
    Conference.objects.update(venue="蓝厅")
    run(capsys)
    assert Conference.objects.get().venue == "蓝厅"


def test_one_is_named_by_its_address_and_what_only_waits_is_left_alone(capsys):
    ingested()
    ingested(OTHER)
    waiting(BRIEFING + "\n")
    assert run(capsys, "2020-05-25") == "0 changed, 1 unchanged, 0 skipped, 0 refused, 0 failed.\n"
    with pytest.raises(CommandError, match="2021-01-01"):
        run(capsys, "2021-01-01")


def test_what_readers_would_see_wants_a_reason(capsys):
    ingested(publish=True)
    earlier_parser()
    record_revision(Conference.objects.get(), "corrected", user=None, reason="当时如此")
    told = run(capsys, dry_run=True)
    assert "2020-05-24: changed (exchanges: 1 changed; public: wants --reason)" in told
    with pytest.raises(CommandError, match="--reason"):
        run(capsys)
    assert "2020-05-24: refused (exchanges: 1 changed" in capsys.readouterr().out
    assert "团结最重要" not in said()[0]
    assert Revision.objects.count() == 2
    assert "wants --reason" not in run(capsys, reason="解析改进")
    assert "团结最重要" in said()[0]
    assert Revision.objects.first().reason == "解析改进"


def test_a_draft_beside_it_is_made_anew_without_one(capsys):
    ingested(publish=True)
    ingested(OTHER)
    earlier_parser()
    record_revision(Conference.objects.get(slug="2020-05-24"), "corrected", user=None)
    with pytest.raises(CommandError):
        run(capsys)
    told = capsys.readouterr().out
    assert "2020-05-25: changed" in told
    assert "1 changed, 0 unchanged, 0 skipped, 1 refused, 0 failed." in told


def test_a_newest_version_that_says_something_else_is_told_and_wants_a_reason(capsys):
    """As archives have them from times when names changed without a version."""
    ingested(publish=True)
    Outlet.objects.create(name="路透社", slug="reuters", kind="agency").add_alias("路透社")
    Conference.objects.get().exchanges.update(outlet=None)
    first = Conference.objects.get().exchanges.order_by("position").first()
    first.outlet = Outlet.objects.get()
    first.save()
    with pytest.raises(CommandError, match="--reason"):
        run(capsys)
    assert "its newest version says something else" in capsys.readouterr().out
    assert Revision.objects.count() == 1
