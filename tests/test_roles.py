"""Every address of the site as everybody sees it, and nothing of a draft anywhere."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import get_resolver, reverse

from archive.models import Conference, ErrorReport
from tests.addresses import (
    DRAFT,
    HIDDEN,
    PUBLIC,
    ROLES,
    WITHDRAWN,
    address_of,
    addresses_of,
    fill,
    matrix,
    walk,
)

pytestmark = pytest.mark.django_db
SIGNS = {200: "+", 403: "-", 404: "0", 405: "="}


@pytest.fixture
def archive():
    fill()


@pytest.fixture
def people():
    """An account for each role, in the groups that the migrations make."""
    made = {"superuser": User.objects.create_superuser("superuser")}
    for name in ("editor", "publisher"):
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(Group.objects.get(name=name))
    return made


def sign_of(answer):
    if answer.status_code in (301, 302):
        return ">" if answer["Location"].startswith("/admin/login/") else "/"
    return SIGNS.get(answer.status_code, str(answer.status_code))


def test_every_address_is_in_the_matrix():
    known = {name for name, _arguments, _signs in matrix()}
    assert set(walk(get_resolver().url_patterns)) == known


def test_everybody_opens_what_the_matrix_says(client, archive, people):
    wrong = []
    for at, role in enumerate(ROLES):
        client.logout()
        if role in people:
            client.force_login(people[role])
        for name, arguments, signs in matrix():
            sign = sign_of(client.get(address_of(name, arguments)))
            if sign != signs[at]:
                wrong.append(f"{name} as {role}: {sign} instead of {signs[at]}")
    assert not wrong, "\n".join(wrong)


def test_who_may_not_open_a_page_may_not_send_its_form(client, archive, people):
    for role in ("editor", "publisher"):
        client.force_login(people[role])
        for name, arguments, signs in matrix():
            if signs[ROLES.index(role)] == "-":
                url = address_of(name, arguments)
                sent = client.post(url, {"post": "yes", "sure": "on"})
                assert sign_of(sent) in "-=", (name, role)


def test_a_visitor_sends_nothing_to_the_admin(client, archive, people):
    for name, arguments, signs in matrix():
        if name.startswith("admin:") and signs[0] == ">" and name != "admin:jsi18n":
            answer = client.post(address_of(name, arguments), {"post": "yes"})
            # Not done, and not lost: the log-in page carries what was sent.
            assert answer.status_code == 403, name
            assert 'name="carried"' in answer.text, name
    assert Conference.objects.count() == 4


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("slug", "status"), [(DRAFT, 404), (WITHDRAWN, 410)])
def test_what_is_not_public_has_no_public_page(client, archive, people, role, slug, status):
    if role in people:
        client.force_login(people[role])
    addresses = [reverse(name, args=arguments) for name, arguments in addresses_of(slug)]
    for prefix in ("", "/en", "/zh-hant"):
        for url in addresses:
            assert client.get(prefix + url).status_code == status, prefix + url
        assert client.get(f"{prefix}/speakers/nobody-yet/").status_code == 404
        assert client.get(f"{prefix}/speakers/once/").status_code == 200
    report = reverse("archive:report", args=[slug, 1])
    assert client.post(report, {"message": "错"}).status_code == status
    assert not ErrorReport.objects.filter(conference__slug=slug).exists()


def test_no_list_search_file_or_hint_has_a_word_of_what_is_not_public(client, archive):
    pages = [address_of(name, row) for name, row, signs in matrix() if signs == PUBLIC]
    asked = (f"“{HIDDEN}”", HIDDEN, "*", f"speaker:人{HIDDEN}", f"outlet:{HIDDEN}社")
    searches = ("search:search", "search:results_csv", "search:results_json", "search:suggest")
    for url in pages:
        assert HIDDEN not in client.get(url).content.decode(), url
    for name in searches:
        for q in asked:
            answer = client.get(reverse(name), {"q": q})
            # What was asked is said back, with or without what stands around it.
            text = answer.content.decode().replace(q, "").replace(f"人{HIDDEN}", "")
            text = text.replace(f"{HIDDEN}社", "") if q != "*" else text
            assert f"问{HIDDEN}" not in text, (name, q)
            assert f"答{HIDDEN}" not in text, (name, q)
            assert answer.status_code == 200
