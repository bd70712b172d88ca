"""Conferences in the admin: what the list counts, and what stands beside one."""

import re

import pytest
from django.contrib.auth.models import Permission, User

from archive.editing import revisions
from archive.models import Appearance, Conference
from tests.archive.admin.test_models import make_transcript
from tests.archive.casts import make_conference, make_speaker, make_talk

pytestmark = pytest.mark.django_db
NEW = {"slug": "new", "reason": "换网址"}
LIST = "/admin/archive/conference/"


def choices(client, **query) -> dict[str, str]:
    """The choices of every filter that are counted, and their counts."""
    page = client.get(LIST, query, headers={"accept-language": "en"}).content.decode()
    return dict(re.findall(r">([^<>]*) \((\d+)\)</a>", page))


def change(conference: Conference) -> str:
    return f"{LIST}{conference.pk}/change/"


@pytest.fixture
def three(db):
    """Two of the ministry, one of them a draft, and one of nobody in English."""
    make_conference(slug="a", institution="外交部", language="zh-Hans")
    make_conference(slug="b", institution="外交部", language="zh-Hans", published=False)
    make_conference(slug="c", language="en", publish_at="2050-01-01T00:00Z", status="draft")


def test_each_choice_of_a_filter_is_counted(admin_client, three):
    assert choices(admin_client) == {
        "draft": "2", "published": "1", "withdrawn": "0",
        "at a set time": "1", "en": "1", "zh-Hans": "2", "外交部": "2", "": "1",
    }  # fmt: skip


def test_a_filter_in_use_narrows_the_counts_of_the_others_only(admin_client, three):
    counted = choices(admin_client, status__exact="published")
    assert (counted["draft"], counted["published"]) == ("2", "1")
    assert (counted["en"], counted["zh-Hans"], counted["at a set time"]) == ("0", "1", "0")


def test_a_conference_found_by_two_speakers_counts_once(admin_client, three):
    for slug in ("wang-yi", "wang-wen-bin"):
        speaker = make_speaker("王某", slug)
        Appearance.objects.create(conference=Conference.objects.get(slug="a"), speaker=speaker)
    assert choices(admin_client, q="王某")["外交部"] == "1"


def test_a_row_can_be_chosen_and_leads_back_to_the_list(admin_client, three):
    page = admin_client.get(LIST, {"language": "en"}, headers={"accept-language": "en"})
    text, pk = page.content.decode(), Conference.objects.get(slug="c").pk
    assert f'name="_selected_action" value="{pk}" class="action-select"' in text
    assert 'aria-label="Select this object for an action - ' in text
    assert f"{LIST}{pk}/change/?_changelist_filters=language%3Den" in text


def test_who_was_there_and_what_was_public_stand_beside(admin_client):
    conference = make_talk()
    make_transcript(conference)
    revisions.record_revision(conference, "published", user=User.objects.get(username="admin"))
    page = admin_client.get(change(conference), headers={"accept-language": "en"})
    who, public = page.context["tables"]
    speaker = conference.appearances.get().speaker_id
    assert who.rows[0].cells == [
        f'<a href="/admin/archive/speaker/{speaker}/change/">王毅</a>', "外交部长"
    ]  # fmt: skip
    assert [public.rows[0].cells[number] for number in (0, 1, 4)] == ["1", "published", "-"]
    assert all(cell in page.content.decode() for cell in (*who.rows[0].cells, "Made at"))


def test_what_stands_beside_needs_its_own_permission(client):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_conference", "view_revision"])
    )
    client.force_login(user)
    (only,) = client.get(change(make_talk())).context["tables"]
    assert only.prefix == "revisions"


def test_words_beside_a_conference_are_escaped(admin_client):
    conference = make_conference(speaker=make_speaker("<b>王毅</b>"), role="<i>部长</i>")
    page = admin_client.get(change(conference)).content.decode()
    assert "&lt;b&gt;王毅" in page
    assert "<b>王" not in page
    assert "<i>" not in page


def test_many_speakers_take_no_more_queries(admin_client, django_assert_num_queries):
    conference = make_talk()
    for number in range(9):
        speaker = make_speaker(f"某{number}", f"s-{number}")
        Appearance.objects.create(conference=conference, speaker=speaker)
    with django_assert_num_queries(7):
        admin_client.get(change(conference))


def test_the_address_of_a_conference_is_changed_by_its_form(admin_client):
    conference = make_talk()
    assert admin_client.post(change(conference), NEW).status_code == 302
    assert Conference.objects.get().slug == "new"
    assert Conference.objects.get().appearances.count() == 1


def test_the_list_of_an_app_has_no_desk(admin_client):
    page = admin_client.get("/admin/archive/").content.decode()
    assert 'class="desk"' not in page
    assert f'href="{LIST}"' in page


def test_the_sidebar_marks_where_one_is(admin_client):
    page = admin_client.get(LIST, headers={"accept-language": "en"}).content.decode()
    assert page.count('aria-current="page"') == 1
    assert f'<a href="{LIST}" aria-current="page">Conferences</a>' in page
    assert ">Add</a>" in page
