"""The admin's filters for dates."""

from django import template

from archive.formatting import day, moment

register = template.Library()
register.filter(day)
register.filter(moment)
