"""Fixtures of the fault tests."""

import pytest

from tests.faults.homes import drop, make_home


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory, django_db_blocker):
    """A home with all tables, from which others are copied."""
    with django_db_blocker.unblock():
        home = make_home(tmp_path_factory.mktemp("homes") / "empty")
        yield home
        drop(home)


@pytest.fixture
def make_a_home(tmp_path, empty_home, django_db_blocker):
    """Make a home with a name, with nothing in it but tables."""
    made = []

    def make(name="home"):
        with django_db_blocker.unblock():
            made.append(make_home(tmp_path / name, empty_home))
        return made[-1]

    yield make
    with django_db_blocker.unblock():
        for home in made:
            drop(home)


@pytest.fixture
def home(make_a_home):
    return make_a_home()
