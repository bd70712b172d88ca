"""Publishing, scheduling, withdrawing and reports in the admin: who may, and what comes of it."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from archive.editing import publication, revisions
from archive.editing.ingestion import load
from archive.models import Conference, ErrorReport, Exchange, Revision, Transcript
from tests.archive.casts import make_conference, make_talk

pytestmark = pytest.mark.django_db
PAGES = ["preview", "publish", "schedule", "withdraw"]
TALK = "2020年5月24日\n\n记者：第一问？\n\n王毅：答。\n\n记者：第二问？\n\n王毅：再答。"


def staff(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    names = ("conference", "exchange", "errorreport", "transcript")
    changes = (f"change_{name}" for name in ("conference", "errorreport"))
    return staff("editor", *(f"view_{name}" for name in names), *changes)


@pytest.fixture
def publisher() -> Client:
    return staff("publisher", "view_conference", "change_conference", "publish_conference")


@pytest.fixture
def draft() -> Conference:
    return make_talk(published=False)


def page(name: str, conference: Conference) -> str:
    return f"/admin/archive/conference/{conference.pk}/{name}/"


@pytest.mark.parametrize("name", PAGES)
def test_what_a_publisher_may_do_an_editor_may_only_look_at(client, editor, publisher, draft, name):
    url = page(name, draft)
    assert client.get(url).status_code == 302
    assert staff("nobody").get(url).status_code == 403
    assert editor.get(url).status_code == (200 if name == "preview" else 403)
    assert publisher.get(url).status_code == 200


@pytest.mark.parametrize("name", PAGES[1:])
def test_an_editor_who_sends_it_all_the_same_changes_nothing(editor, draft, name):
    given = {"reason": "x", "sure": "on", "when": "2099-01-01T10:00"}
    assert editor.post(page(name, draft), given).status_code == 403
    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == ("draft", None)


def test_a_preview_is_the_public_page_and_says_that_it_is_none(editor, draft):
    response = editor.get(page("preview", draft))
    text = response.content.decode()
    assert "Draft, not public" in text
    assert "第3问？" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "no-store" in response["Cache-Control"]


def test_a_draft_is_published_with_a_revision_of_the_publisher(publisher, client, draft):
    publisher.post(page("publish", draft), {"reason": ""})
    revision = Revision.objects.get()
    assert (revision.event, revision.made_by.username) == ("published", "publisher")
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_withdrawing_needs_a_reason_and_a_yes(publisher, draft):
    publication.publish(draft, user=None)
    for given in ({"reason": "日期有误"}, {"reason": " ", "sure": "on"}, {}):
        assert publisher.post(page("withdraw", draft), given).status_code == 200
        assert Conference.objects.get().is_published
    publisher.post(page("withdraw", draft), {"reason": "日期有误", "sure": "on"})
    assert Conference.objects.get().withdrawn_because == "日期有误"


def test_what_was_withdrawn_is_published_again_with_a_note(publisher, draft):
    publication.publish(draft, user=None)
    publication.withdraw(draft, user=None, reason="日期有误")
    assert "日期有误" in publisher.get(page("publish", draft)).content.decode()
    publisher.post(page("publish", draft), {"reason": "已核实"})
    assert list(Revision.objects.order_by("number").values_list("event", "reason")) == [
        ("published", ""),
        ("withdrawn", "日期有误"),
        ("published", "已核实"),
    ]


def test_a_time_is_that_of_the_site(publisher, draft):
    publisher.post(page("schedule", draft), {"when": "2099-05-24T15:00"})
    draft.refresh_from_db()
    assert draft.publish_at == dt.datetime(2099, 5, 24, 7, tzinfo=dt.UTC)  # of 15:00 in Shanghai
    form = publisher.get(page("schedule", draft)).content.decode()
    assert 'value="2099-05-24T15:00"' in form
    assert "Asia/Shanghai" in form
    listed = publisher.get("/admin/archive/conference/").content.decode()
    assert "2099-05-24 15:00" in listed


def test_a_time_that_is_over_is_refused(publisher, draft):
    response = publisher.post(page("schedule", draft), {"when": "2020-05-24T15:00"})
    assert "That time is over" in response.content.decode()
    assert Conference.objects.get().publish_at is None


def test_a_time_is_taken_back(publisher, draft):
    publication.schedule(draft, timezone.now() + dt.timedelta(days=1), user=None)
    publisher.post(page("schedule", draft), {"unschedule": "1"})
    assert Conference.objects.get().publish_at is None


def test_what_is_public_or_withdrawn_is_not_scheduled(publisher, draft):
    publication.publish(draft, user=None)
    response = publisher.post(page("schedule", draft), {"when": "2099-05-24T15:00"}, follow=True)
    assert "Only a draft can be scheduled" in response.content.decode()


def test_a_draft_is_not_withdrawn(publisher, draft):
    given = {"reason": "x", "sure": "on"}
    response = publisher.post(page("withdraw", draft), given, follow=True)
    assert "never public" in response.content.decode()
    assert Conference.objects.get().status == "draft"


def test_many_are_published_each_with_its_revision(publisher, draft):
    other = make_conference(slug="b", published=False)
    gone = make_conference(slug="c", status="withdrawn")
    data = {"action": "publish", "_selected_action": [draft.pk, other.pk, gone.pk]}
    publisher.post("/admin/archive/conference/", data)
    assert Revision.objects.filter(event="published", made_by__username="publisher").count() == 2
    assert Conference.objects.get(slug="c").status == "withdrawn"


def test_an_editor_has_no_action_that_publishes(editor, draft):
    data = {"action": "publish", "_selected_action": [draft.pk]}
    editor.post("/admin/archive/conference/", data)
    assert not Revision.objects.exists()


def test_of_a_conference_only_its_address_is_changed_here(publisher, draft):
    url = f"/admin/archive/conference/{draft.pk}/change/"
    given = {"slug": "npc-2020", "title": "另题", "status": "published", "date": "2021-01-01"}
    publisher.post(url, given)
    draft.refresh_from_db()
    assert (draft.slug, draft.title) == ("npc-2020", "2020-05-24 记者会")
    assert (draft.status, draft.date.year) == ("draft", 2020)


def test_a_draft_is_deleted_after_its_page_has_said_what_goes(admin_client):
    conference = load(TALK.encode(), "talk.txt", publish=False).conference
    url = f"/admin/archive/conference/{conference.pk}/delete/"
    page = admin_client.get(url, headers={"accept-language": "en"}).text
    assert "talk.txt" in page
    assert f"{conference.exchanges.count()} exchanges" in page
    admin_client.post(url, {"post": "yes"})
    assert not Conference.objects.exists()
    assert not Exchange.objects.exists()
    assert not Transcript.objects.exists()


def test_only_what_was_never_public_is_deleted(admin_client, draft):
    url = f"/admin/archive/conference/{draft.pk}/delete/"
    assert 'name="post"' in admin_client.get(url).text
    publication.publish(draft, user=None)
    assert admin_client.post(url, {"post": "yes"}).status_code == 403
    publication.withdraw(draft, user=None, reason="误")
    assert admin_client.post(url, {"post": "yes"}).status_code == 403
    assert Conference.objects.exists()


def test_of_several_chosen_none_is_deleted_where_one_was_public(admin_client, draft):
    public = load(TALK.encode(), "talk.txt", publish=True).conference
    sent = {"action": "delete_selected", "post": "yes"}
    chosen = {"_selected_action": [draft.pk, public.pk]}
    admin_client.post("/admin/archive/conference/", sent | chosen)
    assert Conference.objects.count() == 2
    admin_client.post("/admin/archive/conference/", sent | {"_selected_action": [draft.pk]})
    assert Conference.objects.get() == public


def test_an_editor_deletes_no_draft(editor, draft):
    url = f"/admin/archive/conference/{draft.pk}/delete/"
    assert editor.get(url).status_code == editor.post(url, {"post": "yes"}).status_code == 403


def test_an_exchange_is_not_changed_here_and_leads_to_its_place_in_the_review(editor):
    load(TALK.encode(), "a.txt", publish=True)
    transcript, second = Transcript.objects.get(), Exchange.objects.get(position=2)
    url = f"/admin/archive/exchange/{second.pk}/"
    assert editor.post(f"{url}change/", {"question": "x"}).status_code == 403
    assert f'href="{url}review/"' in editor.get(f"{url}change/").content.decode()
    place = editor.get(f"{url}review/")["Location"]
    assert place == f"/admin/archive/transcript/{transcript.pk}/review/#turn-2"


def test_an_exchange_typed_in_by_hand_has_no_place_in_a_review(editor, draft):
    pk = draft.exchanges.first().pk
    place = editor.get(f"/admin/archive/exchange/{pk}/review/")["Location"]
    assert place == f"/admin/archive/conference/{draft.pk}/change/"


def test_a_list_does_not_ask_for_each_row(publisher, django_assert_max_num_queries):
    for number in range(10):
        conference = make_talk(1, slug=f"talk-{number}")
        revisions.record_revision(conference, "published", user=None)
    with django_assert_max_num_queries(16):
        publisher.get("/admin/archive/conference/")


REPORTS = "/admin/archive/errorreport/"


def make_reports(conference: Conference, *states: str) -> list[ErrorReport]:
    return [
        ErrorReport.objects.create(conference=conference, ref=2, message=f"错{n}", state=state)
        for n, state in enumerate(states)
    ]


def test_open_reports_stand_first_and_lead_to_their_place(editor, draft):
    make_reports(draft, "open", "declined", "corrected")
    text = editor.get(REPORTS).content.decode()
    assert text.index("错0") < text.index("错2") < text.index("错1")
    assert f"/admin/archive/exchange/{draft.exchanges.get(ref=2).pk}/review/" in text


def test_a_report_is_declined_with_a_note(editor, draft):
    (report,) = make_reports(draft, "open")
    editor.post(f"{REPORTS}{report.pk}/change/", {"state": "declined", "note": "原文如此"})
    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by.username) == (
        *("declined", "原文如此"),
        "editor",
    )
    assert report.handled_at is not None


def test_several_reports_are_marked_and_one_is_opened_again(editor, draft):
    first, second = make_reports(draft, "open", "open")
    editor.post(REPORTS, {"action": "corrected", "_selected_action": [first.pk, second.pk]})
    assert set(ErrorReport.objects.values_list("state", flat=True)) == {"corrected"}
    editor.post(f"{REPORTS}{first.pk}/change/", {"state": "open", "note": ""})
    first.refresh_from_db()
    assert (first.handled_by, first.handled_at) == (None, None)


def test_what_the_reader_wrote_is_not_changed_and_nobody_else_may_look(editor, draft):
    (report,) = make_reports(draft, "open")
    given = {"state": "open", "message": "x", "contact": "x@example.org"}
    editor.post(f"{REPORTS}{report.pk}/change/", given)
    report.refresh_from_db()
    assert (report.message, report.contact) == ("错0", "")
    assert staff("nobody").get(REPORTS).status_code == 403


def test_a_report_of_an_exchange_that_is_gone_is_shown(editor, draft):
    (report,) = make_reports(draft, "open")
    draft.exchanges.get(ref=2).delete()
    assert editor.get(f"{REPORTS}{report.pk}/change/").status_code == 200


def test_the_queue_does_not_ask_for_each_row(editor, draft, django_assert_max_num_queries):
    make_reports(draft, *["open"] * 10)
    with django_assert_max_num_queries(12):
        editor.get(REPORTS)
