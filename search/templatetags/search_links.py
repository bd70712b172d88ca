"""Template tags for links that change a search, and for the numbers beside them."""

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: Context, parameters: Mapping[str, str] | None = None, **more: str) -> str:
    """The search of this page with other parameters; "" takes one away. It begins at page 1."""
    return changed(context["address"], {**(parameters or {}), **more})


def changed(known: Mapping[str, str], parameters: Mapping[str, str]) -> str:
    """The search `known` with other parameters."""
    wanted = {**known, **parameters}
    return "?" + "&".join(_pair(name, value) for name, value in wanted.items() if value)


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    """One parameter. The links of a page have most of theirs in common."""
    return urlencode({name: value})


@register.filter
def number(value: float | None, decimals: int | None = None) -> str:
    """A number as the language of the page writes it; a dash for None."""
    return "–" if value is None else _number(value, decimals, get_language())


@lru_cache(maxsize=4096)
def _number(value: float, decimals: int | None, _language: str | None) -> str:
    return number_format(value, decimals, force_grouping=True)
