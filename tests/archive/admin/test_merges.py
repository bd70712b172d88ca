"""Merging in the admin: choose, see what will move, confirm."""

import pytest
from django.contrib.auth.models import Group, User

from archive.models import Exchange, Outlet, Speaker
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """An outlet with a question, to be merged into another."""
    one, into = make_outlet("路透", "luto"), make_outlet()
    make_exchange(make_conference(), outlet=one, asked_by="路透")
    return one, into


@pytest.fixture
def as_role(client):
    def log_in(name):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        return client

    return log_in


def test_the_page_asks_for_the_other_and_offers_every_name(admin_client, two):
    page = admin_client.get(f"/admin/archive/outlet/{two[0].pk}/merge/").content.decode()
    assert '<option value="reuters">路透社</option>' in page
    assert '<option value="luto">' not in page


@pytest.mark.parametrize("typed", ["reuters", "路透社"])
def test_what_will_move_is_shown_before_anything_does(admin_client, two, typed):
    url = f"/admin/archive/outlet/{two[0].pk}/merge/"
    response = admin_client.get(url, {"into": typed})
    assert response.context["into"] == two[1]
    assert [side["count"] for side in response.context["sides"]] == [1, 0]
    assert Outlet.objects.count() == 2


@pytest.mark.parametrize("typed", ["nobody", "luto", "x" * 500, ""])
def test_a_name_that_is_nobody_s_or_its_own_is_refused(admin_client, two, typed):
    url = f"/admin/archive/outlet/{two[0].pk}/merge/"
    response = admin_client.post(url, {"into": typed}, headers={"accept-language": "en"})
    assert response.context["form"].errors["into"]
    assert Outlet.objects.count() == 2


def test_confirming_merges_and_leads_to_the_one_that_stays(admin_client, two):
    url = f"/admin/archive/outlet/{two[0].pk}/merge/"
    response = admin_client.post(url, {"into": "reuters", "reason": "同一家"})
    assert response["Location"] == f"/admin/archive/outlet/{two[1].pk}/change/"
    assert Exchange.objects.get().outlet == two[1]
    assert Outlet.objects.get() == two[1]


def test_speakers_are_merged_too(admin_client):
    old, new = make_speaker("王 毅", "wang-yi-2"), make_speaker()
    conference = make_conference(speaker=old)
    conference.appearances.create(speaker=new)
    answer = make_answer(make_exchange(conference), speaker=old)
    url = f"/admin/archive/speaker/{old.pk}/merge/"
    assert admin_client.get(url, {"into": "wang-yi"}).context["both"] == 1
    admin_client.post(url, {"into": "wang-yi", "reason": "同一人"})
    answer.refresh_from_db()
    assert answer.speaker == new
    assert Speaker.objects.get() == new


def test_two_selected_lead_to_the_page_with_the_larger_to_stay(admin_client, two):
    data = {"action": "merge", "_selected_action": [one.pk for one in two]}
    response = admin_client.post("/admin/archive/outlet/", data)
    assert response["Location"] == f"/admin/archive/outlet/{two[1].pk}/merge/?into=luto"


def test_other_than_two_selected_is_told(admin_client, two):
    data = {"action": "merge", "_selected_action": [two[0].pk]}
    response = admin_client.post("/admin/archive/outlet/", data, follow=True)
    assert response.status_code == 200
    assert len(response.context["messages"]) == 1


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("publisher", 200)])
def test_merging_is_for_publishers(as_role, two, role, status):
    client = as_role(role)
    speaker = make_speaker()
    assert client.get(f"/admin/archive/outlet/{two[0].pk}/merge/").status_code == status
    assert client.get(f"/admin/archive/speaker/{speaker.pk}/merge/").status_code == status
    page = client.get(f"/admin/archive/outlet/{two[0].pk}/change/").content.decode()
    assert ("/merge/" in page) is (role == "publisher")
