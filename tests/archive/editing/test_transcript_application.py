"""One way from a file and its corrections to rows, for the page and the command alike."""

from itertools import count

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models.signals import pre_save

from archive.editing.correction_history import record, undo
from archive.editing.ingestion import load
from archive.editing.interpretation import understand_transcript
from archive.editing.transcript_application import ReasonWanted, Superseded, apply
from archive.models import (
    Conference,
    Correction,
    Exchange,
    MovedAddress,
    Outlet,
    Revision,
    Transcript,
)
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from archive.parsing.records import TranscriptError
from tests.archive.casts import make_outlet
from tests.archive.editing.briefings import (
    ASKED,
    BRIEFING,
    CONTACT,
    STABLE,
    SUMMIT,
    UNITY,
    about,
    ingested,
    rows_as_data,
    said,
    waiting,
    words,
)
from tests.conftest import SEED

pytestmark = pytest.mark.django_db


def forget_everything():
    Revision.objects.all().delete()
    Conference.objects.all().delete()


def refs():
    return list(Exchange.objects.order_by("position").values_list("ref", flat=True))


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize("text", [BRIEFING, SEED.read_text(encoding="utf-8")], ids=["a", "seed"])
def test_the_command_and_the_page_make_the_same_rows(text, publish):
    make_outlet()
    ingested(text, publish=publish)
    by_command = rows_as_data()
    forget_everything()
    apply(waiting(text), user=None, publish=publish)
    by_page = rows_as_data()
    for one in (*by_command, *by_page):
        one["transcripts"][0]["convention"] = "found out"
    assert by_page == by_command


def test_the_command_applies_what_waits_with_its_corrections(tmp_path):
    transcript = waiting()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    path = tmp_path / "briefing.txt"
    path.write_text(BRIEFING, encoding="utf-8")
    call_command("ingest", path, verbosity=0)
    assert said()[0].startswith("南海稳定。")
    assert Transcript.objects.get().applied_at is not None


def test_bytes_that_were_applied_change_nothing():
    ingested(publish=True)
    before = rows_as_data()
    assert load(BRIEFING.encode(), "other.txt", publish=True).outcome == "unchanged"
    assert rows_as_data() == before


def test_what_waits_becomes_a_draft_and_then_is_published():
    transcript = waiting()
    saved = apply(transcript, user=None, publish=False)
    assert (saved.outcome, saved.conference.status) == ("created", "draft")
    saved = apply(transcript, user=None, publish=True)
    assert (saved.outcome, saved.conference.status) == ("updated", "published")
    assert saved.conference.revisions.count() == 1


def test_to_apply_again_changes_nothing():
    apply(waiting(), user=None, publish=True)
    before = rows_as_data()
    apply(Transcript.objects.get(), user=None, publish=False, reason="再来")
    assert rows_as_data() == before


def test_what_is_public_is_corrected_for_a_reason():
    transcript = ingested(publish=True)
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    with pytest.raises(ReasonWanted):
        apply(transcript, user=None, publish=False, reason=" ")
    saved = apply(transcript, user=None, publish=False, reason="漏字")
    assert said()[0].startswith("南海稳定。")
    events = saved.conference.revisions.order_by("number").values_list("event", "reason")
    assert list(events) == [("published", ""), ("corrected", "漏字")]
    assert understand_transcript(transcript).unapplied == 0


def test_a_conference_that_was_public_before_versions_were_kept_has_both():
    transcript = ingested(publish=True)
    transcript.conference.revisions.all().delete()
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    apply(transcript, user=None, publish=False, reason="漏字")
    first, second = transcript.conference.revisions.order_by("number")
    assert "总体稳定" in first.content.decode()
    assert "南海稳定" in second.content.decode()


def test_a_withdrawn_conference_stays_so():
    transcript = ingested(publish=True)
    Conference.objects.update(status="withdrawn", withdrawn_because="错误")
    assert apply(transcript, user=None, publish=True).conference.status == "withdrawn"


def test_a_file_without_a_date_is_applied_once_an_editor_says_it():
    transcript = waiting(BRIEFING.replace("2020年5月24日", ""))
    with pytest.raises(TranscriptError):
        apply(transcript, user=None, publish=False)
    assert not Conference.objects.exists()
    record(transcript, [about("date", "2020-05-24")], seen=0, user=None)
    assert apply(transcript, user=None, publish=False).conference.slug == "2020-05-24"


def test_another_date_is_another_address_and_the_old_one_leads_there():
    transcript = ingested()
    record(transcript, [about("date", "2020-05-25")], seen=0, user=None)
    conference = Conference.objects.get()
    assert (str(conference.date), conference.slug) == ("2020-05-25", "2020-05-25")
    assert MovedAddress.objects.new_slug("conference", "2020-05-24") == "2020-05-25"


def test_an_address_that_an_editor_wrote_stays():
    transcript = ingested()
    Conference.objects.update(slug="two-sessions")
    record(transcript, [about("date", "2020-05-25")], seen=0, user=None)
    assert Conference.objects.get().slug == "two-sessions"


