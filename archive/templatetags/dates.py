"""The admin's filters for dates."""

from django import template

from archive.formatting import format_day, format_moment

register = template.Library()
register.filter("day", format_day)
register.filter("moment", format_moment)
