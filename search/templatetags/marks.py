"""Template tags that mark what was searched for."""

from django import template
from django.utils.safestring import SafeString

from archive.models import Answer, Exchange
from search.highlight import anchor_of, marked_paragraphs

register = template.Library()


@register.simple_tag
def marked_question(exchange: Exchange, query: str = "") -> list[SafeString]:
    """The paragraphs of a question, escaped, with every match of `query` in <mark>."""
    return marked_paragraphs(exchange.question, query, anchor=anchor_of(exchange.ref))


@register.simple_tag
def marked_answer(exchange: Exchange, answer: Answer, query: str = "") -> list[SafeString]:
    """The paragraphs of an answer in `exchange`, with every match of `query` in <mark>."""
    anchor = anchor_of(exchange.ref, answer.position)
    return marked_paragraphs(answer.text, query, anchor=anchor)