def test_the_outlet_an_editor_chose_goes_before_the_label():
    make_outlet()
    make_outlet("法新社", "afp")
    transcript = ingested()
    chosen = {"outlet": "afp", "asked_by": "路透社", "reporter": ""}
    record(transcript, [Wanted("asker", *ASKED, chosen)], seen=0, user=None)
    assert Exchange.objects.get(ref=1).outlet.slug == "afp"


def test_a_chosen_outlet_is_followed_to_where_it_went():
    make_outlet("法新社", "afp")
    transcript = ingested()
    chosen = {"outlet": "afp", "asked_by": "路透社", "reporter": ""}
    record(transcript, [Wanted("asker", *ASKED, chosen)], seen=0, user=None)
    outlet = Outlet.objects.get()
    outlet.slug = "agence-france-presse"
    outlet.save()
    apply(transcript, user=None, publish=False)
    assert Exchange.objects.get(ref=1).outlet == outlet
    assert "unknown_outlet" not in str(transcript.problems).split("'line': 9")[0]


def test_exchanges_that_stay_keep_their_refs():
    transcript = ingested()
    split = Wanted("split", *UNITY, {"kind": "question", "label": "法新社"})
    record(transcript, [split], seen=0, user=None)
    assert refs() == [1, 3, 2]
    undo(transcript, 1, user=None)
    assert refs() == [1, 2]
    record(transcript, [split], seen=2, user=None)
    assert refs() == [1, 4, 2]


def test_rows_that_say_the_same_are_let_be(django_assert_max_num_queries):
    text = BRIEFING + "".join(f"\n路透社记者：{n}号问题？\n\n毛宁：{n}号。\n" for n in range(60))
    transcript = ingested(text)
    keys = set(Exchange.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(60):
        record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    assert set(Exchange.objects.values_list("pk", flat=True)) == keys


def test_a_failure_half_way_changes_nothing():
    transcript = ingested()
    before = rows_as_data()

    def fail(sender, instance, **_kwargs):
        if isinstance(instance, Transcript):
            raise RuntimeError("power cut")

    pre_save.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    finally:
        pre_save.disconnect(fail)
    assert rows_as_data() == before
    assert not Correction.objects.exists()


# A corrected source.

MENDED = "\n\n编者按：本文有更正。\n\n".join(BRIEFING.split("\n\n", 1)).replace("中欧双方", "双方")


def test_a_superseded_file_is_corrected_no_more():
    first = ingested()
    apply(waiting(MENDED), user=None, publish=False)
    for attempt in (
        lambda: record(first, [words(STABLE, "南海稳定。")], seen=0, user=None),
        lambda: apply(first, user=None, publish=False),
    ):
        with pytest.raises(Superseded):
            attempt()


def test_a_file_that_came_first_and_is_applied_last_is_the_current_one():
    early = waiting(MENDED)
    late = ingested()
    apply(early, user=None, publish=False)
    assert list(Transcript.objects.current()) == [early]
    assert early.supersedes == late
    record(early, [words((7, STABLE[1]), "南海稳定。")], seen=0, user=None)
    assert said()[0].startswith("南海稳定。")


def test_what_was_typed_into_rows_by_hand_becomes_corrections():
    make_outlet("新华通讯社", "xinhua")
    transcript = ingested()
    Conference.objects.update(venue="蓝厅")
    Exchange.objects.filter(ref=2).update(outlet=Outlet.objects.get())
    record(transcript, [words(STABLE, "南海稳定。")], seen=0, user=None)
    assert Conference.objects.get().venue == "蓝厅"
    assert Exchange.objects.get(ref=2).outlet.slug == "xinhua"
    kinds = transcript.corrections.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["about", "asker", "words"]


def test_a_file_that_looks_like_a_conference_can_be_one_of_its_own():
    ingested()
    saved = apply(waiting(MENDED), user=None, publish=False, anew=True)
    assert (saved.outcome, saved.conference.slug) == ("created", "2020-05-24-2")


def test_it_is_recorded_who_did_it():
    user = User.objects.create_user("editor")
    saved = apply(waiting(), user=user, publish=True)
    assert saved.conference.revisions.get().made_by == user


def test_corrections_in_any_order_of_saving_give_the_same_rows():
    made = [
        words(STABLE, "稳定。"),
        words(CONTACT, "好。"),
        Wanted("kind", *SUMMIT, {"kind": "note"}),
    ]
    transcript = ingested()
    for seen, one in zip(count(), made, strict=False):
        record(transcript, [one], seen=seen, user=None)
    one_by_one = rows_as_data()[0]["exchanges"]
    forget_everything()
    record(ingested(), made[::-1], seen=0, user=None)
    at_once = rows_as_data()[0]["exchanges"]
    for exchange in (*one_by_one, *at_once):
        exchange["ref"] = 0
    assert one_by_one == at_once
