"""What the Jinja2 templates may call. The rest of the pages are Django's templates."""

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import truncatechars
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from archive.plots import Column
from archive.scripts import language_of
from archive.templatetags.dates import day
from archive.templatetags.languages import named
from search.highlight import anchor_of, marked_paragraphs
from search.templatetags.addresses import changed, number


def environment(**options: Any) -> Environment:
    """For `environment` in TEMPLATES. A name that is not known is an error, not an empty string."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # Among the options is autoescape=True, which Django gives.
    made = Environment(**options)  # noqa: S701  # nosec B701
    made.filters |= {
        "date": date_format,
        "day": day,
        "in_questions": in_questions,
        "in_occurrences": in_occurrences,
        "named": named,
        "number": number,
        "truncatechars": truncatechars,
        "year_or_month": year_or_month,
    }
    made.globals |= {
        "anchor_of": anchor_of,
        "gettext": gettext,  # of Django's own texts: from these templates none are gathered
        "language_of": language_of,
        "marked_paragraphs": marked_paragraphs,
        "search_with": search_with,
    }
    return made


def year_or_month(column: Column) -> str:
    """The period of a column of a chart."""
    return date_format(column.since, "YEAR_MONTH_FORMAT" if column.is_month else "Y")


def in_questions(count: int) -> str:
    """How many questions, in words."""
    counted = ngettext("%(counter)s question", "%(counter)s questions", count)
    return counted % {"counter": number(count)}


def in_occurrences(count: int) -> str:
    """How many occurrences, in words."""
    counted = ngettext("%(n)s occurrence", "%(n)s occurrences", count)
    return counted % {"n": number(count)}


@pass_context
def search_with(context: Context, parameters: Mapping[str, str]) -> str:
    """The search of this page with other parameters, as {% address %} does."""
    return changed(context["address"], parameters)
