"""A reader reports an error: without a cookie, from our own page, once."""

import pytest

from archive.models import ErrorReport
from tests.archive.casts import make_talk
from tests.archive.views.pages import URL, read

pytestmark = pytest.mark.django_db
REPORT = f"{URL}2/report/"
GIVEN = {"message": "第二句漏了一个字。", "quote": "第2答。", "contact": "a@example.org"}


@pytest.fixture(autouse=True)
def talk():
    return make_talk()


def send(client, given=GIVEN, url=REPORT, **headers):
    return client.post(url, given, headers={"accept-language": "en", **headers})


def test_every_exchange_leads_to_a_report_of_it(client):
    page = read(client)
    for ref in (1, 2, 3):
        assert f'href="{URL}{ref}/report/"' in page
    assert f'href="{REPORT}"' in read(client, f"{URL}2/")


def test_a_report_is_kept_for_the_editors(client, talk):
    response = send(client)
    assert (response.status_code, response["Location"]) == (302, f"{REPORT}sent/")
    report = ErrorReport.objects.get()
    assert (report.conference, report.ref, report.state) == (talk, 2, "open")
    assert {name: getattr(report, name) for name in GIVEN} == GIVEN


def test_the_reader_is_thanked_and_led_back(client):
    page = read(client, f"{REPORT}sent/")
    assert "Thank you" in page
    assert f'href="{URL}#q2"' in page


def test_it_works_where_cross_site_forgery_is_checked_and_sets_no_cookie():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert not client.get(REPORT).cookies
    response = send(client)
    assert response.status_code == 302
    assert not response.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 302),
        ({"origin": "https://testserver"}, 302),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({}, 302),
    ],
)
def test_another_site_cannot_send_one(client, headers, status):
    assert send(client, **headers).status_code == status
    assert ErrorReport.objects.exists() == (status == 302)


def test_what_was_written_is_not_lost_when_it_comes_from_elsewhere(client):
    page = send(client, origin="https://elsewhere.example").content.decode()
    assert "nothing was kept" in page
    assert GIVEN["message"] in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": ""},
        {"message": " "},
        {"message": "错" * 2001},
        {"quote": "错" * 1001},
        {"contact": "nobody"},
        {"website": "https://spam.example"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(client, wrong):
    response = send(client, GIVEN | wrong)
    assert response.status_code == 400
    assert "errorlist" in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_a_person_who_filled_in_the_hidden_field_can_see_it(client):
    page = send(client, GIVEN | {"website": "x"}).content.decode()
    assert "Empty this field" in page
    assert "visually-hidden" not in page.split('for="id_website"')[0].rsplit("<div", 2)[1]


def test_the_same_words_sent_twice_are_one_report(client):
    send(client)
    send(client)
    assert ErrorReport.objects.count() == 1


def test_what_is_reported_again_after_it_was_declined_is_another(client):
    send(client)
    ErrorReport.objects.update(state="declined")
    send(client)
    assert ErrorReport.objects.count() == 2


def test_an_exchange_that_is_gone_leads_to_its_conference(client, talk):
    talk.exchanges.get(ref=2).delete()
    for response in (client.get(REPORT), send(client)):
        assert (response.status_code, response["Location"]) == (302, URL)
    assert client.get(f"{URL}9/report/").status_code == 404


def test_a_renamed_conference_leads_to_its_form(client, talk):
    talk.slug = "moved"
    talk.save()
    assert client.get(REPORT)["Location"] == "/conferences/moved/2/report/"


def test_what_is_written_is_shown_as_text(client):
    page = send(client, GIVEN | {"contact": "x", "message": "<b>x</b>"}).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_form_takes_two_queries(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(REPORT)
