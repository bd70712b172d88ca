"""Outlets, speakers and their names in the admin."""

import pytest

from tests.archive.casts import make_conference, make_exchange, make_outlet, make_speaker

pytestmark = pytest.mark.django_db


def test_an_alias_stands_beside_the_number_of_its_uses(admin_client, django_assert_max_num_queries):
    outlet = make_outlet()
    outlet.add_alias("Reuters")
    for label in ("路透社", "英国路透社", "reuters"):
        make_exchange(make_conference(slug=label), asked_by=label, outlet=outlet)
    with django_assert_max_num_queries(12):
        page = admin_client.get(f"/admin/archive/outlet/{outlet.pk}/change/").content.decode()
    assert page.index("Reuters") < page.index("<p>1</p>") < page.index("<p>2</p>")


def test_an_outlet_without_aliases_and_a_new_one_open(admin_client):
    outlet = make_outlet()
    outlet.aliases.all().delete()
    assert admin_client.get(f"/admin/archive/outlet/{outlet.pk}/change/").status_code == 200
    assert admin_client.get("/admin/archive/outlet/add/").status_code == 200


def test_a_speaker_is_found_by_another_name(admin_client):
    make_speaker().aliases.create(name="王外长")
    page = admin_client.get("/admin/archive/speaker/", {"q": "王外长"})
    assert page.context["cl"].result_count == 1
