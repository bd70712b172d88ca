"""Near names, unknown labels, and two rows that are one."""

import datetime as dt

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from archive.editing import name_curation
from archive.editing.name_resolution import speaker_named
from archive.editing.names.kinds import NameRefused
from archive.models import Appearance, Conference, Exchange, NameChange, Outlet, Speaker
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db
WHY = "同一家"


def ask(label: str, slug: str = "2020-05-24", *, published: bool = True, **fields) -> Exchange:
    """An exchange printed with `label` in the conference of that slug, made when it is new."""
    conference = Conference.objects.filter(slug=slug).first()
    conference = conference or make_conference(slug=slug, published=published)
    return make_exchange(conference, asked_by=label, **fields)


@pytest.mark.parametrize(
    ("label", "slug"),
    [("路透", "reuters"), ("英国路透社", "reuters"), ("Reutrs", "reuters"),
     ("新華網記者", "xinhua"), ("《新华网》", "xinhua"), ("BBC News", "bbc")],
)  # fmt: skip
def test_the_nearest_name_comes_first(label, slug):
    make_outlet().add_alias("Reuters")
    make_outlet("新华网", "xinhua")
    make_outlet("英国广播公司", "bbc").add_alias("BBC")
    assert name_curation.nearest_outlets(label)[0].slug == slug


@pytest.mark.parametrize("label", ["记者", "", "《》", "x" * 200])
def test_a_label_like_nobody_has_no_near_name(label):
    make_outlet()
    assert name_curation.nearest_outlets(label) == []


def test_an_outlet_is_near_once_however_many_names_are():
    outlet = make_outlet()
    for name in ("路透", "英国路透社", "路透通讯社"):
        outlet.add_alias(name)
    assert name_curation.nearest_outlets("路透社记者") == [outlet]


def test_near_names_cost_two_queries_and_are_at_most_as_many_as_asked(
    django_assert_num_queries,
):
    for number in range(9):
        make_outlet(f"第{number}电视台", f"tv-{number}")
    with django_assert_num_queries(2):
        assert len(name_curation.nearest_outlets("第电视台", limit=3)) == 3


@given(label=st.text(max_size=30))
def test_any_label_may_be_asked_for(label):
    known = name_curation.KnownNames.__new__(name_curation.KnownNames)
    known._names = [(1, "^路透社$", "路透社"), (2, "^bbc$", "BBC")]
    assert set(known.nearest(label)) <= {1, 2}


def test_unknown_labels_are_one_where_their_printings_are():
    ask("《环球时报》")
    last = ask("环球时报", published=False, slug="b")
    ask("环球时报")
    ask("路透社", outlet=make_outlet())
    ask("")
    (found,) = name_curation.unknown_labels()
    assert (found.label, found.count, found.folded) == ("环球时报", 3, "环球时报")
    assert found.example == max(last.pk, found.example)


def test_an_ignored_label_leaves_the_list_and_comes_back():
    ask("《记者》")
    name_curation.ignore_label("记者")
    assert name_curation.unknown_labels() == []
    assert [one.label for one in name_curation.unknown_labels(ignored=True)] == ["《记者》"]
    name_curation.heed_label("《记者》")
    assert len(name_curation.unknown_labels()) == 1


def test_a_name_claims_its_exchanges_of_published_and_draft_conferences(heard):
    public, draft = ask("路透"), ask("《路透》", slug="draft", published=False)
    other = ask("法新社", slug="other")
    outlet = make_outlet()
    heard.clear()
    change = name_curation.add_name(outlet, "路透", user=None, reason=WHY)
    assert change.rows_moved == 2
    assert set(heard) == {public.conference_id, draft.conference_id}
    assert set(outlet.exchanges.all()) == {public, draft}
    other.refresh_from_db()
    assert other.outlet is None


def test_a_name_claims_what_is_printed_with_its_country():
    exchange = ask("日本共同社")
    name_curation.add_name(make_outlet("共同通讯社", "kyodo"), "共同社", user=None, reason=WHY)
    exchange.refresh_from_db()
    assert exchange.outlet.slug == "kyodo"


def test_an_exchange_that_has_an_outlet_is_not_claimed():
    chosen = make_outlet("法新社", "afp")
    exchange = ask("路透", outlet=chosen)
    name_curation.add_name(make_outlet(), "路透", user=None)
    exchange.refresh_from_db()
    assert exchange.outlet == chosen


def test_the_name_of_another_outlet_is_refused_and_nothing_changes():
    make_outlet()
    with pytest.raises(NameRefused):
        name_curation.new_outlet("路透社", "agency", user=None)
    assert Outlet.objects.count() == 1


def test_a_new_outlet_has_a_slug_that_never_was_another_s():
    name_curation.merge(
        name_curation.new_outlet("环球网", "online", user=None),
        make_outlet(),
        user=None,
        reason=WHY,
    )
    exchange = ask("环球王")
    outlet = name_curation.new_outlet("环球王", "newspaper", user=None, reason=WHY)
    exchange.refresh_from_db()
    assert (outlet.slug, exchange.outlet) == ("huan-qiuwang-2", outlet)


