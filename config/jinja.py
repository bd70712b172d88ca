"""The environment of the Jinja2 templates. The rest of the pages are Django's templates.

makemessages gathers {% translate "…" %}, a _("…") with which a {{ … }} begins, and every one in
{% set … %}; not one among the arguments of a call.
"""

from collections.abc import Callable
from typing import Any

from django.template.defaultfilters import truncatechars
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from archive.charts.bar_chart import BarGroup
from archive.links import link
from archive.templatetags.dates import format_day
from archive.templatetags.languages import mark_language
from archive.text.chinese_scripts import language_of
from search.highlight import anchor_of, marked_paragraphs
from search.query_explanation import how_often
from search.templatetags.search_links import change_search, format_number


class Translate(Extension):
    """{% translate "…" %} and {% translate "…" context "…" %}, as in Django's templates: so both
    are written alike, and makemessages gathers both."""

    tags = {"translate"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        words = [parser.parse_expression()]
        if parser.stream.skip_if("name:context"):
            words.insert(0, parser.parse_expression())
        name = "pgettext" if len(words) > 1 else "gettext"
        said = nodes.Call(nodes.Name(name, "load"), words, [], None, None)
        return nodes.Output([nodes.MarkSafe(said)], lineno=line)


def environment(**options: Any) -> Environment:
    """For `environment` in TEMPLATES. A name that is not known is an error, not an empty string."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # Among the options is autoescape=True, which Django gives.
    made = Environment(extensions=[Translate], **options)  # noqa: S701  # nosec B701
    made.filters |= {
        "and_more": _counted(lambda n: ngettext("and %(n)s more", "and %(n)s more", n)),
        "date": date_format,
        "day": format_day,
        "in_days": _counted(lambda n: ngettext("%(n)s day", "%(n)s days", n)),
        "in_lines": _counted(lambda n: ngettext("%(n)s line", "%(n)s lines", n)),
        "in_occurrences": _counted(lambda n: ngettext("%(n)s occurrence", "%(n)s occurrences", n)),
        "in_passages": _counted(lambda n: ngettext("%(n)s passage", "%(n)s passages", n)),
        "in_questions": in_questions,
        "named": mark_language,
        "number": format_number,
        "truncatechars": truncatechars,
        "year_or_month": year_or_month,
    }
    made.globals |= {
        "_": gettext,
        "anchor_of": anchor_of,
        "gettext": gettext,
        "how_often": how_often,
        "language_of": language_of,
        "link": link,
        "marked_paragraphs": marked_paragraphs,
        "pgettext": pgettext,
        "search_with": change_search,
    }
    return made


def year_or_month(column: BarGroup) -> str:
    """The period of a column of a chart."""
    return date_format(column.since, "YEAR_MONTH_FORMAT" if column.is_month else "Y")


def in_questions(count: int) -> str:
    """How many questions, in words."""
    counted = ngettext("%(counter)s question", "%(counter)s questions", count)
    return counted % {"counter": format_number(count)}


def _counted(words: Callable[[int], str]) -> Callable[[int], str]:
    """A filter that says how many there are; `words` are those for so many."""
    return lambda count: words(count) % {"n": format_number(count)}
