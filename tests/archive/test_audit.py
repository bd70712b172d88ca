"""The record of changes: who, when, before and after."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from archive.editing.correction_history import record
from archive.editing.names.changes import carry_out
from archive.editing.names.wanted import renaming
from archive.models import ErrorReport, Outlet
from tests.archive.casts import make_conference, make_outlet, make_talk
from tests.archive.editing.briefings import STABLE, about, ingested, words
from tests.conftest import SEED

pytestmark = pytest.mark.django_db


def entries(row):
    return LogEntry.objects.get_for_object(row).order_by("pk")


@pytest.fixture
def publisher(client):
    user = User.objects.create_user("chen", is_staff=True)
    user.groups.add(Group.objects.get(name="publisher"))
    client.force_login(user)
    return user


def rename(client, outlet):
    data = {"name": "路透", "slug": "reuters", "kind": "agency", "aliases-TOTAL_FORMS": 0}
    client.post(
        f"/admin/archive/outlet/{outlet.pk}/change/", data | {"aliases-INITIAL_FORMS": 0},
        REMOTE_ADDR="203.0.113.9", HTTP_X_CORRELATION_ID="203.0.113.9", HTTP_X_FORWARDED_PORT="99",
    )  # fmt: skip


def test_a_change_in_the_admin_is_recorded_with_person_before_and_after(client, publisher):
    outlet = make_outlet()
    rename(client, outlet)
    entry = entries(outlet).last()
    assert (entry.actor, entry.changes) == (publisher, {"name": ["路透社", "路透"]})


def test_no_address_is_recorded(client, publisher):
    outlet = make_outlet()
    rename(client, outlet)
    entry = entries(outlet).last()
    assert (entry.remote_addr, entry.remote_port, entry.cid) == (None, None, None)


def test_what_is_long_made_or_private_is_not_recorded():
    conference = make_conference()
    call_command("ingest", SEED, verbosity=0)
    report = ErrorReport.objects.create(
        conference=conference, ref=1, message="错字", contact="reader@example.org"
    )
    assert "contact" not in entries(report).get().changes
    models = {entry.content_type.model for entry in LogEntry.objects.select_related("content_type")}
    assert {"conference", "transcript", "speaker", "appearance"} <= models
    assert not models & {"exchange", "answer"}
    transcript = LogEntry.objects.filter(content_type__model="transcript").first()
    assert not {"content", "problems"} & set(transcript.changes)


def test_nothing_of_a_password_is_recorded():
    user = User.objects.create_user("chen")
    user.set_password("battery staple")
    user.save()
    assert entries(user).last().changes == {"password": ["•••", "•••"]}


def test_who_joins_a_group_is_recorded():
    user = User.objects.create_user("chen")
    user.groups.add(Group.objects.get(name="editor"))
    assert entries(user).last().changes["groups"]["objects"] == ["editor"]


def test_what_is_deleted_is_recorded():
    outlet = make_outlet()
    outlet.delete()
    of_outlets = LogEntry.objects.get_for_model(Outlet)
    assert of_outlets.get(action=LogEntry.Action.DELETE).changes["name"][0] == "路透社"


def test_a_reader_leaves_neither_record_nor_cookie(client):
    make_talk()
    before = LogEntry.objects.count()
    response = client.get("/conferences/2020-05-24/")
    assert LogEntry.objects.count() == before
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_an_anonymous_post_names_nobody(rf):
    from archive.audit import AuditMiddleware

    request = rf.post("/")
    request.user = AnonymousUser()
    AuditMiddleware(lambda _request: make_outlet())(request)
    assert entries(Outlet.objects.get()).get().actor is None


def test_publishers_read_it_with_translated_names(client, publisher, django_assert_max_num_queries):
    conference = make_conference(published=False)
    conference.status = "published"
    conference.save()
    with django_assert_max_num_queries(14):
        page = client.get("/admin/auditlog/logentry/", headers={"accept-language": "zh-hans"})
    assert "状态: 草稿 → 已发布" in page.content.decode()
    entry = entries(conference).last()
    page = client.get(
        f"/admin/auditlog/logentry/{entry.pk}/change/", headers={"accept-language": "zh-hans"}
    )
    assert "<td>草稿</td>" in page.content.decode()


def test_the_record_is_narrowed_by_person_model_and_time(client, publisher):
    outlet = make_outlet()
    rename(client, outlet)
    asked = {"actor__id__exact": publisher.pk, "content_type__id__exact": 0}
    asked["content_type__id__exact"] = ContentType.objects.get_for_model(Outlet).pk
    response = client.get("/admin/auditlog/logentry/", asked | {"timestamp__year": 2020})
    assert response.context["cl"].result_count == 0
    response = client.get("/admin/auditlog/logentry/", asked)
    assert response.context["cl"].result_count == 1


def test_editors_do_not_read_it(client):
    user = User.objects.create_user("wang", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    client.force_login(user)
    assert client.get("/admin/auditlog/logentry/").status_code == 403


def test_nobody_edits_it(admin_client):
    entry = entries(make_outlet()).get()
    url = f"/admin/auditlog/logentry/{entry.pk}"
    assert admin_client.post(f"{url}/change/", {"object_repr": "x"}).status_code == 403
    assert admin_client.post(f"{url}/delete/", {"post": "yes"}).status_code == 403


def test_a_correction_is_told_in_words_with_a_link_to_its_place(client, publisher):
    transcript = ingested()
    wanted = [words(STABLE, "南海局势平稳。"), about("venue", "蓝厅")]
    record(transcript, wanted, seen=0, user=publisher)
    page = client.get("/admin/auditlog/logentry/", headers={"accept-language": "en"})
    text = page.content.decode()
    review = f"/admin/archive/transcript/{transcript.pk}/review/"
    assert f'<a href="{review}#L5">Words</a>: 南海局势总体稳定。 → 南海局势平稳。' in text
    assert f'<a href="{review}#about">Place</a>: – → 蓝厅' in text
    entry = LogEntry.objects.filter(content_type__model="correction").first()
    shown = client.get(f"/admin/auditlog/logentry/{entry.pk}/change/").content.decode()
    assert review in shown


def test_versions_and_changes_of_names_are_told_in_words(client, publisher):
    make_talk(1)
    change = carry_out(
        renaming(Outlet.objects.get(), name="Reuters"), user=publisher, reason="改名"
    )
    page = client.get("/admin/auditlog/logentry/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert f'<a href="/admin/archive/namechange/{change.pk}/change/">' in text
    assert "The outlet “路透社” is called “Reuters” now." in text
    assert '<a href="/conferences/2020-05-24/versions/1/">Version 1</a>: published' in text
