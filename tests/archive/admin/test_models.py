"""The admin over the models: pages open, actions send signals, transcripts stay as they are."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from archive.models import Conference, MovedAddress, Outlet, Transcript
from archive.models.transcripts import sha256_of
from tests.archive.casts import make_conference, make_outlet, make_talk

pytestmark = pytest.mark.django_db
CONTENT = "记者：<b>问</b>？\r\n\x00".encode("gb18030")
MODELS = ["conference", "exchange", "movedaddress", "outlet", "speaker", "transcript"]


def make_transcript(conference: Conference) -> Transcript:
    return Transcript.objects.create(
        applied_at=timezone.now(),
        conference=conference, filename='王毅 "5.24".txt', media_type="text/plain", content=CONTENT,
        sha256=sha256_of(CONTENT), size=len(CONTENT), encoding="gb18030", convention="label",
    )  # fmt: skip


@pytest.fixture
def everything(db):
    """One row of each model."""
    make_transcript(make_talk())
    MovedAddress.objects.record("outlet", "old", "reuters")


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_its_search_opens(admin_client, everything, model):
    url = f"/admin/archive/{model}/"
    assert admin_client.get(url).status_code == 200
    assert admin_client.get(url, {"q": "王毅"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_every_row_opens(admin_client, everything, model):
    row = apps.get_model("archive", model)._default_manager.first()
    assert admin_client.get(f"/admin/archive/{model}/{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_what_is_made_from_files_cannot_be_added(admin_client, model):
    made = model in {"conference", "exchange", "movedaddress", "transcript"}
    url = f"/admin/archive/{model}/add/"
    assert admin_client.get(url).status_code == (403 if made else 200)


def test_a_conference_list_does_not_ask_for_each_row(admin_client, django_assert_max_num_queries):
    for number in range(10):
        make_talk(count=1, slug=f"talk-{number}")
    with django_assert_max_num_queries(15):
        admin_client.get("/admin/archive/conference/")


def test_publishing_changes_each_conference_and_says_so(admin_client, heard):
    first, second = make_conference(published=False), make_conference(slug="b", published=False)
    heard.clear()
    data = {"action": "publish", "_selected_action": [first.pk, second.pk]}
    admin_client.post("/admin/archive/conference/", data)
    assert set(heard) == {first.pk, second.pk}
    assert set(Conference.objects.values_list("status", flat=True)) == {"published"}


def test_actions_need_the_permission_to_change(client):
    conference = make_conference(published=False)
    client.force_login(User.objects.create_user("reader", is_staff=True))
    data = {"action": "publish", "_selected_action": [conference.pk]}
    assert client.post("/admin/archive/conference/", data).status_code == 403
    assert not Conference.objects.get().is_published


def test_only_a_published_conference_has_a_view_on_site(admin_client):
    url = f"/admin/archive/conference/{make_conference().pk}/change/"
    assert 'href="/conferences/2020-05-24/"' in admin_client.get(url).content.decode()
    Conference.objects.get().delete()
    url = f"/admin/archive/conference/{make_conference(published=False).pk}/change/"
    assert 'href="/conferences/2020-05-24/"' not in admin_client.get(url).content.decode()


def test_an_alias_of_another_outlet_is_refused_with_its_name(admin_client):
    make_outlet()
    other = make_outlet("法新社", "afp")
    data = {"name": "法新社", "slug": "afp", "kind": "agency", "aliases-TOTAL_FORMS": 1}
    alias = {
        "aliases-INITIAL_FORMS": 0,
        "aliases-0-name": "《路透社》",
        "aliases-0-outlet": other.pk,
    }
    page = admin_client.post(f"/admin/archive/outlet/{other.pk}/change/", data | alias)
    assert "路透社" in str(page.context["errors"])
    assert other.aliases.count() == 1


def test_the_same_alias_twice_is_refused(admin_client):
    data = {"name": "法新社", "slug": "afp", "kind": "agency", "aliases-TOTAL_FORMS": 2}
    aliases = {"aliases-INITIAL_FORMS": 0, "aliases-0-name": "AFP", "aliases-1-name": "afp"}
    page = admin_client.post("/admin/archive/outlet/add/", data | aliases)
    assert page.status_code == 200
    assert not Outlet.objects.exists()


def test_a_transcript_is_downloaded_as_it_came(admin_client):
    transcript = make_transcript(make_conference())
    response = admin_client.get(f"/admin/archive/transcript/{transcript.pk}/download/")
    assert response.content == CONTENT
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_download_needs_the_permission_to_view(client):
    transcript = make_transcript(make_conference())
    client.force_login(User.objects.create_user("reader", is_staff=True))
    url = f"/admin/archive/transcript/{transcript.pk}/download/"
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("page", ["add", "change"])
def test_a_transcript_can_be_neither_added_nor_edited_by_form(admin_client, page):
    transcript = make_transcript(make_conference())
    url = f"/admin/archive/transcript/{transcript.pk}/change/"
    url = url if page == "change" else "/admin/archive/transcript/add/"
    assert admin_client.post(url, {"filename": "x", "content": "x"}).status_code == 403
    assert bytes(Transcript.objects.get().content) == CONTENT
