"""Conditional GET, caching and cookies: a page that a reader has already is not sent again."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

import config.settings
from archive.editing import revisions
from archive.editing.name_curation import merge
from archive.http_cache import decorators
from archive.models import Conference, Exchange, Outlet, Speaker, Transcript
from tests.archive.casts import make_answer, make_conference, make_exchange, make_talk

pytestmark = pytest.mark.django_db
URL = "/conferences/2020-05-24/"
FILE = f"{URL}original/{'a' * 16}/"
OF_ARCHIVE = ["/", "/conferences/", "/outlets/", "/speakers/"]
OF_PERIOD = ["/conferences/2020/", "/conferences/2020/05/", "/conferences/2020/05/24/"]
OF_CONFERENCE = [
    *(URL, f"{URL}2/", f"{URL}history/", f"{URL}cite.bib", f"{URL}2/cite.ris"),
    f"{URL}versions/1/",
    f"{URL.rstrip('/')}.json",
]
CHEAP = [*OF_ARCHIVE, *OF_PERIOD, *OF_CONFERENCE]
REPORT = [f"{URL}2/report/", f"{URL}2/report/sent/"]
PROFILES = ["/outlets/reuters/", "/speakers/wang-yi/"]  # test_conditional_profiles.py
OTHERS = [FILE, *REPORT, f"{URL}versions/1.json", "/search/"]


@pytest.fixture
def talk() -> Conference:
    conference = make_talk()
    Transcript.objects.create(
        applied_at=timezone.now(),
        conference=conference, filename="a.txt", media_type="text/plain", content=b"a",
        sha256="a" * 64, size=1, encoding="utf-8", convention="x",
    )  # fmt: skip
    revisions.record_revision(conference, "published", user=None)
    return conference


def etag(client: Client, url: str = URL, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response["ETag"]


def again(client: Client, url: str, tag: str, **headers: str) -> int:
    return client.get(url, headers={"if-none-match": tag, **headers}).status_code


@pytest.mark.parametrize("url", [*CHEAP, *OTHERS])
def test_what_a_reader_has_already_is_not_sent_again(client, talk, url):
    response = client.get(url, headers={"if-none-match": etag(client, url)})
    assert (response.status_code, response.content) == (304, b"")
    assert "ETag" in response.headers


@pytest.mark.parametrize("url", CHEAP)
def test_to_find_that_out_takes_one_query(client, talk, url, django_assert_num_queries):
    tag = etag(client, url)
    with django_assert_num_queries(1):
        response = client.get(url, headers={"if-none-match": tag})
    assert response.status_code == 304
    assert response["Cache-Control"] == "no-cache"  # readers ask each time
    assert response["Vary"] == "Accept-Language"


def test_no_reader_gets_a_cookie_on_any_page(client, talk):
    urls = [*CHEAP, *PROFILES, *OTHERS]
    for address in (*urls, *(f"/en{url}" for url in urls), *(f"{url}?page=2" for url in urls)):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_every_public_address_is_walked(client, talk):
    """A new kind of page belongs into the lists above."""
    from archive.urls import urlpatterns

    def matches(route: str) -> bool:
        pattern = re.sub(r"<[^>]+>", "[^/]+", route.replace(".", r"\."))
        return any(re.fullmatch(f"/{pattern}", url) for url in [*CHEAP, *PROFILES, *OTHERS])

    missing = {str(one.pattern) for one in urlpatterns if not matches(str(one.pattern))}
    # Walked below and in their own tests: what only some archives have.
    assert missing <= {
        "conferences/<slug:slug>/history/<sha:sha>/",
        "series/",
        "series/<text:slug>/",
    }
    for url in ("/series/", f"{URL}history/{'a' * 16}/"):
        assert not client.get(url).cookies


def test_a_language_has_a_tag_of_its_own(client, talk):
    chinese = etag(client, **{"accept-language": "zh-CN"})
    assert chinese != etag(client, **{"accept-language": "en"})
    assert chinese == etag(client, **{"accept-language": "zh-CN"})


def _retitle(conference):
    conference.title = "另题"
    conference.save()


def _correct_an_answer(conference):
    answer = conference.exchanges.get(ref=2).answers.get()
    answer.text = "更正。"
    answer.save()


def _remove_an_exchange(conference):
    Exchange.objects.get(conference=conference, ref=3).delete()


def _rename_the_outlet(_conference):
    outlet = Outlet.objects.get()
    outlet.name = "路透"
    outlet.save()


def _rename_the_speaker(_conference):
    speaker = Speaker.objects.get()
    speaker.name = "王毅外长"
    speaker.save()


def _merge_the_outlet(_conference):
    other = Outlet.objects.create(name="路透", slug="other", kind="agency")
    merge(Outlet.objects.get(slug="reuters"), other, user=None, reason="同一家")


def _delete_the_outlet(_conference):
    Outlet.objects.get().delete()


def _publish_another(_conference):
    Conference.objects.create(date="2020-05-25", slug="x", title="t", status="published")


def _answer_more(conference):
    make_answer(conference.exchanges.get(ref=2), "补充。")


@pytest.mark.parametrize(
    "change",
    [
        _retitle, _correct_an_answer, _remove_an_exchange, _rename_the_outlet, _answer_more,
        _rename_the_speaker, _merge_the_outlet, _delete_the_outlet, _publish_another,
    ],
)  # fmt: skip
@pytest.mark.parametrize("url", [URL, "/outlets/", "/conferences/2020/05/"])
def test_a_change_of_anything_shown_makes_the_page_new(client, talk, change, url):
    tag = etag(client, url)
    change(talk)
    assert again(client, url, tag) == 200


def _retitle_the_next(_conference):
    _retitle(Conference.objects.get(slug="2020-05-26"))


def _withdraw_the_one_before(_conference):
    Conference.objects.filter(slug="2020-05-20").update(
        status="withdrawn", withdrawn_because="内容有误"
    )


def _move_the_next(_conference):
    later = Conference.objects.get(slug="2020-05-26")
    later.slug = "elsewhere"
    later.save()


@pytest.fixture
def beside(talk) -> None:
    for day in (10, 20, 26, 30):
        make_exchange(make_conference(date=dt.date(2020, 5, day)))


@pytest.mark.parametrize(
    "change", [_retitle_the_next, _withdraw_the_one_before, _move_the_next, _publish_another]
)
def test_a_conference_is_new_when_it_leads_elsewhere(client, talk, beside, change):
    tag, before = etag(client), client.get(URL).content
    change(talk)
    assert again(client, URL, tag) == 200
    assert client.get(URL).content != before


@pytest.mark.parametrize("change", [_withdraw_the_one_before, _publish_another])
def test_a_day_is_new_when_it_leads_elsewhere(client, talk, beside, change):
    url = "/conferences/2020/05/24/"
    tag, before = etag(client, url), client.get(url).content
    change(talk)
    assert again(client, url, tag) == 200
    assert client.get(url).content != before


def test_a_day_that_the_calendar_has_not_is_no_page(client, talk):
    for url in ("/conferences/2020/02/30/", "/conferences/2020/13/"):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", [*OF_CONFERENCE, *OF_PERIOD[1:]])
def test_a_page_stays_as_it_is_when_a_conference_far_away_changes(client, talk, beside, url):
    far = make_conference(date=dt.date(2020, 7, 1))
    tag, lists = etag(client, url), etag(client, "/conferences/")
    _retitle(far)
    assert again(client, url, tag) == 304
    assert again(client, "/conferences/", lists) == 200


def test_what_is_withdrawn_is_gone_also_for_those_who_have_it(client, talk):
    tags = {url: etag(client, url) for url in (URL, f"{URL}2/", f"{URL}cite.bib", FILE)}
    talk.status, talk.withdrawn_because = "withdrawn", "内容有误"
    talk.save()
    for url, tag in tags.items():
        assert again(client, url, tag) == 410
    assert client.get("/").status_code == 200


def test_a_deleted_conference_makes_lists_new(client, talk):
    make_conference(slug="other")
    tag = etag(client, "/conferences/")
    Conference.objects.get(slug="other").delete()
    assert again(client, "/conferences/", tag) == 200


def test_another_day_makes_a_citation_new(client, talk, monkeypatch):
    tag = etag(client)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert again(client, URL, tag) == 200


def test_another_program_makes_every_page_new(client, talk, monkeypatch):
    tag = etag(client)
    monkeypatch.setattr(decorators, "build_id", lambda: "another")
    assert again(client, URL, tag) == 200


def test_a_developer_sees_a_change_of_a_template_at_once(client, talk, settings):
    tag = etag(client)
    settings.DEBUG = True
    assert again(client, URL, tag) == 200
    assert not etag(client).startswith("W/")  # Django's middleware compares the whole page


def test_what_is_not_there_or_elsewhere_has_no_tag_of_ours(client, talk):
    talk.exchanges.get(ref=2).delete()
    for url, status in ((f"{URL}2/", 302), (f"{URL}9/", 404)):
        response = client.get(url)
        assert response.status_code == status
        assert not response.get("ETag", "").startswith("W/")


def test_only_what_holds_no_draft_decides(client, talk):
    make_exchange(make_conference(published=False, slug="secret", title="机密"))
    for url in CHEAP:
        assert "机密" not in client.get(url).content.decode()


def test_static_files_are_named_by_their_content_and_kept_for_years(tmp_path):
    storage = config.settings.STORAGES["staticfiles"]["BACKEND"]
    assert storage == "config.styles.JoinedStaticFilesStorage"
    with override_settings(
        STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        client = Client()
        page = client.get("/").content.decode()
        address = re.search(r'href="(/static/dawen\.[0-9a-f]{12}\.css)"', page)[1]
        response = client.get(address)
        assert response["Cache-Control"] == "max-age=315360000, public, immutable"
        response.close()
