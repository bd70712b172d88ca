"""Names in the admin: who may change what is public, why, and how it is taken back."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from archive.editing import publication, revisions
from archive.editing.names import changes
from archive.editing.names.changes import carry_out, finish_change
from archive.editing.names.wanted import merging, renaming
from archive.models import Conference, NameChange, Outlet, Speaker
from tests.archive.casts import make_conference, make_exchange, make_outlet, make_speaker, make_talk
from tests.archive.editing.briefings import BRIEFING, waiting

pytestmark = pytest.mark.django_db
WHY = "更名"
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def as_role(client):
    def log_in(name):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        return client

    return log_in


def names(row, **changed):
    inline = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    kind = {"kind": row.kind} if isinstance(row, Outlet) else {}
    return {"name": row.name, "slug": row.slug, "name_en": row.name_en, **kind} | inline | changed


def change_page(row):
    return f"/admin/archive/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def talk():
    made = make_talk(1)
    revisions.record_revision(made, "published", user=None)
    return made


@pytest.mark.parametrize("model", [Outlet, Speaker])
@pytest.mark.parametrize("changed", [{"name": "特朗普"}, {"slug": "hostile"}, {"name_en": "X"}])
def test_an_editor_is_refused_with_a_sentence_and_nothing_changes(as_role, talk, model, changed):
    row = model.objects.get()
    data = names(row, reason=WHY, **changed)
    response = as_role("editor").post(change_page(row), data, **ENGLISH)
    assert response.status_code == 403
    assert "Only who may publish can change it." in response.content.decode()
    assert model.objects.filter(pk=row.pk).values().get() == model.objects.values().get(pk=row.pk)
    assert model.objects.get(pk=row.pk).name == row.name
    assert talk.revisions.count() == 1


@pytest.mark.parametrize("model", [Outlet, Speaker])
def test_a_publisher_is_asked_why_and_readers_are_told(as_role, talk, model):
    row, client = model.objects.get(), as_role("publisher")
    response = client.post(change_page(row), names(row, name="新名"), **ENGLISH)
    assert "Say the reason." in response.content.decode()
    assert model.objects.get().name == row.name
    assert client.post(change_page(row), names(row, name="新名", reason=WHY)).status_code == 302
    page = client.get("/conferences/2020-05-24/history/").content.decode()
    assert "新名" in page
    assert WHY in page
    version = client.get("/conferences/2020-05-24/versions/2/").content.decode()
    assert WHY in version
    assert client.get("/conferences/2020-05-24.json").content == talk.revisions.first().content


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_change_that_no_version_has_is_told_on_the_profile(client, talk, language):
    for row in (Outlet.objects.get(), Speaker.objects.get()):
        carry_out(renaming(row, slug=f"{row.slug}-2", name_en="New"), user=None, reason=WHY)
        page = client.get(f"/{language}{row.get_absolute_url()[:-1]}-2/", follow=True)
        text = page.content.decode()
        assert WHY in text
        assert f"“{row.slug}-2”" in text.replace("「", "“").replace("」", "”")
    assert talk.revisions.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_change_log_tells_in_words_what_became_of_a_name(client, talk, language):
    carry_out(merging(Outlet.objects.get(), make_outlet("Reuters", "rtr")), user=None, reason=WHY)
    prefix = "" if language == "zh-hans" else f"/{language}"
    page = client.get(f"{prefix}/conferences/2020-05-24/history/").content.decode()
    told = {
        "zh-hans": "媒体“路透社”现为“Reuters”。",
        "zh-hant": "媒體「路透社」現為「Reuters」。",
        "en": "The outlet “路透社” is “Reuters” now.",
    }
    assert told[language] in page


def test_what_no_published_conference_shows_an_editor_changes_as_ever(as_role):
    make_talk(1, published=False)
    row = Outlet.objects.get()
    as_role("editor").post(change_page(row), names(row, name="Reuters"))
    assert Outlet.objects.get().name == "Reuters"


def test_a_name_of_another_outlet_is_moved_only_where_that_is_asked_for(admin_client, talk):
    other = make_outlet("路透", "luto")
    alias = {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "路透社", "aliases-0-outlet": other.pk}
    data = names(other, reason=WHY, **alias)
    page = admin_client.post(change_page(other), data, **ENGLISH).content.decode()
    assert "already is a name of 路透社" in page
    admin_client.post(change_page(other), data | {"take": "on"})
    assert talk.exchanges.get().outlet == other


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_the_address_of_a_public_conference_is_the_publishers(as_role, talk, status):
    url = f"/admin/archive/conference/{talk.pk}/change/"
    data = {"slug": "hostile", "reason": WHY}
    if status == "withdrawn":
        publication.withdraw(talk, user=None, reason="误")
    assert as_role("editor").post(url, data).status_code == 403
    assert Conference.objects.get().slug == "2020-05-24"
    client = as_role("publisher")
    assert "Say the reason." in client.post(url, {"slug": "hostile"}, **ENGLISH).content.decode()
    assert Conference.objects.get().slug == "2020-05-24"
    client.post(url, data)
    assert Conference.objects.get().slug == "hostile"


def test_the_address_of_a_draft_is_an_editor_s(as_role):
    draft = make_conference(published=False)
    as_role("editor").post(f"/admin/archive/conference/{draft.pk}/change/", {"slug": "other"})
    assert Conference.objects.get().slug == "other"


def test_an_unknown_label_that_is_public_is_the_publishers(as_role, talk):
    make_exchange(talk, asked_by="某某新网")
    data = {"0-label": "某某新网", "0-decision": "new:agency", "reason": WHY}
    response = as_role("editor").post("/admin/archive/outlet/unknown/", data, **ENGLISH)
    assert response.status_code == 403
    assert "Only who may publish" in response.content.decode()
    assert Outlet.objects.count() == 1
    client = as_role("publisher")
    page = client.post("/admin/archive/outlet/unknown/", data | {"reason": ""}, **ENGLISH)
    assert "Say the reason." in page.content.decode()
    client.post("/admin/archive/outlet/unknown/", data)
    assert talk.revisions.count() == 2


def test_a_merger_without_the_right_to_publish_or_a_reason_is_refused(client, talk):
    user = User.objects.create_user("merger", is_staff=True)
    url = f"/admin/archive/outlet/{Outlet.objects.get().pk}/"
    other = make_outlet("路透", "luto")
    user.user_permissions.add(Permission.objects.get(codename="merge_outlet"))
    client.force_login(user)
    answer = client.post(f"{url}merge/", {"into": other.slug, "reason": WHY})
    assert answer.status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="publish_conference"))
    answer = client.post(f"{url}merge/", {"into": other.slug}, **ENGLISH)
    assert "Say the reason." in answer.content.decode()
    assert Outlet.objects.count() == 2


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_a_merger_is_taken_back_by_a_publisher_with_a_reason(as_role, talk, role):
    before = talk.revisions.first().content
    into = make_outlet("Reuters", "rtr")
    change = carry_out(merging(Outlet.objects.get(slug="reuters"), into), user=None, reason=WHY)
    url, client = f"/admin/archive/namechange/{change.pk}", as_role(role)
    assert client.get(f"{url}/change/").status_code == 200
    if role == "editor":
        assert client.post(f"{url}/take-back/", {"reason": WHY}).status_code == 403
        return
    assert f"{url}/take-back/" in client.get(f"{url}/change/").content.decode()
    assert client.get(f"{url}/take-back/").context["public"] == 1
    client.post(f"{url}/take-back/", {"reason": ""})
    assert Outlet.objects.count() == 1
    client.post(f"{url}/take-back/", {"reason": "两家"})
    assert client.get("/conferences/2020-05-24.json").content == before
    assert talk.revisions.first().reason == "两家"
    assert client.get("/outlets/reuters/").status_code == 200


def test_what_is_being_written_is_on_the_desk_and_can_be_written_on(admin_client, monkeypatch):
    monkeypatch.setattr(changes, "IN_REQUEST", 1)
    monkeypatch.setattr(changes, "_AT_ONCE", 1)
    for number in range(3):
        make_talk(1, slug=f"talk-{number}")
    row = Outlet.objects.get()
    admin_client.post(change_page(row), names(row, name="Reuters", reason=WHY))
    change = NameChange.objects.get()
    next(finish_change(change))
    page = admin_client.get("/admin/", **ENGLISH).content.decode()
    assert "pending: 1 of 3" in page
    assert Outlet.objects.get().name == "路透社"
    admin_client.post(f"/admin/archive/namechange/{change.pk}/write/", {"do": "write"})
    assert Outlet.objects.get().name == "Reuters"


def test_what_is_public_is_not_deleted(admin_client, talk):
    for row in (Outlet.objects.get(), Speaker.objects.get()):
        url = change_page(row).replace("change", "delete")
        assert admin_client.post(url, {"post": "yes"}).status_code == 403
    spare = make_speaker("某人", "somebody")
    admin_client.post(change_page(spare).replace("change", "delete"), {"post": "yes"})
    assert Speaker.objects.count() == 1


def test_a_name_that_is_learnt_on_a_review_page_leaves_the_public_ones(as_role):
    text = BRIEFING.replace("路透社", "某某新网")
    transcript = waiting(text)
    public = make_conference(slug="public")
    make_exchange(public, asked_by="某某新网")
    make_outlet("新华社", "xinhua")
    client = as_role("editor")
    url = f"/admin/archive/transcript/{transcript.pk}/review/"
    shown = client.get(f"{url}?turn=0")
    form = shown.context["opened"].form
    assert form.initial["asked_by"] == "某某新网", form.initial
    data = {key: value for key, value in form.initial.items() if isinstance(value, str)}
    data |= {"turn": 0, "do": "save", "seen": 0, "outlet": "新华社", "add_alias": "on"}
    answer = client.post(url, data, **ENGLISH)
    assert "Published conferences print this label." in answer.content.decode()
    assert Outlet.objects.named("某某新网") is None
    assert not public.exchanges.get().outlet


def test_a_page_that_was_open_while_somebody_added_a_name_takes_it_not_away(admin_client):
    outlet = make_outlet()
    page = names(outlet)
    carry_out(renaming(outlet, names=["路透社", "路透"]), user=None, reason="")
    admin_client.post(change_page(outlet), page | {"country": "GB"})
    assert outlet.aliases.count() == 2


@pytest.mark.parametrize("model", [Outlet, Speaker, Conference])
def test_who_may_only_look_sees_the_names_and_no_form(client, talk, model):
    user = User.objects.create_user("reader", is_staff=True)
    name = model._meta.model_name
    user.user_permissions.add(Permission.objects.get(codename=f"view_{name}"))
    client.force_login(user)
    row = model.objects.get()
    assert client.get(change_page(row)).status_code == 200
    assert client.post(change_page(row), {"slug": "other", "reason": WHY}).status_code == 403
