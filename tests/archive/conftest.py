"""What the tests of the archive share."""

import pytest

from archive.signals import conference_changed


@pytest.fixture
def heard():
    """The ids of the conferences that were said to change."""
    ids: list[int] = []

    def hear(conference_id, **_kwargs):
        ids.append(conference_id)

    conference_changed.connect(hear)
    yield ids
    conference_changed.disconnect(hear)
