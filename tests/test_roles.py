"""Every address of the site as everybody sees it, and nothing of a draft anywhere."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import get_resolver, reverse

from archive.models import Conference
from tests.addresses import HIDDEN, OF_A_DRAFT, PUBLIC, ROLES, address_of, fill, matrix, walk

pytestmark = pytest.mark.django_db
EDITED = (
    "transcript",
    "correction",
    "conference",
    "outlet",
    "outletalias",
    "speaker",
    "errorreport",
)
EDITOR = {f"{may}_{model}" for model in EDITED for may in ("add", "change", "view")}
PUBLISHER = EDITOR | {"publish_conference", "merge_outlet", "merge_speaker"}

SIGNS = {200: "+", 403: "-", 404: "0", 405: "="}


@pytest.fixture
def archive():
    fill()


@pytest.fixture
def people():
    """An account for each role; the groups are as the site makes them, or as they are to be."""
    made = {"superuser": User.objects.create_superuser("superuser")}
    for name, codenames in (("editor", EDITOR), ("publisher", PUBLISHER)):
        made[name] = User.objects.create_user(name, is_staff=True)
        group, new = Group.objects.get_or_create(name=name)
        if new:
            group.permissions.set(Permission.objects.filter(codename__in=codenames))
        made[name].groups.add(group)
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


def test_a_visitor_sends_nothing_to_the_admin(client, archive, people):
    for name, arguments, signs in matrix():
        if name.startswith("admin:") and signs[0] == ">":
            assert sign_of(client.post(address_of(name, arguments), {"post": "yes"})) == ">", name
    assert Conference.objects.count() == 3


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_has_no_public_page(client, archive, people, role):
    if role in people:
        client.force_login(people[role])
    for prefix in ("", "/en", "/zh-hant"):
        for name, arguments in OF_A_DRAFT.items():
            url = prefix + reverse(name, args=arguments)
            assert client.get(url).status_code == 404, url


def test_no_list_search_file_or_hint_has_a_word_of_a_draft(client, archive):
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
