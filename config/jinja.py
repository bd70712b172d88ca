"""The environment of the templates of the site, which are Jinja2's; the admin's are Django's.

makemessages gathers {% translate %} and {% blocktranslate %}, a _("…") with which a {{ … }} begins,
and every one in {% set … %}; not one among the arguments of a call.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.defaultfilters import (
    capfirst,
    filesizeformat,
    linebreaks_filter,
    linebreaksbr,
    truncatechars,
)
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined

from archive.charts.bar_chart import BarGroup
from archive.editing.names.sentences import sentences_of
from archive.formatting import (
    format_day,
    format_moment,
    format_number,
    format_weekday,
    mark_language,
)
from archive.links import host_link, link
from archive.text.chinese_scripts import language_of
from config.template_translation import BlockTranslate, Translate
from search.highlight import anchor_of, marked_paragraphs
from search.links import change_search
from search.query_explanation import how_often


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


FILTERS: dict[str, Callable[..., Any]] = {
    "and_more": _counted(lambda n: ngettext("and %(n)s more", "and %(n)s more", n)),
    "capfirst": capfirst,
    "date": date_format,
    "day": format_day,
    "filesizeformat": filesizeformat,
    "in_days": _counted(lambda n: ngettext("%(n)s day", "%(n)s days", n)),
    "in_lines": _counted(lambda n: ngettext("%(n)s line", "%(n)s lines", n)),
    "in_occurrences": _counted(lambda n: ngettext("%(n)s occurrence", "%(n)s occurrences", n)),
    "in_passages": _counted(lambda n: ngettext("%(n)s passage", "%(n)s passages", n)),
    "in_questions": in_questions,
    "linebreaks": linebreaks_filter,
    "linebreaksbr": linebreaksbr,
    "moment": format_moment,
    "named": mark_language,
    "number": format_number,
    "truncatechars": truncatechars,
    "weekday": format_weekday,
    "year_or_month": year_or_month,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "_": gettext,
    "anchor_of": anchor_of,
    "current_language": get_language,
    "gettext": gettext,
    "how_often": how_often,
    "language_of": language_of,
    "link": link,
    "marked_paragraphs": marked_paragraphs,
    "name_sentences": sentences_of,
    "ngettext": ngettext,
    "pgettext": pgettext,
    "search_with": change_search,
    "host_link": host_link,
    "static": static,
    "static_prefix": lambda: settings.STATIC_URL,
}


def environment(**options: Any) -> Environment:
    """For `environment` in TEMPLATES. A name that is not known is an error, not an empty string."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # Among the options is autoescape=True, which Django gives.
    made = Environment(extensions=[Translate, BlockTranslate], **options)  # noqa: S701  # nosec B701
    made.filters |= FILTERS
    made.globals |= FUNCTIONS
    return made
