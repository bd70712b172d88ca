"""Text is sent compressed to whoever takes that, and stays the same page."""

import gzip
import json
import zlib
from unittest.mock import Mock

import pytest
from django.core.cache import caches
from django.core.management import call_command

from tests.archive.casts import make_talk

TEXTS = [
    "/",
    "/en/conferences/2020-05-24/",
    "/search/?q=x",
    "/nowhere/",
    "/conferences/2020-05-24.json",
    "/admin/login/",
]


@pytest.fixture(autouse=True)
def archive(db):
    """A conference, and an index."""
    make_talk()
    call_command("index", verbosity=0)


@pytest.fixture
def kept(settings):
    """The store of pages as production has it, with nothing in it yet."""
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
    }
    caches["pages"].clear()  # the process has one of that name, and each test the same archive


@pytest.mark.parametrize("url", TEXTS)
def test_text_is_compressed_for_whoever_takes_it(client, kept, url):
    plain = client.get(url)
    assert not plain.has_header("Content-Encoding")
    assert "Accept-Encoding" in plain["Vary"]
    for _made_and_then_kept in range(2):
        packed = client.get(url, headers={"accept-encoding": "br, gzip;q=0.5"})
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        assert int(packed["Content-Length"]) == len(packed.content)
        if "login" not in url:  # whose token is written in another way each time
            assert gzip.decompress(packed.content) == plain.content
        assert len(packed.content) < len(plain.content)


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.000, br"])
def test_nobody_gets_what_he_does_not_take(client, kept, accepted):
    client.get("/", headers={"accept-encoding": "gzip"})
    answer = client.get("/", headers={"accept-encoding": accepted})
    assert not answer.has_header("Content-Encoding")
    assert "</html>" in answer.text


@pytest.mark.parametrize("url", ["/", "/conferences/2020-05-24/", "/search/?q=x", "/outlets/"])
def test_a_page_is_confirmed_however_it_was_sent(client, kept, url):
    for sent, asked in (("gzip", ""), ("", "gzip"), ("gzip", "gzip")):
        etag = client.get(url, headers={"accept-encoding": sent})["ETag"]
        again = client.get(url, headers={"accept-encoding": asked, "if-none-match": etag})
        assert again.status_code == 304, (url, sent, asked)
        assert again.content == b""


def test_a_page_with_a_secret_has_another_size_each_time(client):
    sizes = {
        len(client.get("/admin/login/", headers={"accept-encoding": "gzip"}).content)
        for _ in range(12)
    }
    assert len(sizes) > 3


def test_no_token_is_written_the_same_way_twice(client):
    one, other = (
        zlib.decompress(
            client.get("/admin/login/", headers={"accept-encoding": "gzip"}).content, 47
        )
        for _ in range(2)
    )
    assert one != other


def test_a_head_tells_of_the_same_page(client):
    url = "/conferences/2020-05-24.json"
    answer = client.head(url, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer.content == b""
    assert json.loads(client.get(url).content)


def test_a_page_that_is_kept_is_sent_as_it_is_kept(client, kept, monkeypatch):
    monkeypatch.setattr(
        "archive.http_cache.packed_pages.gzip.compress", compressed := Mock(wraps=gzip.compress)
    )
    for _ in range(3):
        assert client.get("/", headers={"accept-encoding": "gzip"}).status_code == 200
    assert compressed.call_count == 1
