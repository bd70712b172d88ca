"""Who may do what: the groups the migrations make."""

import pytest
from django.contrib.auth.models import Group, User

pytestmark = pytest.mark.django_db

VIEWED = (
    "answer appearance conference correction errorreport exchange movedaddress outlet outletalias"
    " revision speaker speakeralias transcript"
)
EDITOR = {
    *(f"archive.view_{model}" for model in VIEWED.split()),
    "archive.add_transcript",
    "archive.change_conference",
    "archive.change_errorreport",
    *("archive.add_correction", "archive.change_correction", "archive.delete_correction"),
    *("archive.add_outlet", "archive.change_outlet"),
    *("archive.add_outletalias", "archive.change_outletalias", "archive.delete_outletalias"),
    *("archive.add_speaker", "archive.change_speaker"),
    *("archive.add_speakeralias", "archive.change_speakeralias", "archive.delete_speakeralias"),
    *("search.view_emptysearch", "search.delete_emptysearch"),
}
PUBLISHER = EDITOR | {
    "archive.publish_conference",
    "archive.merge_outlet",
    "archive.merge_speaker",
    "auditlog.view_logentry",
}


@pytest.mark.parametrize(("name", "granted"), [("editor", EDITOR), ("publisher", PUBLISHER)])
def test_a_role_has_exactly_its_permissions(name, granted):
    user = User.objects.create_user("somebody")
    user.groups.add(Group.objects.get(name=name))
    assert user.get_all_permissions() == granted
