"""Changes of names: one event, with a right, a reason, and a version of each public conference."""

import json

import pytest

from archive.editing import name_curation, revisions
from archive.editing.names.changes import carry_out
from archive.editing.names.kinds import NameRefused
from archive.editing.names.sentences import sentences_of
from archive.editing.names.wanted import renaming
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.models import (
    Correction,
    Exchange,
    NameChange,
    Outlet,
    Speaker,
    Transcript,
)
from tests.archive.casts import (
    make_conference,
    make_exchange,
    make_outlet,
    make_talk,
)
from tests.archive.editing.names.archives import (
    WHY,
    account,
    assert_versions_are_what_is_shown,
    exports,
    newest,
    talks,
)

pytestmark = pytest.mark.django_db


def test_a_new_name_is_one_event_and_a_version_of_each_published_conference():
    public, other, draft = *talks(2), make_talk(1, slug="draft", published=False)
    user = account("publisher")
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=user, reason=WHY)
    assert (change.made_by, change.reason, change.state) == (user, WHY, "done")
    assert (change.before["name"], change.after["name"]) == ("路透社", "Reuters")
    for one in (public, other):
        version = newest(one)
        assert (version.number, version.event, version.reason) == (2, "corrected", WHY)
        assert (version.name_change, version.made_by) == (change, user)
        assert json.loads(version.content)["exchanges"][0]["outlet"] == "Reuters"
    assert not draft.revisions.exists()
    assert_versions_are_what_is_shown()


@pytest.mark.parametrize(
    "fields", [{"name": "Reuters"}, {"slug": "rtr"}, {"name_en": "Reuters"}, {"names": []}]
)
def test_an_editor_changes_no_name_that_is_public(fields):
    talks(1)
    editor, before = account("editor"), exports()
    change = renaming(Outlet.objects.get(), **fields)
    with pytest.raises(RightWanted, match="1"):
        carry_out(change, user=editor, reason=WHY)
    assert exports() == before
    assert not NameChange.objects.exists()


@pytest.mark.parametrize("fields", [{"name": "王一"}, {"slug": "wang-1"}, {"name_en": "Wang"}])
def test_a_publisher_says_why(fields):
    talks(1)
    with pytest.raises(ReasonWanted):
        carry_out(renaming(Speaker.objects.get(), **fields), user=account("publisher"), reason=" ")
    assert Speaker.objects.get().name == "王毅"


def test_what_only_drafts_show_is_as_easy_as_ever():
    talks(1, published=False)
    outlet = Outlet.objects.get()
    change = renaming(outlet, name="Reuters", names=["Reuters"])
    carry_out(change, user=account("editor"), reason="")
    assert Outlet.objects.get().name == "Reuters"
    assert Exchange.objects.filter(outlet=None).count() == 2  # nobody is called 路透社 any more


def test_a_name_moved_to_another_outlet_takes_the_questions_that_print_it():
    talk = make_talk(2)
    outlet = Outlet.objects.get()
    outlet.add_alias("法新社")
    make_exchange(talk, "法新社的问题？", outlet=outlet, asked_by="法国法新社")
    afp = make_outlet("法国新闻社", "afp")
    revisions.record_revision(talk, "published", user=None)
    with pytest.raises(NameRefused, match="路透社"):
        carry_out(renaming(afp, names=["法国新闻社", "法新社"]), user=None, reason=WHY)
    change = renaming(afp, names=["法国新闻社", "法新社"], take=True)
    carry_out(change, user=None, reason=WHY)
    assert [one.outlet.slug for one in talk.exchanges.order_by("ref")] == ["reuters"] * 2 + ["afp"]
    assert Outlet.objects.named("法新社") == afp
    assert_versions_are_what_is_shown()


def test_names_deleted_here_and_added_there_take_their_questions_with_them():
    """As an editor repairs a wrong merger by hand."""
    talk = make_talk(1)
    outlet = Outlet.objects.get()
    outlet.add_alias("法新社")
    make_exchange(talk, "法新社的问题？", outlet=outlet, asked_by="法新社")
    carry_out(renaming(outlet, names=["路透社"]), user=None, reason=WHY)
    assert [one.label for one in name_curation.unknown_labels()] == ["法新社"]
    afp = name_curation.new_outlet("法新社", "agency", user=None, reason=WHY)
    assert afp.exchanges.get().ref == 2
    assert_versions_are_what_is_shown()


def test_an_outlet_that_an_editor_chose_for_a_question_stays_when_a_name_goes():
    talk = make_talk(1)
    outlet = Outlet.objects.get()
    revisions.record_revision(talk, "published", user=None)
    value = {"outlet": "reuters", "asked_by": "路透社", "reporter": ""}
    Correction.objects.create(
        transcript=Transcript.objects.get(), number=1, kind="asker", value=value
    )
    carry_out(renaming(outlet, names=[]), user=None, reason=WHY)
    assert outlet.exchanges.count() == 1


def test_an_unknown_label_that_is_settled_makes_a_version():
    talk = make_conference()
    make_exchange(talk, asked_by="某某新网")
    revisions.record_revision(talk, "published", user=None)
    xinhua = make_outlet("新华社", "xinhua")
    with pytest.raises(RightWanted):
        name_curation.add_name(xinhua, "某某新网", user=account("editor"))
    name_curation.add_name(xinhua, "某某新网", user=account("publisher"), reason=WHY)
    assert newest(talk).number == 2
    assert_versions_are_what_is_shown()


def test_a_new_address_of_a_conference_is_a_version_and_the_old_one_leads_on(client):
    (talk,) = talks(1)
    with pytest.raises(RightWanted):
        carry_out(renaming(talk, slug="wang-1"), user=account("editor"), reason=WHY)
    carry_out(renaming(talk, slug="wang-1"), user=account("publisher"), reason=WHY)
    assert client.get("/conferences/talk-0/")["Location"] == "/conferences/wang-1/"
    talk.refresh_from_db()
    assert json.loads(newest(talk).content)["slug"] == "wang-1"


def test_an_address_that_once_was_another_s_is_never_given_again():
    merge = name_curation.merge
    merge(make_outlet("路透", "luto"), make_outlet(), user=None)
    with pytest.raises(NameRefused, match="luto"):
        carry_out(renaming(make_outlet("法新社", "afp"), slug="luto"), user=None, reason=WHY)


def test_what_readers_saw_before_there_were_versions_is_kept_first():
    talk = make_talk(1)
    carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    first, second = talk.revisions.order_by("number")
    assert json.loads(first.content)["exchanges"][0]["outlet"] == "路透社"
    assert second.name_change is not None


def test_a_change_is_told_in_words():
    make_talk(1)
    outlet = Outlet.objects.get()
    change = renaming(outlet, name="Reuters", slug="rtr", names=["路透社", "路透"])
    told = " ".join(sentences_of(change))
    assert all(word in told for word in ("Reuters", "rtr", "路透"))
