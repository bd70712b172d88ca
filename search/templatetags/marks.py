"""Template tags that mark what was searched for."""

from django import template
from django.utils.safestring import SafeString

from search.highlight import marked_paragraphs as _marked_paragraphs

register = template.Library()


@register.simple_tag
def marked_paragraphs(text: str, query: str = "") -> list[SafeString]:
    """The paragraphs of `text`, escaped, with every match of `query` in <mark>."""
    return _marked_paragraphs(text, query)
