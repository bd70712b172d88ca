"""Changes of names: one event, with a right, a reason, and a version of each public conference."""

import json

import pytest
from django.contrib.auth.models import Group, User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.editing import name_curation, publication, revisions
from archive.editing.names import changes
from archive.editing.names.changes import carry_out, finish, give_up, open_changes
from archive.editing.names.kinds import NameRefused
from archive.editing.names.sentences import sentences_of
from archive.editing.names.wanted import merging, renaming
from archive.editing.publishing_right import ReasonWanted, RightWanted
from archive.exports.conference_json import conference_as_json
from archive.models import (
    Appearance,
    Conference,
    Correction,
    Exchange,
    MovedAddress,
    NameChange,
    Outlet,
    OutletAlias,
    PreparedRevision,
    Revision,
    Speaker,
    Transcript,
)
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db
WHY = "同一家通讯社"


def talks(count, **fields):
    """So many conferences of Reuters and Wang Yi, each with its first version."""
    made = [make_talk(2, slug=f"talk-{number}", **fields) for number in range(count)]
    for one in made:
        if one.is_published:
            revisions.record_revision(one, "published", user=None)
    return made


def account(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def exports():
    return {one.slug: conference_as_json(one) for one in Conference.objects.order_by("pk")}


def newest(conference):
    return conference.revisions.order_by("-number").first()


def assert_versions_are_what_is_shown():
    for one in Conference.objects.published():
        assert newest(one).content == conference_as_json(one), one


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


# --- mergers, and taking them back ------------------------------------------------------------


def archive_of_two():
    """Two outlets and two speakers, each with conferences of its own and one of both."""
    outlets = make_outlet(), make_outlet("法新社", "afp", name_en="AFP")
    outlets[1].add_alias("法国新闻社")
    speakers = make_speaker(), make_speaker("毛宁", "mao-ning", name_en="Mao Ning")
    speakers[1].aliases.create(name="毛发言人")
    for slug, who in (("a", [0]), ("b", [1]), ("ab", [0, 1])):
        talk = make_conference(slug=slug)
        for at in who:
            Appearance.objects.create(
                conference=talk, speaker=speakers[at], role="外长" if at else ""
            )
            exchange = make_exchange(
                talk, f"{slug}{at}？", outlet=outlets[at], asked_by=outlets[at].name
            )
            make_answer(exchange, f"{slug}{at}。", speaker=speakers[at])
        revisions.record_revision(talk, "published", user=None)
    return outlets, speakers


def rows_of_names():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Outlet, Speaker, OutletAlias, MovedAddress, Appearance)
    ]


@pytest.mark.parametrize("of", [0, 1], ids=["outlets", "speakers"])
def test_a_merger_that_is_taken_back_leaves_everything_as_it_was(client, of):
    into, one = archive_of_two()[of]
    MovedAddress.objects.record(one.address_kind, "older", one.slug)
    before, names = exports(), rows_of_names()
    change = name_curation.merge(one, into, user=None, reason=WHY)
    assert exports() != before
    where = "outlets" if of == 0 else "speakers"
    moved = client.get(f"/{where}/{one.slug or 'x'}/")
    assert moved.status_code == 301
    assert client.get(f"/{where}/older/")["Location"] == f"/{where}/{into.slug}/"
    assert_versions_are_what_is_shown()
    back = name_curation.take_back(change, user=None, reason="两家")
    assert exports() == before
    after = rows_of_names()
    if of == 0:  # its own name became an alias
        assert after[0] == names[0]
    assert [after[0], after[1], after[3], after[4]] == [names[0], names[1], names[3], names[4]]
    assert client.get(f"/{where}/older/")["Location"].startswith(f"/{where}/")
    assert_versions_are_what_is_shown()
    change.refresh_from_db()
    assert (change.state, back.state, back.note) == ("undone", "done", "")
    assert newest(Conference.objects.get(slug="b")).reason == "两家"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_merger_taken_back_leaves_every_public_export_as_it_was(data, django_db_blocker):
    from django.db import transaction

    with transaction.atomic():
        outlets = [make_outlet(f"第{n}社", f"o-{n}") for n in range(3)]
        speakers = [make_speaker(f"第{n}人", f"s-{n}") for n in range(3)]
        for number in range(data.draw(st.integers(1, 4))):
            talk = make_conference(slug=f"t-{number}")
            there = data.draw(st.lists(st.sampled_from(speakers), unique=True, min_size=1))
            for speaker in there:
                role = data.draw(st.sampled_from(["", "外长", "发言人"]))
                Appearance.objects.create(conference=talk, speaker=speaker, role=role)
            for _exchange in range(data.draw(st.integers(0, 3))):
                outlet = data.draw(st.sampled_from([None, *outlets]))
                asked_by = data.draw(st.sampled_from(["", *(o.name for o in outlets), "某报"]))
                exchange = make_exchange(talk, outlet=outlet, asked_by=asked_by)
                make_answer(exchange, speaker=data.draw(st.sampled_from(there)))
            revisions.record_revision(talk, "published", user=None)
        before = exports()
        done = []
        for _merger in range(data.draw(st.integers(1, 2))):
            rows = data.draw(st.sampled_from([outlets, speakers]))
            left = list(type(rows[0]).objects.order_by("pk"))
            one, into = data.draw(st.permutations(left))[:2]
            done.append(name_curation.merge(one, into, user=None, reason=WHY))
            assert_versions_are_what_is_shown()
        for change in reversed(done):
            name_curation.take_back(NameChange.objects.get(pk=change.pk), user=None, reason=WHY)
        assert exports() == before
        assert_versions_are_what_is_shown()
        transaction.set_rollback(True)


