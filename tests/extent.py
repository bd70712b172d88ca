"""How much of a long test `make test` runs. `make test-all`, and CI at night, run all of it."""

from collections.abc import Iterable
from typing import Any

import pytest


def at_night(*values: Any) -> Any:
    """A case of a parametrized test that is run by `make test-all` only."""
    return pytest.param(*values, marks=pytest.mark.nightly)


def mostly_at_night(names: Iterable[str], *, but: Iterable[str]) -> list[Any]:
    """All the names as cases; only those of `but` are run by `make test` as well."""
    names, by_day = list(names), set(but)
    assert by_day <= set(names), by_day - set(names)
    return [name if name in by_day else at_night(name) for name in names]
