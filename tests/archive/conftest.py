"""What the tests of the archive share."""

import pytest
from django.conf import settings as real

import config.settings
from archive.signals import conference_changed
from archive.views import unchanged


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
    made, make = [], unchanged._made

    def making(view, request, *args, **kwargs):
        made.append(request.get_full_path())
        return make(view, request, *args, **kwargs)

    monkeypatch.setattr(unchanged, "_made", making)
    return made
