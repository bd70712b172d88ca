"""Who asks too often is told to wait; a client's address is what our own servers say it is."""

import limits
import pytest
from django.test import RequestFactory
from django.urls import reverse

from archive.models import ErrorReport
from config import rates
from config.client_address import UNKNOWN, client_address, client_network
from tests.archive.casts import make_talk


@pytest.fixture
def rate(settings):
    """Sets a rate, with nothing counted so far: by the hour, for a minute may end in the midst."""
    rates.limiter.cache_clear()

    def put(name, text):
        settings.RATES = {**settings.RATES, name: limits.parse(text)}

    yield put
    rates.limiter.cache_clear()


def test_every_rate_counts_addresses_that_exist(settings):
    for name, rate in rates.RATED_ADDRESSES.items():
        assert rate in settings.RATES
        arguments = {
            "archive:conference_json": ["2020-05-24"],
            "archive:cite_conference": ["2020-05-24", "ris"],
            "archive:cite_exchange": ["2020-05-24", 1, "ris"],
            "archive:history": ["2020-05-24"],
            "archive:original": ["2020-05-24", "0" * 16],
            "archive:version": ["2020-05-24", 1],
            "archive:version_json": ["2020-05-24", 1],
            "archive:report": ["2020-05-24", 1],
            "staff:reset_confirm": ["MQ", "a-b"],
        }
        assert reverse(name, args=arguments.get(name, []))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Too many requests"), ("zh-Hans", "429"), ("zh-Hant", "429")],
)
def test_who_searches_too_often_is_told_how_long_to_wait(client, rate, language, words):
    rate("search", "3/hour")
    for _ in range(3):
        assert client.get("/search/").status_code == 200
    answer = client.get("/search/", headers={"accept-language": language})
    assert answer.status_code == 429
    assert words in answer.text
    assert 1 <= int(answer["Retry-After"]) <= 3600


@pytest.mark.django_db
def test_one_who_asks_too_often_keeps_nobody_else_out(client, rate):
    rate("search", "1/hour")
    for _ in range(3):
        client.get("/search/", REMOTE_ADDR="192.0.2.1")
    assert client.get("/search/", REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.django_db
def test_reading_has_no_limit(client, rate):
    for name in ("search", "suggest", "export", "login", "report", "reset"):
        rate(name, "1/hour")
    make_talk()
    for _ in range(5):
        assert client.get("/conferences/2020-05-24/").status_code == 200
        assert client.get("/admin/login/").status_code == 200


@pytest.mark.django_db
def test_files_count_together(client, rate):
    rate("export", "2/hour")
    make_talk()
    client.get("/conferences/2020-05-24.json")
    client.get("/conferences/2020-05-24/cite.ris")
    for file in (".json", "/cite.bib", "/1/cite.ris", "/versions/1.json"):
        assert client.get(f"/conferences/2020-05-24{file}").status_code == 429, file


@pytest.mark.django_db
def test_reports_are_counted_when_they_are_sent(client, rate):
    rate("report", "2/hour")
    make_talk()
    form = "/conferences/2020-05-24/1/report/"
    for number in range(3):
        assert client.get(form).status_code == 200
        sent = client.post(form, {"message": f"第{number}处有误。"})
        assert sent.status_code == (302 if number < 2 else 429)
    assert int(sent["Retry-After"]) >= 1
    assert ErrorReport.objects.count() == 2


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "127.0.0.1", "192.0.2.1", "192.0.2.1"),
        (1, "127.0.0.1", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "127.0.0.1", "203.0.113.9, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "127.0.0.1", "10.0.0.1", UNKNOWN),
        (1, "127.0.0.1", "", UNKNOWN),
        (1, "127.0.0.1", "'; DROP TABLE", UNKNOWN),
        (0, "", "", UNKNOWN),
        (1, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
    ],
)
def test_only_our_own_servers_are_believed(settings, proxies, remote, forwarded, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_one_line_counts_as_one_caller(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
