"""Dates, numbers and names as the language of the page writes them; a page has hundreds of each."""

import datetime as dt
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from archive.text.chinese_scripts import language_of


def format_day(date: dt.date) -> SafeString:
    """A <time> with the day."""
    return _format_day(date, "DATE_FORMAT", get_language())


def format_weekday(date: dt.date) -> SafeString:
    """A <time> with the day and its name."""
    return _format_day(date, "WEEKDAY_DATE_FORMAT", get_language())


@lru_cache(maxsize=4096)
def _format_day(date: dt.date, form: str, _language: str | None) -> SafeString:
    words = date_format(date, form)
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), words)


def format_moment(at: dt.datetime) -> SafeString:
    """A <time> with the day and the minute, where the archive is."""
    here = localtime(at)
    exact, words = date_format(here, r"Y-m-d\TH:i:sO"), date_format(here, "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', exact, words)


def format_number(value: float | None, decimals: int | None = None) -> str:
    """A number in groups of digits; a dash for None."""
    return "–" if value is None else _format_number(value, decimals, get_language())


@lru_cache(maxsize=4096)
def _format_number(value: float, decimals: int | None, _language: str | None) -> str:
    return number_format(value, decimals, force_grouping=True)


def mark_language(name: object) -> SafeString:
    """A name in a <span> that tells its language, where its letters do."""
    return _mark_language(str(name))


@lru_cache(maxsize=4096)
def _mark_language(name: str) -> SafeString:
    language = language_of(name)
    if not language:
        return format_html("<span>{}</span>", name)
    return format_html('<span lang="{}">{}</span>', language, name)
