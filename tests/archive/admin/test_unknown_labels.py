"""Unknown labels across the archive, resolved in bulk."""

import pytest
from django.contrib.auth.models import User

from archive.models import Exchange, IgnoredLabel, Outlet
from tests.archive.casts import make_conference, make_exchange, make_outlet

pytestmark = pytest.mark.django_db
URL = "/admin/archive/outlet/unknown/"


@pytest.fixture
def labels():
    """Three unknown labels, the first of them on two exchanges, one in a draft."""
    draft, public = make_conference(published=False), make_conference(slug="b")
    for conference, label in (
        (draft, "路透"),
        (public, "路透"),
        (public, "记者"),
        (draft, "环球网"),
    ):
        make_exchange(conference, asked_by=label)
    return make_outlet()


def decide(client, *decisions: str, others: dict[str, str] | None = None):
    """Send the list as it stands, with a decision for each label in turn."""
    shown = [form.initial["label"] for _label, form in client.get(URL).context["rows"]]
    data = {f"{number}-label": label for number, label in enumerate(shown)}
    data |= {f"{number}-decision": decision for number, decision in enumerate(decisions)}
    return client.post(URL, data | {"reason": "补全媒体名称"} | (others or {}))


def test_the_list_has_counts_examples_and_near_names(admin_client, labels):
    page = admin_client.get(URL)
    unknown, form = page.context["rows"][0]
    assert (unknown.label, unknown.count) == ("路透", 2)
    assert '<option value="name:reuters">路透社</option>' in str(form["decision"])
    assert f"/admin/archive/exchange/{unknown.example}/change/" in page.content.decode()


def test_each_label_is_resolved_as_decided(admin_client, labels):
    response = decide(admin_client, "name:reuters", "new:online", "none:")
    assert response.status_code == 302
    askers = dict(Exchange.objects.values_list("asked_by", "outlet__name"))
    assert askers == {"路透": "路透社", "环球网": "环球网", "记者": None}
    assert IgnoredLabel.objects.get().name == "记者"
    assert admin_client.get(URL).context["rows"] == []


def test_what_is_left_for_later_stays(admin_client, labels):
    decide(admin_client)
    assert len(admin_client.get(URL).context["rows"]) == 3


def test_another_outlet_may_be_typed_by_name_or_slug(admin_client, labels):
    make_outlet("环球时报", "global-times")
    decide(admin_client, "", "new:online", others={"1-other": "环球时报", "2-other": "reuters"})
    assert Outlet.objects.named("环球网").slug == "global-times"
    assert Outlet.objects.named("记者").slug == "reuters"


@pytest.mark.parametrize("decision", ["name:nobody", "new:ministry", "delete", "name:"])
def test_a_decision_nobody_offered_changes_nothing(admin_client, labels, decision):
    response = decide(admin_client, decision, "none:")
    assert response.context["rows"][0][1].errors
    assert not IgnoredLabel.objects.exists()


def test_an_ignored_label_is_put_back(admin_client, labels):
    decide(admin_client, "none:", "none:", "none:")
    assert len(admin_client.get(URL, {"ignored": "1"}).context["rows"]) == 3
    admin_client.post(URL, {"heed": "路透"})
    assert [one.label for one, _form in admin_client.get(URL).context["rows"]] == ["路透"]


def test_a_label_that_another_editor_gave_a_name_meanwhile_is_told(admin_client, labels):
    make_outlet("环球网", "huanqiu")
    response = decide(admin_client, "", "new:online", "none:")
    page = admin_client.get(response["Location"])
    assert len(page.context["messages"]) == 2
    assert IgnoredLabel.objects.get().name == "记者"


def test_a_name_added_on_the_outlet_s_page_claims_its_exchanges(admin_client, labels):
    data = {"name": "路透社", "slug": "reuters", "kind": "agency", "aliases-TOTAL_FORMS": 1}
    alias = {"aliases-INITIAL_FORMS": 0, "aliases-0-name": "路透", "aliases-0-outlet": labels.pk}
    data |= {"reason": "补全媒体名称"}
    admin_client.post(f"/admin/archive/outlet/{labels.pk}/change/", data | alias)
    assert Outlet.objects.named("路透社") == labels  # which the form did not speak of
    assert labels.exchanges.count() == 2


def test_queries_do_not_grow_with_the_labels(admin_client, django_assert_num_queries):
    conference = make_conference()
    for number in range(40):
        make_exchange(conference, asked_by=f"第{number}电视台")
    with django_assert_num_queries(7):
        assert len(admin_client.get(URL).context["rows"]) == 25


def test_staff_who_may_name_nobody_are_refused(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(URL).status_code == 403
