"""A page that was made for one reader is sent to the next, from the real cache in files."""

import datetime as dt

import pytest
from django.test import Client

from archive.http_cache.backend import PageCache
from tests.archive.casts import make_talk

pytestmark = pytest.mark.django_db
URL = "/conferences/2020-05-24/"


@pytest.fixture
def folder(kept_pages):
    make_talk()
    return kept_pages


def read(url=URL, **headers):
    response = Client(headers=headers).get(url)
    assert response.status_code == 200
    return response


def test_the_next_reader_gets_the_page_as_it_was_made(folder, made, django_assert_num_queries):
    first = read()
    with django_assert_num_queries(1):
        second = read()
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert made == [URL]


def test_another_address_or_language_is_another_page(folder, made):
    read()
    for url in (f"{URL}?page=1", f"/en{URL}"):
        read(url)
    read(**{"accept-language": "en"})
    assert len(made) == 4


def test_what_changed_is_made_anew(folder, made):
    before = read().content
    make_talk(date=dt.date(2020, 5, 25))
    assert read().content != before
    assert made == [URL, URL]


def test_what_somebody_looked_for_is_not_kept(folder, made):
    for _time in range(2):
        read(f"{URL}?q=第1答&page=1")
    assert len(made) == 2
    assert not folder.exists()


def test_a_page_that_is_not_there_is_not_kept(folder, made):
    for _time in range(2):
        assert Client().get(f"{URL}99/").status_code == 404
    assert made == [f"{URL}99/"] * 2


@pytest.mark.parametrize("damage", ["nothing left", "nonsense", "half"])
def test_a_damaged_page_is_made_anew(folder, made, damage):
    first = read().content
    [kept] = folder.iterdir()
    content = kept.read_bytes()
    half = content[: len(content) // 2]
    kept.write_bytes({"nothing left": b"", "nonsense": b"nonsense", "half": half}[damage])
    for _time in range(2):
        assert read().content == first
    assert made == [URL, URL]  # and kept again


def test_of_a_bit_that_turned_no_page_is_lost(folder, made, caplog):
    """Of the first bytes, which no checksum covers, and some of the others."""
    first = read().content
    [kept] = folder.iterdir()
    content = kept.read_bytes()
    for at in (*range(8 * 24), *range(8 * 24, 8 * len(content), 1001)):
        damaged = bytearray(content)
        damaged[at // 8] ^= 1 << at % 8
        kept.write_bytes(damaged)
        assert read().content == first, at
    assert "cannot be read" in caplog.text
    for length in range(0, len(content), 97):
        kept.write_bytes(content[:length])
        assert read().content == first, length


def test_a_page_is_kept_of_the_one_address_that_says_what_is_shown(folder, made):
    """Anybody could fill the store with addresses that all lead to the first page."""
    queries = ["page=anything", "page=01", "page=2", "page=1&page=1", "page=1&", "at=1", "at=99"]
    queries += ["script=x", "page=-1", "page=%31", f"page={'9' * 300}"]
    for query in queries:
        for url in (URL, "/conferences/", "/outlets/reuters/"):
            read(f"{url}?{query}")
            assert not folder.exists() or not list(folder.iterdir()), (url, query)
    read("/?page=1")
    read("/conferences/1850/")
    assert not folder.exists() or not list(folder.iterdir())
    read(f"{URL}?page=1")
    read(f"{URL}?page=1&script=hant")
    read("/conferences/?page=1")
    assert len(list(folder.iterdir())) == 3


def test_where_nothing_can_be_kept_pages_are_read_all_the_same(folder, made, caplog):
    folder.write_text("a file where the folder should be")
    for _time in range(2):
        assert "第1问" in read().content.decode()
    assert made == [URL, URL]
    assert "cannot be kept" in caplog.text


def test_old_pages_go_when_there_are_too_many(folder, settings):
    pages = settings.CACHES["pages"] | {"OPTIONS": {"MAX_ENTRIES": 6}}
    settings.CACHES = settings.CACHES | {"pages": pages}
    make_talk(20, slug="long")
    for number in range(1, 21):
        read(f"/conferences/long/{number}/")
    assert 0 < len(list(folder.iterdir())) <= 6


def test_the_folder_is_not_looked_through_for_each_page(folder, settings, monkeypatch):
    pages = settings.CACHES["pages"] | {"OPTIONS": {"MAX_ENTRIES": 1000}}
    settings.CACHES = settings.CACHES | {"pages": pages}
    looked = []
    listed = PageCache._list_cache_files
    monkeypatch.setattr(
        PageCache, "_list_cache_files", lambda self: looked.append(1) or listed(self)
    )
    make_talk(30, slug="long")
    for number in range(1, 31):
        read(f"/conferences/long/{number}/")
    assert len(list(folder.iterdir())) == 30
    assert len(looked) == 3
