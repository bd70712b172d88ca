"""Every address of the site as everybody sees it, and nothing of a draft anywhere."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group, User
from django.urls import get_resolver, reverse

from archive.models import Conference, ErrorReport
from tests.addresses import (
    DRAFT,
    HIDDEN,
    PUBLIC,
    ROLES,
    SLUG,
    WITHDRAWN,
    address_of,
    addresses_of,
    fill,
    matrix,
    walk,
)
from tests.archive.casts import make_exchange, make_outlet, make_talk

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


CONDITIONS = (
    {"if-none-match": "*"},
    {"if-none-match": '"a", *'},
    {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    {"if-none-match": "*", "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_condition_and_head_are_answered_only_where_the_page_is(
    client, archive, people, role, condition
):
    """A page that nobody may open, and one that never was, answer as they do without."""
    if role in people:
        client.force_login(people[role])
    for name, arguments, signs in matrix():
        url = address_of(name, arguments)
        if signs[ROLES.index(role)] != "+":
            assert sign_of(client.get(url, headers=condition)) == signs[ROLES.index(role)], name
        if signs == PUBLIC:
            assert client.head(url).status_code == 200, name
            assert client.get(url, headers=condition).status_code in {200, 304}, name


def not_public():
    """Addresses that show nothing to anybody, and what they answer."""
    for slug, status in ((DRAFT, 404), (WITHDRAWN, 410), ("2033-03-03", 404)):
        yield from ((reverse(name, args=row), status) for name, row in addresses_of(slug))
    for path in ("speakers/nobody-yet", "speakers/nobody", "series/nobody", "outlets/nobody"):
        yield f"/{path}/", 404
    for path in ("99", "versions/99"):
        yield f"/conferences/{SLUG}/{path}/", 404


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("role", ROLES)
def test_no_condition_tells_of_what_is_not_public(client, archive, people, role, condition):
    if role in people:
        client.force_login(people[role])
    for url, status in not_public():
        for ask in (client.get, client.head):
            answer = ask(url, headers=condition)
            assert answer.status_code == status, url
            assert not answer.get("ETag", "").startswith("W/"), url  # of Django's, of the words


def test_the_tag_of_a_page_confirms_no_other(client, archive):
    tag = client.get(f"/conferences/{SLUG}/")["ETag"]
    for url, status in not_public():
        assert client.get(url, headers={"if-none-match": tag}).status_code == status, url


def test_a_draft_changes_no_public_page_s_tag(client, archive):
    pages = [address_of(name, row) for name, row, signs in matrix() if signs == PUBLIC]
    year = f"/conferences/{DRAFT[:4]}/"
    before = {url: client.get(url).get("ETag") for url in (*pages, year)}
    draft = Conference.objects.get(slug=DRAFT)
    draft.title, draft.institution = "另题", "另部"
    draft.save()
    make_talk(slug="another", published=False)
    draft.exchanges.first().delete()
    tags = {url: client.get(url).get("ETag") for url in before}
    unlike = [url for url in tags if tags[url] != before[url]]
    assert [url for url in unlike if not url.startswith("/search")] == []


# Names that only a draft has, each beside one that nobody has: both are answered alike.
ONLY_IN_DRAFTS = (
    ("speaker", f"人{HIDDEN}", "某某某某某某某"),
    ("speaker", "nobody-yet", "nobody-zet"),
    ("speaker", "公", "龘"),
    ("outlet", f"{HIDDEN}社", "某某某某某某社"),
    ("outlet", "secret-press", "secret-prexx"),
    ("outlet", "秘", "龘"),
)


@pytest.mark.parametrize(("field", "known", "unknown"), ONLY_IN_DRAFTS)
def test_the_search_knows_no_name_that_only_drafts_have(client, archive, field, known, unknown):
    draft = Conference.objects.get(slug=DRAFT)
    outlet = make_outlet(f"{HIDDEN}社", "secret-press")
    outlet.add_alias("秘密报")
    make_exchange(draft, outlet=outlet)

    def told(name, value, **query):
        answer = client.get(reverse(name), query)
        assert answer.status_code == 200
        text = answer.content.decode()
        text = re.sub(r'"took_ms": [0-9.]+|[0-9.]+ (?:毫秒|ms)', "", text)
        # Both are said back as they were typed.
        return text.replace(quote(value), "□").replace(value, "□")

    for name in ("search:search", "search:results_csv", "search:results_json"):
        for query in ({"q": "{}"}, {"q": f"{field}:{{}}"}, {"q": f"* {field}:{{}}"}):
            asked = [{"q": query["q"].format(value)} for value in (known, unknown)]
            one, other = (told(name, v, **q) for v, q in zip((known, unknown), asked, strict=True))
            assert one == other, (name, query)
        assert told(name, known, q="*", **{field: known}) == told(
            name, unknown, q="*", **{field: unknown}
        ), name
    for typed in (known, f"{field}:{known}", known[:1]):
        found = client.get(reverse("search:suggest"), {"q": typed}).json()["suggestions"]
        assert not [one for one in found if HIDDEN in one["label"] or "秘" in one["label"]]


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
