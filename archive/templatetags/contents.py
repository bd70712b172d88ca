"""The lines of a table of contents."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.views.contents import Line

register = template.Library()


@register.simple_tag
def contents_lines(lines: Iterable[Line], kept: str = "") -> SafeString:
    """Each with a link to its exchange; `kept` is the query that a link to another page takes on.

    Made here and not in a template, which takes twenty times as long for a thousand of them. The
    line of an exchange on another page has the id that the exchange has there: an address that
    only says #q250 leads to the line, and the line leads on.
    """
    elsewhere = conditional_escape(f"?{kept}&at=" if kept else "?at=")
    statement = conditional_escape(_("Statement"))
    made, topic = [], ""
    for line in lines:
        ref = line.ref
        place, page = ("", "") if line.is_here else (f' id="q{ref}"', f"{elsewhere}{ref}")
        heading = conditional_escape(line.topic) if line.topic not in ("", topic) else ""
        topic = line.topic or topic
        made.append(
            f'<li value="{ref}"{place}>'
            + (f'<span class="topic-name">{heading}</span>' if heading else "")
            + f'<a href="{page}#q{ref}"{_FOLLOW_UP if line.is_follow_up else ""}>'
            f'<span class="number">{ref}</span><span class="words">'
            + (
                f'<span class="asker">{conditional_escape(line.who)}</span>'
                if line.who or line.is_question
                else f'<span class="asker" lang="{get_language()}">{statement}</span>'
            )
            + f" {conditional_escape(line.words)}</span></a></li>"
        )
    return mark_safe("\n".join(made))  # noqa: S308 -- every text is escaped above


_FOLLOW_UP = ' class="follow-up"'