def test_uses_of_an_alias_are_exchanges_printed_so():
    outlet = make_outlet()
    outlet.add_alias("Reuters")
    for label in ("路透社", "英国路透社", "Reuters", "reuters", "某报"):
        ask(label, outlet=outlet)
    assert dict(name_curation.uses_of_aliases(outlet)) == {"路透社": 2, "reuters": 2, "某报": 1}


def test_merging_outlets_moves_names_and_exchanges_and_tells_of_each_conference(heard):
    old, new = make_outlet("路透", "luto", name_en="Reuters"), make_outlet()
    first = ask("路透", outlet=old)
    second = ask("路透", slug="b", published=False, outlet=old)
    heard.clear()
    assert name_curation.merge(old, new, user=None, reason=WHY).rows_moved == 2
    assert set(heard) == {first.conference_id, second.conference_id}
    assert set(new.exchanges.all()) == {first, second}
    assert Outlet.objects.named("路透") == new
    assert Outlet.objects.get().name_en == "Reuters"


def test_a_merged_outlet_s_address_leads_to_the_other(client):
    name_curation.merge(make_outlet("路透", "luto"), make_outlet(), user=None, reason=WHY)
    response = client.get("/outlets/luto/")
    assert (response.status_code, response["Location"]) == (301, "/outlets/reuters/")


def test_an_outlet_is_not_merged_into_itself():
    outlet = make_outlet()
    with pytest.raises(ValueError, match="itself"):
        name_curation.merge(outlet, outlet, user=None, reason=WHY)


def test_what_somebody_else_merged_first_is_not_merged_again():
    old, new = make_outlet("路透", "luto"), make_outlet()
    stale = Outlet.objects.get(pk=old.pk)
    name_curation.merge(old, new, user=None, reason=WHY)
    with pytest.raises(NameRefused):
        name_curation.merge(stale, new, user=None, reason=WHY)


def test_a_merger_is_recorded_with_who_made_it():
    user = User.objects.create_user("wang")
    new = make_outlet()
    name_curation.merge(make_outlet("路透", "luto"), new, user=user, reason=WHY)
    change = NameChange.objects.get()
    assert (change.made_by, change.reason) == (user, WHY)
    assert (change.before["name"], change.after["name"]) == ("路透", "路透社")
    assert LogEntry.objects.get_for_object(change).exists()


def test_merging_touches_the_pages_that_show_the_outlet():
    conference = make_talk(1)
    Conference.objects.update(updated_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    name_curation.merge(Outlet.objects.get(), make_outlet("法新社", "afp"), user=None, reason=WHY)
    conference.refresh_from_db()
    assert conference.updated_at.year > 2020


def test_merging_speakers_moves_answers_and_appearances(heard, client):
    old, new = make_speaker("王 毅", "wang-yi-2"), make_speaker()
    alone = make_conference(speaker=old, role="外长", slug="alone")
    both = make_conference(speaker=new, role="外交部长", slug="both")
    Appearance.objects.create(conference=both, speaker=old, role="外长")
    answer = make_answer(make_exchange(alone), speaker=old)
    heard.clear()
    assert name_curation.merge(old, new, user=None, reason=WHY).rows_moved == 1
    assert {alone.pk, both.pk} <= set(heard)
    roles = new.appearances.values_list("conference__slug", "role")
    assert dict(roles) == {"alone": "外长", "both": "外交部长"}
    answer.refresh_from_db()
    assert answer.speaker == new
    assert client.get("/speakers/wang-yi-2/")["Location"] == "/speakers/wang-yi/"


def test_the_office_is_taken_over_where_the_other_has_none():
    old, new = make_speaker("王 毅", "wang-yi-2"), make_speaker()
    conference = make_conference(speaker=new)
    Appearance.objects.create(conference=conference, speaker=old, role="外长")
    name_curation.merge(old, new, user=None, reason=WHY)
    assert conference.appearances.get().role == "外长"


def test_a_file_that_prints_the_merged_name_speaks_of_the_other():
    name_curation.merge(make_speaker("王部长", "wang"), make_speaker(), user=None, reason=WHY)
    assert speaker_named("王部长") == Speaker.objects.get()


def test_a_new_speaker_does_not_take_an_address_that_leads_elsewhere():
    name_curation.merge(speaker_named("王意"), make_speaker(slug="wang"), user=None, reason=WHY)
    assert speaker_named("王异").slug == "wang-yi-2"


def test_a_merged_outlet_is_found_under_the_other(seed, ask, django_capture_on_commit_callbacks):
    first, second = Outlet.objects.filter(exchanges__isnull=False).distinct()[:2]
    before = ask(f"outlet:“{first.name}”")["parts"]
    into = ask(f"outlet:“{second.name}”")["parts"]
    with django_capture_on_commit_callbacks(execute=True):
        name_curation.merge(first, second, user=None, reason=WHY)
    assert ask(f"outlet:“{second.name}”")["parts"] == before + into