def test_what_changed_since_a_merger_stays_and_is_told():
    (into, one), _speakers = archive_of_two()
    change = name_curation.merge(one, into, user=None, reason=WHY)
    other = make_outlet("共同社", "kyodo")
    Exchange.objects.filter(conference__slug="b").update(outlet=other)
    back = name_curation.take_back(change, user=None, reason=WHY)
    assert Exchange.objects.get(conference__slug="b").outlet == other
    assert "1" in back.note
    assert Exchange.objects.filter(outlet__slug="afp").count() == 1


def test_what_came_since_and_prints_its_name_goes_back_too():
    (into, one), _speakers = archive_of_two()
    change = name_curation.merge(one, into, user=None, reason=WHY)
    late = make_exchange(make_conference(slug="late"), outlet=into, asked_by="法国新闻社")
    name_curation.take_back(change, user=None, reason=WHY)
    late.refresh_from_db()
    assert late.outlet == one


def test_a_merger_is_taken_back_once_and_after_those_that_were_made_of_it():
    (into, one), _speakers = archive_of_two()
    change = name_curation.merge(one, into, user=None, reason=WHY)
    later = name_curation.merge(into, make_outlet("共同社", "kyodo"), user=None, reason=WHY)
    with pytest.raises(NameRefused):
        name_curation.take_back(change, user=None, reason=WHY)
    for each in (later, change):
        name_curation.take_back(each, user=None, reason=WHY)
    change.refresh_from_db()
    with pytest.raises(NameRefused):
        name_curation.take_back(change, user=None, reason=WHY)


def test_a_surname_alone_is_no_name_of_whom_it_was_merged_into():
    from archive.editing.name_resolution import speaker_named

    wang, label = make_speaker("王文涛", "wang-wentao"), make_speaker("王", "wang")
    here, later = make_conference(speaker=label), make_conference(slug="later")
    make_answer(make_exchange(here), speaker=label, label="王部长")
    name_curation.merge(label, wang, user=None, reason=WHY)
    assert speaker_named("王", here) == wang
    assert speaker_named("王", later) != wang
    assert speaker_named("王", here) == wang  # though somebody is called so by now


def test_a_surname_that_is_taken_back_is_itself_again():
    from archive.editing.name_resolution import speaker_named

    wang, label = make_speaker("王文涛", "wang-wentao"), make_speaker("王", "wang")
    here = make_conference(speaker=label)
    change = name_curation.merge(label, wang, user=None, reason=WHY)
    name_curation.take_back(change, user=None, reason=WHY)
    assert speaker_named("王", here) == label
    assert not wang.aliases.exists()


# --- more than can be written in a request -------------------------------------------------------


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(changes, "IN_REQUEST", 2)
    monkeypatch.setattr(changes, "_AT_ONCE", 2)


def test_many_are_written_bit_by_bit_and_show_when_all_are(client, few_at_once):
    talks(5)
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    assert (change.state, change.conferences) == ("pending", 5)
    before, seen = exports(), []
    for written in finish(change):
        seen.append(written)
        assert exports() == before
        assert Revision.objects.count() == 5
        assert "Reuters" not in client.get("/conferences/talk-0/").content.decode()
    assert seen == [2, 4, 5]
    assert (change.state, change.revisions.count()) == ("done", 5)
    assert not PreparedRevision.objects.exists()
    assert_versions_are_what_is_shown()


def test_what_is_interrupted_goes_on_and_what_changed_meanwhile_is_written_anew(few_at_once):
    first, *_others = talks(5)
    carry_out(merging(Outlet.objects.get(), make_outlet("法新社", "afp")), user=None, reason=WHY)
    (change,) = open_changes()
    next(finish(change))
    answer = first.exchanges.first().answers.get()
    answer.text = "更正。"
    answer.save()
    revisions.record_revision(first, "corrected", user=None, reason="错字")
    publication.publish(make_talk(1, slug="new", published=False), user=None)
    (change,) = open_changes()
    for _written in finish(change):
        pass
    assert change.revisions.count() == 6
    assert_versions_are_what_is_shown()


def test_while_a_change_is_open_no_other_begins_and_it_can_be_given_up(few_at_once):
    talks(3)
    change = carry_out(renaming(Outlet.objects.get(), name="Reuters"), user=None, reason=WHY)
    next(finish(change))
    with pytest.raises(NameRefused, match=r"2\D+3"):
        carry_out(renaming(Outlet.objects.get(), name="路透"), user=None, reason=WHY)
    give_up(change)
    assert not open_changes()
    assert not PreparedRevision.objects.exists()
    carry_out(renaming(Outlet.objects.get(), name="路透"), user=None, reason=WHY)


def test_what_cannot_be_any_more_is_given_up_with_a_note(few_at_once):
    talks(3)
    change = carry_out(renaming(Outlet.objects.get(), slug="rtr"), user=None, reason=WHY)
    make_outlet("别家", "rtr")
    for _written in finish(change):
        pass
    assert change.state == "undone"
    assert "rtr" in change.note
    assert Outlet.objects.filter(slug="reuters").exists()


def test_a_change_is_told_in_words():
    make_talk(1)
    outlet = Outlet.objects.get()
    change = renaming(outlet, name="Reuters", slug="rtr", names=["路透社", "路透"])
    told = " ".join(sentences_of(change))
    assert all(word in told for word in ("Reuters", "rtr", "路透"))
