"""Links to pages of the site."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def link(name: str, *args: object) -> str:
    """reverse(), remembered: a page leads to hundreds of places."""
    return _link(name, args, get_script_prefix())


@lru_cache(maxsize=16384)
def _link(name: str, args: tuple[object, ...], _mounted_at: str) -> str:
    return reverse(name, args=args)


def host_link(institution: str) -> str:
    """The address of a host by its name, which redirects to the romanised one; "" for none.

    Romanising takes half a second and 57 MB the first time; to show the link none is needed.
    """
    known = institution and "/" not in institution
    return link("archive:host", institution) if known else ""
