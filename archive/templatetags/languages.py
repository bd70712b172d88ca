"""Template filters for what is in another language than the page."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.text.chinese_scripts import language_of

register = template.Library()


@register.filter
def lang_of(name: object) -> str:
    """The value of a `lang` attribute around a name; "" where its letters do not tell."""
    return language_of(str(name))


@register.filter
def named(name: object) -> SafeString:
    """A name in a <span> that tells its language, where its letters do."""
    return _named(str(name))


@lru_cache(maxsize=4096)
def _named(name: str) -> SafeString:
    language = language_of(name)
    if not language:
        return format_html("<span>{}</span>", name)
    return format_html('<span lang="{}">{}</span>', language, name)
