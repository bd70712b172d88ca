"""Dates, of which a list has hundreds."""

import datetime as dt
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.filter(name="day")
def format_day(date: dt.date) -> SafeString:
    """A <time> with the day in the language of the page."""
    return _format_day(date, get_language())


@lru_cache(maxsize=4096)
def _format_day(date: dt.date, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date_format(date))
