"""What the tests of the archive share."""

import json
from functools import lru_cache

import pytest
from django.conf import settings as real

import config.settings
from archive.http_cache import decorators
from archive.parsing.sandbox import reader
from archive.signals import conference_changed

_read_apart = reader._answer


@lru_cache(maxsize=100)
def _answer(given, file_format):
    return json.dumps(_read_apart(given, file_format))


@pytest.fixture(autouse=True)
def files_are_read_once(monkeypatch):
    """The process that reads a file is started once for the same bytes, and its answer is kept.

    Reading is pure, hundreds of tests begin with the same few files, and a process costs most of
    a second. The tests of the process itself leave this out.
    """
    monkeypatch.setattr(reader, "_answer", lambda *given: json.loads(_answer(*given)))


@pytest.fixture
def heard():
    """The ids of the conferences that were said to change."""
    ids: list[int] = []

    def hear(conference_id, **_kwargs):
        ids.append(conference_id)

    conference_changed.connect(hear)
    yield ids
    conference_changed.disconnect(hear)


@pytest.fixture
def kept_pages(tmp_path, settings):
    """The folder of the real cache of pages: for other tests none is kept."""
    settings.CACHES = real.CACHES | {
        "pages": config.settings.CACHES["pages"] | {"LOCATION": tmp_path / "pages"}
    }
    return tmp_path / "pages"


@pytest.fixture
def made(monkeypatch):
    """The addresses of the pages that are made, not taken from what is kept."""
    made, make = [], decorators._made

    def making(view, request, *args, **kwargs):
        made.append(request.get_full_path())
        return make(view, request, *args, **kwargs)

    monkeypatch.setattr(decorators, "_made", making)
    return made
