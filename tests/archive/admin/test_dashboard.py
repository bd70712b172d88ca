"""The front page of the desk: what waits for an editor."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from archive.models import Conference, ErrorReport, Transcript
from archive.models.transcripts import sha256_of
from search import zero_result_log
from tests.archive.casts import make_conference, make_exchange

pytestmark = pytest.mark.django_db


def make_transcript(name: str, conference: Conference | None = None, **fields) -> Transcript:
    content = f"路透社记者：{name} 怎么样？\n王毅：很好。\n".encode()
    return Transcript.objects.create(
        conference=conference, filename=name, media_type="text/plain", content=content,
        sha256=sha256_of(content), size=len(content), encoding="utf-8", convention="x", **fields,
    )  # fmt: skip


PROBLEM = {"line": 1, "code": "no_date", "params": {}}
UNKNOWN = {"line": 2, "code": "unknown_outlet", "params": {"label": "火星日报"}}


@pytest.fixture
def work(db):
    """One of everything that may wait."""
    tomorrow = timezone.now() + dt.timedelta(days=1)
    draft = make_conference(published=False)
    make_transcript("old.txt", draft, applied_at=timezone.now(), problems=[PROBLEM] * 9)
    make_transcript("new.txt", draft, applied_at=timezone.now(), problems=[PROBLEM])
    make_conference(slug="later", published=False, publish_at=tomorrow)
    make_transcript("waits.txt", problems=[PROBLEM, PROBLEM, UNKNOWN])
    public = make_conference(slug="public")
    make_exchange(public, asked_by="火星日报")
    ErrorReport.objects.create(conference=public, ref=1, message="错字")
    ErrorReport.objects.create(conference=public, ref=1, message="旧的", state="declined")
    zero_result_log.record_search("量子纠缠")


def counts(client) -> dict[str, int]:
    response = client.get("/admin/", headers={"accept-language": "en"})
    return {panel.title: panel.count for panel in response.context["desk"].panels}


def as_role(client, name: str):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_the_desk_counts_what_waits(client, work, role):
    assert counts(as_role(client, role)) == {
        "Uploads that wait": 1,
        "Drafts": 1,
        "Scheduled": 1,
        "Problems open": 3,  # of what a newer file superseded none
        "Unknown outlets": 1,
        "Open reports": 1,
        "Searches that found nothing": 1,
    }


def test_every_link_of_the_desk_leads_somewhere(admin_client, work):
    desk = admin_client.get("/admin/").context["desk"]
    links = {one.url for panel in desk.panels for one in (panel, *panel.lines)}
    statuses = {url: admin_client.get(url).status_code for url in links}
    assert set(statuses.values()) <= {200, 503}, statuses  # the search has no index here


def test_a_newcomer_is_told_where_to_begin(admin_client):
    page = admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "Start here." in page
    assert page.index("Upload a transcript") < page.index("Uploads that wait")


def test_who_has_uploaded_is_not_told_again(admin_client, work):
    page = admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "Start here." not in page


def test_staff_without_permission_have_an_empty_desk(client, work):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert counts(client) == {}


def test_the_desk_counts_more_than_it_shows_and_counts_anew(admin_client):
    for number in range(7):
        make_conference(slug=f"draft-{number}", published=False)
    assert counts(admin_client)["Drafts"] == 7
    Conference.objects.first().delete()
    drafts = admin_client.get("/admin/").context["desk"].panels[0]
    assert (drafts.count, len(drafts.lines)) == (6, 5)


def test_queries_do_not_grow_with_what_waits(admin_client, work, django_assert_num_queries):
    for number in range(10):
        draft = make_conference(slug=f"draft-{number}", published=False)
        make_transcript(f"{number}.txt", draft, applied_at=timezone.now(), problems=[PROBLEM])
        make_exchange(draft, asked_by=f"第{number}台")
        make_transcript(f"waits-{number}.txt")
    with django_assert_num_queries(16):
        admin_client.get("/admin/")
