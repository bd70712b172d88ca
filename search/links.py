"""Links that change a search."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.http import urlencode


def change_search(known: Mapping[str, str], parameters: Mapping[str, str]) -> str:
    """The search `known` with other parameters; "" takes one away. It begins at page 1."""
    wanted = {**known, **parameters}
    return "?" + "&".join(_pair(name, value) for name, value in wanted.items() if value)


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    """One parameter. The links of a page have most of theirs in common."""
    return urlencode({name: value})
