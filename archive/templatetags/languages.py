"""Template filters for what is in another language than the page."""

from django import template

from archive.scripts import language_of

register = template.Library()


@register.filter
def lang_of(name: object) -> str:
    """The value of a `lang` attribute around a name; "" where its letters do not tell."""
    return language_of(str(name))
