"""Mergers, and taking them back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.editing import name_curation, revisions
from archive.editing.names.kinds import NameRefused
from archive.models import (
    Appearance,
    Conference,
    Exchange,
    MovedAddress,
    NameChange,
    Outlet,
    OutletAlias,
    Speaker,
)
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
)
from tests.archive.editing.names.archives import (
    WHY,
    archive_of_two,
    assert_versions_are_what_is_shown,
    exports,
    newest,
)

pytestmark = pytest.mark.django_db


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
