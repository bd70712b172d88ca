"""Template tags that mark what was searched for."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from archive.models import Answer, Exchange
from search.highlight import anchor_of, marked_paragraphs

register = template.Library()


@register.simple_tag
def marked_question(exchange: Exchange, query: str = "") -> SafeString:
    """The paragraphs of a question, escaped, with every match of `query` in <mark>."""
    return _html(marked_paragraphs(exchange.question, query, anchor=anchor_of(exchange.ref)))


@register.simple_tag
def marked_answer(exchange: Exchange, answer: Answer, query: str = "") -> SafeString:
    """The paragraphs of an answer in `exchange`, with every match of `query` in <mark>."""
    anchor = anchor_of(exchange.ref, answer.position)
    return _html(marked_paragraphs(answer.text, query, anchor=anchor))


def _html(paragraphs: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs))
